/** The arguments of `clouds logs`. */
import type { Command } from "commander";
import type { LogsOptions } from "../../commands/clouds/logs.ts";
import type { Run } from "../run.ts";

/** Adds `clouds logs`. */
export function addLogs(clouds: Command, choose: (run: Run) => void): void {
  clouds
    .command("logs")
    .summary("what the deployed trails, settings and sinks delivered")
    .description(
      "Shows the log records that were delivered, each as its cloud writes it, one a line. Without " +
        "a destination it lists the destinations that hold some.",
    )
    .argument("[destination]", "a bucket, log group, workspace, topic … by id, or the end of it")
    .option("--since <time>", "not before this time, e.g. 2026-11-27T08:00:00Z, or 10m, 2h, 1d ago")
    .option("--follow", "stay, and show what arrives", false)
    .option("--json", "destinations as JSON; records with place and kind around them", false)
    .action((destination: string | undefined, options: LogsOptions) =>
      choose(async (context) =>
        (await import("../../commands/clouds/logs.ts")).logsCommand(context, destination, options),
      ),
    );
}
