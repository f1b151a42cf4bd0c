/** The arguments of `clouds act`. */
import type { Command } from "commander";
import type { ActOptions } from "../../commands/clouds/act.ts";
import type { Run } from "../run.ts";

const gather = (value: string, before: string[]): string[] => [...before, value];

/** Adds `clouds act`. */
export function addAct(clouds: Command, choose: (run: Run) => void): void {
  clouds
    .command("act")
    .summary("do something in the deployed world as somebody, if they may")
    .description(
      "Runs an API action in the deployed world if its policies, roles and bindings allow it, and " +
        "says why not. ACTION is in the cloud's own words: sts:AssumeRole, " +
        "Microsoft.KeyVault/vaults/secrets/getSecret/action, storage.objects.get, pods/exec create.",
    )
    .usage("--as SESSION ACTION RESOURCE [--with JSON] [--context NAME=VALUE…]")
    .argument("<words...>", "the action, then the resource: ARN, id, name, or * for none")
    .requiredOption(
      "--as <session>",
      "who acts: ARN, Entra principal or identity, GCP member, kubernetes:USER[@CLUSTER], or a token (- reads it from standard input)",
    )
    .option("--to <id>", "of several things that a token becomes, the one whose id ends so")
    .option("--with <json>", "parameters of the call as a JSON object")
    .option(
      "--context <name=value>",
      "a fact of the request, e.g. ip=203.0.113.7, or a condition key by its name (repeatable)",
      gather,
      [],
    )
    .option("--json", "the answer as JSON on standard output", false)
    .action((words: readonly string[], options: ActOptions) =>
      choose(async (context) =>
        (await import("../../commands/clouds/act.ts")).actCommand(context, words, options),
      ),
    );
}
