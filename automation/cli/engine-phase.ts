/** Getting the engine, shown as a phase: what is done, how long it took, how long it still takes. */
import type { EngineProgress } from "../engine/locate/progress.ts";
import { type Engine, engineSettings, provideEngine } from "../engine/locate.ts";
import type { Context } from "./context.ts";
import { duration } from "./output.ts";
import type { Teller } from "./view/view.ts";

/** The engine of this machine, fetched or compiled where there is none; a stop ends that. */
export async function getEngine(context: Context, tell: Teller): Promise<Engine> {
  const stopped = new AbortController();
  const silence = context.interrupts.onInterrupt(() => stopped.abort());
  let said = "";
  try {
    const engine = await provideEngine({
      allowBuild: true,
      settings: engineSettings(context.variables),
      signal: stopped.signal,
      onProgress: (progress) => {
        tell.status(engineText(progress));
        if (progress.doing !== said) tell.line(progress.doing);
        said = progress.doing;
      },
    });
    tell.title(`Engine: Pulumi ${engine.version}`);
    return engine;
  } catch (error) {
    context.interrupts.check();
    throw error;
  } finally {
    silence();
  }
}

/** What is being done, how long it took, how long it still takes, where to read more. */
function engineText(progress: EngineProgress): string {
  const left = progress.leftMs === undefined ? "" : `, about ${duration(progress.leftMs)} left`;
  const log = progress.log === undefined ? [] : [`log: ${progress.log}`];
  return [`${progress.doing} (${duration(progress.elapsedMs)}${left})`, ...log].join("\n");
}
