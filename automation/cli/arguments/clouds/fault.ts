/** The arguments of `clouds fault`. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { FaultOptions } from "../../commands/clouds/fault.ts";
import type { Run } from "../run.ts";

/** Requests that faults can meet. */
export const faultOperations = ["check", "create", "read", "update", "delete"];
/** What can happen to them. */
export const faultKinds = [
  "throttle",
  "error",
  "init-failure",
  "timeout",
  "disconnect",
  "slow",
  "gone",
];

/** Adds `clouds fault`. */
export function addFault(clouds: Command, choose: (run: Run) => void): void {
  clouds
    .command("fault")
    .summary("let requests to the clouds fail, again and again the same ones")
    .description(
      "Lets requests to the running clouds fail. The same seed lets the same requests fail, in " +
        "whatever order they come. Faults end with the clouds' process.",
    )
    .option("--on <pattern>", "URN, token or id of the resources; * stands for any text", "*")
    .addOption(new Option("--op <operation>", "the request that fails").choices(faultOperations))
    .addOption(new Option("--kind <kind>", "what happens to it").choices(faultKinds))
    .option("--rate <share>", "share of the requests, above 0 and at most 1", number, 1)
    .option("--seed <text>", "decides which requests", "0")
    .option("--count <times>", "how often one resource is met at most", number)
    .option("--delay <ms>", "with --kind slow: how late the answer is", number)
    .option("--list", "the armed faults and what they did", false)
    .option("--clear [id]", "disarm all faults, or one")
    .option("--json", "the answer as JSON on standard output", false)
    .action((options: FaultOptions) =>
      choose(async (context) =>
        (await import("../../commands/clouds/fault.ts")).faultCommand(context, options),
      ),
    );
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("A number is needed.");
}
