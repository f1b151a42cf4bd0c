/** The view on a terminal: a spinner for the phase under way, its present state below it. */
import { Listr, ListrLogger, ProcessOutput } from "listr2";
import { duration } from "../output.ts";
import type { Teller, View } from "./view.ts";

/** The work ended in an orderly way, but not well: only a thrown error makes the mark for that. */
class NotWell extends Error {}

/** How often the time a phase takes is drawn anew. */
const clockMs = 1_000;

/** Draws on standard error. */
export function liveView(): View {
  return { phase: showPhase };
}

/** What of listr2's task is used. */
interface Drawn {
  title: string;
  output: string;
}

async function showPhase<T>(title: string, work: (tell: Teller) => Promise<T>): Promise<T> {
  const holder: { result?: T } = {};
  const list = new Listr(
    [{ title, task: (_context, task) => runPhase(title, work, task, holder) }],
    {
      registerSignalListeners: false, // Stopping is the command's own business.
      rendererOptions: {
        collapseErrors: false,
        showErrorMessage: false,
        logger: new ListrLogger({
          processOutput: new ProcessOutput(process.stderr, process.stderr),
        }),
      },
    },
  );
  await list.run().catch((error: unknown) => {
    if (!(error instanceof NotWell)) throw error;
  });
  return holder.result as T;
}

async function runPhase<T>(
  title: string,
  work: (tell: Teller) => Promise<T>,
  task: Drawn,
  holder: { result?: T },
): Promise<void> {
  const started = Date.now();
  let shown = title;
  let well = true;
  const draw = () => {
    task.title = `${shown} (${duration(Date.now() - started)})`;
  };
  const clock = setInterval(draw, clockMs);
  try {
    holder.result = await work({
      status: (text) => {
        task.output = text;
      },
      line: () => undefined,
      title: (text, ok = true) => {
        shown = text;
        well = ok;
      },
    });
  } finally {
    clearInterval(clock);
    draw();
  }
  if (!well) throw new NotWell();
}
