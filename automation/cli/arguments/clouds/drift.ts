/** The arguments of `clouds drift`. */
import type { Command } from "commander";
import type { Run } from "../run.ts";

interface Options {
  readonly delete: boolean;
  readonly create: boolean;
  readonly inputs?: string;
  readonly config: readonly string[];
}

/** Adds `clouds drift`. */
export function addDrift(clouds: Command, choose: (run: Run) => void): void {
  clouds
    .command("drift")
    .summary("change, remove or create a resource behind the engine's back")
    .description(
      "Changes, removes or creates a resource behind the engine's back, as somebody at a console " +
        "would. PATH=VALUE sets a property: VALUE is JSON, anything else is taken as text, and " +
        "nothing is the empty text. PATH- removes it.",
    )
    .usage(
      "RESOURCE PATH=VALUE… [PATH-…]\n" +
        "       bulkhead clouds drift RESOURCE --delete\n" +
        "       bulkhead clouds drift --create TOKEN NAME [--inputs FILE] [--config KEY=VALUE…]",
    )
    .argument("<words...>", "the resource (id, URN, end of a URN or row:N), then its changes")
    .option("--delete", "remove the resource", false)
    .option("--create", "create a resource of TOKEN that no program knows", false)
    .option("--inputs <file>", "with --create: its inputs as JSON; - for standard input")
    .option(
      "--config <key=value...>",
      "with --create: the provider's configuration, e.g. region=eu-west-1",
      [],
    )
    .action((words: readonly string[], options: Options) =>
      choose(async (context) =>
        (await import("../../commands/clouds/drift.ts")).driftCommand(context, words, options),
      ),
    );
}
