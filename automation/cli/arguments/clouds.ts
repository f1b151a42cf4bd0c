/** The arguments of `clouds`. */
import { type Command, Option } from "commander";
import { addReplay } from "./clouds/replay.ts";
import type { Run } from "./run.ts";

/** Adds `clouds` with everything below it. */
export function addClouds(program: Command, choose: (run: Run) => void): void {
  const clouds = program
    .command("clouds")
    .summary("the local clouds alone: start, stop, state, drift, reset, replay")
    .description(
      "The local clouds: AWS, Azure, Entra, GCP and Kubernetes simulated on this machine.",
    );
  const json = () => new Option("--json", "the answer as JSON on standard output").default(false);
  clouds
    .command("start")
    .description("start them and leave them running; prints what any Pulumi program needs")
    .option("--port <package=port...>", "serve a package on a certain port")
    .addOption(json())
    .action((options: { port?: string[]; json: boolean }) =>
      choose(async (context) =>
        (await import("../commands/clouds/start.ts")).startCommand(context, options),
      ),
    );
  clouds
    .command("stop")
    .description("end them; their world is kept")
    .action(() =>
      choose(async (context) => (await import("../commands/clouds/stop.ts")).stopCommand(context)),
    );
  clouds
    .command("state")
    .description("list what exists in their world")
    .addOption(json())
    .action((options: { json: boolean }) =>
      choose(async (context) =>
        (await import("../commands/clouds/state.ts")).stateCommand(context, options),
      ),
    );
  clouds
    .command("drift")
    .description("change a resource behind the engine's back, as somebody at a console would")
    .argument("<resource>", "id, URN, or the end of a URN")
    .argument("[path]", "property path, e.g. ingress[0].cidrBlocks[0]")
    .argument("[value]", "JSON; anything else is taken as text. Without it the property is removed")
    .option("--vanish", "remove the resource itself", false)
    .action(
      (
        resource: string,
        path: string | undefined,
        value: string | undefined,
        options: { vanish: boolean },
      ) =>
        choose(async (context) =>
          (await import("../commands/clouds/drift.ts")).driftCommand(context, {
            resource,
            path,
            value,
            ...options,
          }),
        ),
    );
  clouds
    .command("reset")
    .description("empty their world")
    .action(() =>
      choose(async (context) =>
        (await import("../commands/clouds/reset.ts")).resetCommand(context),
      ),
    );
  addReplay(clouds, choose);
}
