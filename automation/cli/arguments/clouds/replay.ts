/** The arguments of `clouds replay`. */
import type { Command } from "commander";
import type { Run } from "../run.ts";

/** Adds `clouds replay`. */
export function addReplay(clouds: Command, choose: (run: Run) => void): void {
  clouds
    .command("replay")
    .description(
      "feed recorded exchanges with real providers to the clouds and compare the answers",
    )
    .argument("<file...>", "recordings as PULUMI_DEBUG_GRPC writes them, one JSON object a line")
    .option("--json", "the report as JSON on standard output", false)
    .option("--strict-accepted", "fail for accepted differences that no longer occur", false)
    .action((files: string[], options: { json: boolean; strictAccepted: boolean }) =>
      choose(async (context) =>
        (await import("../../commands/clouds/replay.ts")).replayCommand(context, files, options),
      ),
    );
}
