/** The arguments of `clouds probe token`. */
import type { Command } from "commander";
import type { TokenOptions } from "../../commands/clouds/probe-token.ts";
import type { Run } from "../run.ts";

const gather = (value: string, before: string[]): string[] => [...before, value];

/** Adds `token` to `clouds probe`. */
export function addProbeToken(clouds: Command, choose: (run: Run) => void): void {
  const probe =
    clouds.commands.find((command) => command.name() === "probe") ??
    clouds.command("probe").description("ask the deployed world what it would do");
  probe
    .command("token")
    .description("present a token to the deployed world: what it becomes, and why not the rest")
    .option(
      "--issuer <name>",
      "who issues it: github, gitlab, okta, entra, google, eks/NAME, a URL …",
    )
    .option("--claim <name=value>", "a claim; name:=value takes JSON (repeatable)", gather, [])
    .option("--audience <text>", "its audience (repeatable: a list)", gather, [])
    .option("--algorithm <name>", "RS256, ES256 or ES384")
    .option("--expired", "a token whose time is over", false)
    .option("--not-yet-valid", "a token whose time has not begun", false)
    .option("--token <jwt>", "present this token instead; - reads it from standard input")
    .option(
      "--context <name=value>",
      "a fact of the request, e.g. ip=203.0.113.7 (repeatable)",
      gather,
      [],
    )
    .option("--to <id>", "only targets whose id ends so (repeatable)", gather, [])
    .option("--follow", "show what the identities can become next", false)
    .option("--mint", "only print the token", false)
    .option("--keys", "only print the issuer's public keys", false)
    .option("--json", "the answer as JSON on standard output", false)
    .action((options: TokenOptions) =>
      choose(async (context) =>
        (await import("../../commands/clouds/probe-token.ts")).probeTokenCommand(context, options),
      ),
    );
}
