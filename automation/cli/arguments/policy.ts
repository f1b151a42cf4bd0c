/** The arguments of `check`, `rules` and `exemptions`. */
import type { Command } from "commander";
import { ProblemError } from "../../../model/base/problem.ts";
import type { Run } from "./run.ts";

type Choose = (run: Run) => void;

interface Checking {
  readonly resources?: string;
  readonly explain?: string;
  readonly json: boolean;
}

/** Adds `check`, `rules` and `exemptions`. */
export function addPolicy(program: Command, choose: Choose): void {
  addCheck(program, choose);
  addRules(program, choose);
  addExemptions(program, choose);
}

function addCheck(program: Command, choose: Choose): void {
  program
    .command("check")
    .summary("the policy packs' rules on resources from a file, without an engine")
    .description(
      "Judges resources by the rules of the policy packs, without an engine. The file is a state " +
        "export (pulumi stack export), a preview (pulumi preview --json), or a JSON list of " +
        "{type, name, props, urn, provider, opts}.",
    )
    .argument("[file]", "the file; - for standard input")
    .option("--resources <file>", "the same")
    .option("--explain <rule>", "what a rule asks for, why, and what its examples are")
    .option("--json", "the verdicts as JSON on standard output", false)
    .action((file: string | undefined, options: Checking) =>
      choose(async (context) => {
        const { explain, json } = options;
        const given = [file, options.resources, explain].filter((one) => one !== undefined);
        if (given.length !== 1) throw new ProblemError([oneThing(given.length)]);
        if (explain !== undefined) {
          const { showRule } = await import("../commands/policy/rules.ts");
          return showRule(context, explain, { json });
        }
        const { check } = await import("../commands/policy/check.ts");
        return check(context, file ?? options.resources ?? "", { json });
      }),
    );
}

function oneThing(count: number) {
  return {
    code: "input-missing",
    place: "check",
    got: count === 0 ? "no file and no rule" : `${count} of them`,
    allowed: "one of FILE, --resources FILE, --explain RULE",
    next: "Give a file: pulumi stack export | ./bulkhead check -",
  } as const;
}

function addRules(program: Command, choose: Choose): void {
  const rules = program
    .command("rules")
    .summary("the catalogue of rules")
    .description("What the policy packs ask for, and why.");
  rules
    .command("list")
    .description("Every rule with its severity and what must hold.")
    .option("--domain <name>", "those of one domain, e.g. network")
    .option("--json", "as JSON on standard output", false)
    .action((options: { domain?: string; json: boolean }) =>
      choose(async (context) => {
        const { listRules } = await import("../commands/policy/rules.ts");
        return listRules(context, options);
      }),
    );
  rules
    .command("show")
    .description("One rule with reason, frameworks, fix and examples.")
    .argument("<rule>", "its id, e.g. AN02")
    .option("--json", "as JSON on standard output", false)
    .action((id: string, options: { json: boolean }) =>
      choose(async (context) => {
        const { showRule } = await import("../commands/policy/rules.ts");
        return showRule(context, id, options);
      }),
    );
}

function addExemptions(program: Command, choose: Choose): void {
  const exemptions = program
    .command("exemptions")
    .summary("the reviewed exceptions of this checkout")
    .description("Reads stacks/exemptions.json: one rule, few resources, a reason, and an end.");
  for (const [name, description] of [
    ["list", "Every exemption with its owner and how long it holds."],
    ["check", "The same; ends with 1 where one is over, too long, or about no rule there is."],
  ] as const) {
    exemptions
      .command(name)
      .description(description)
      .option("--json", "as JSON on standard output", false)
      .action((options: { json: boolean }) =>
        choose(async (context) => {
          const { tellExemptions } = await import("../commands/policy/exemptions.ts");
          return tellExemptions(context, { ...options, strict: name === "check" });
        }),
      );
  }
}
