/** The arguments of `gate`. */
import { type Command, Option } from "commander";
import { localStack } from "../../engine/stack-place.ts";
import type { GateOptions } from "../commands/gate/gate.ts";
import type { Run } from "./run.ts";

/** Adds `gate`. */
export function addGate(program: Command, choose: (run: Run) => void): void {
  program
    .command("gate")
    .summary("what a pull request changes: rules, reach, and the packets it lets in")
    .description(
      "Previews each stack at the base and as it is here, runs the policy packs on both, and tells " +
        "what is new, what is fixed and who can newly reach whom, with the edits that do it. The " +
        "stack local needs no account.",
    )
    .option("--base <ref>", "branch, tag or commit to compare with", "origin/main")
    .option("--stack <name...>", "stacks to preview", [localStack])
    .option("--output <dir>", "where comment.md, gate.sarif, junit.xml, gate.json are written")
    .addOption(
      new Option(
        "--save <file>",
        "preview only what is here, and keep it for --base-from",
      ).conflicts(["baseFrom", "output", "json"]),
    )
    .option("--base-from <file>", "the base as --save kept it, in place of a preview")
    .option("--json", "the result as JSON on standard output", false)
    .action((options: GateOptions) =>
      choose(async (context) => {
        const { gate } = await import("../commands/gate/gate.ts");
        return gate(context, options);
      }),
    );
}
