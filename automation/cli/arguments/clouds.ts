/** The arguments of `clouds`. */
import type { Command } from "commander";
import { addAct } from "./clouds/act.ts";
import { addDrift } from "./clouds/drift.ts";
import { addFault } from "./clouds/fault.ts";
import { addLogs } from "./clouds/logs.ts";
import { addProbePacket } from "./clouds/probe-packet.ts";
import { addProbeToken } from "./clouds/probe-token.ts";
import { addReplay } from "./clouds/replay.ts";
import { addState } from "./clouds/state.ts";
import { addWorlds, withWorlds } from "./clouds/worlds.ts";
import type { Run } from "./run.ts";

const lenientHelp = "take resource types that the clouds do not know, as they are";

/** Adds `clouds` with everything below it. */
export function addClouds(program: Command, choose: (run: Run) => void): void {
  const clouds = program
    .command("clouds")
    .summary("the local clouds alone, for any Pulumi program")
    .description(
      "The local clouds: AWS, Azure, Entra, GCP and Kubernetes simulated on this machine.",
    );
  withWorlds(clouds, choose, (inWorld) => addAll(clouds, inWorld));
}

function addAll(clouds: Command, choose: (run: Run) => void): void {
  clouds
    .command("start")
    .description("start them and leave them running; prints what any Pulumi program needs")
    .option("--port <package=port...>", "serve a package on a certain port")
    .option("--lenient", lenientHelp, false)
    .option("--json", "the answer as JSON on standard output", false)
    .action((options: { port?: string[]; lenient: boolean; json: boolean }) =>
      choose(async (context) =>
        (await import("../commands/clouds/start.ts")).startCommand(context, options),
      ),
    );
  clouds
    .command("env")
    .description('for any Pulumi program: eval "$(./bulkhead clouds env)" && pulumi up')
    .option("--lenient", lenientHelp, false)
    .option("--json", "the answer as JSON on standard output", false)
    .action((options: { lenient: boolean; json: boolean }) =>
      choose(async (context) =>
        (await import("../commands/clouds/env.ts")).envCommand(context, options),
      ),
    );
  clouds
    .command("stop")
    .description("end them; their world is kept")
    .action(() =>
      choose(async (context) => (await import("../commands/clouds/stop.ts")).stopCommand(context)),
    );
  addState(clouds, choose);
  addDrift(clouds, choose);
  addFault(clouds, choose);
  addWorlds(clouds, choose);
  clouds
    .command("reset")
    .description("empty their world")
    .action(() =>
      choose(async (context) =>
        (await import("../commands/clouds/reset.ts")).resetCommand(context),
      ),
    );
  addReplay(clouds, choose);
  addProbeToken(clouds, choose);
  addProbePacket(clouds, choose);
  addAct(clouds, choose);
  addLogs(clouds, choose);
}
