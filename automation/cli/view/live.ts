/** The view on a terminal: a spinner for the phase under way, its present state below it. */
import { Listr, ListrLogger, ProcessOutput } from "listr2";
import { duration } from "../output.ts";
import type { View } from "./view.ts";

/** The work ended in an orderly way, but not well. */
class NotWell extends Error {}

/** Draws on standard error. */
export function liveView(): View {
  return {
    async phase(title, work) {
      const started = Date.now();
      const holder: { result?: Awaited<ReturnType<typeof work>> } = {};
      const list = new Listr(
        [
          {
            title,
            task: async (_context, task) => {
              let shown = title;
              let well = true;
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
              task.title = `${shown} (${duration(Date.now() - started)})`;
              // Only a thrown error makes the mark that says "failed".
              if (!well) throw new NotWell();
            },
          },
        ],
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
      return holder.result as Awaited<ReturnType<typeof work>>;
    },
  };
}
