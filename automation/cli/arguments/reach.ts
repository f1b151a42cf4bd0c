/** The arguments of `reach`. */
import { type Command, Option } from "commander";
import type { Problem } from "../../../model/base/problem.ts";
import { ProblemError } from "../../../model/base/problem.ts";
import type { ReadSource } from "../../reach/source.ts";
import type { Format } from "../commands/reach/list.ts";
import type { Run } from "./run.ts";

const formats: readonly Format[] = ["lines", "table", "json", "dot", "svg"];

interface Choice {
  readonly plugin?: string;
  readonly json: boolean;
}

interface Listing extends Choice {
  readonly kubernetes?: string;
  readonly output?: Format;
  readonly explain: boolean;
}

/** Adds `reach` and `reach diff`. */
export function addReach(program: Command, choose: (run: Run) => void): void {
  const reach = program
    .command("reach")
    .summary("who may call whom: all pairs, one pair with reasons, difference of two states")
    .description(
      "Computes who may call whom in a network, without deploying it. Two ends and a port ask about " +
        "one packet.",
    )
    // So that `reach diff` has an option --kubernetes of its own.
    .enablePositionalOptions()
    .argument("[from]", "internet, an address, or an endpoint such as shop/web")
    .argument("[to]", "likewise")
    .argument("[ports]", "one port such as tcp/8080; all that may pass without it")
    .option("--kubernetes <dir>", "a directory of Kubernetes manifests")
    .addOption(new Option("--output <format>", "how all pairs are written").choices(formats))
    .option("--explain", "with the rule that decides each stage", false);
  withPlugin(reach).action((from, to, ports, options: Listing) =>
    choose(async (context) => {
      const { read, place, plain } = await sourceOf(options);
      if (from === undefined) {
        const { listReach } = await import("../commands/reach/list.ts");
        const format = options.json ? "json" : (options.output ?? (plain ? "lines" : "table"));
        return listReach(context, { read, place, format });
      }
      if (to === undefined) throw new ProblemError([oneEnd(from)]);
      const { explainReach } = await import("../commands/reach/explain.ts");
      const { explain, json } = options;
      return explainReach(context, { read, place, from, to, ports, explain, json });
    }),
  );
  const diff = reach
    .command("diff")
    .description("flows that one state of a network has and another has not")
    .argument("<before>", "the earlier state")
    .argument("<after>", "the later state")
    .option("--kubernetes", "both are directories of Kubernetes manifests", false)
    .option("--expect-no-changes", "end with 1 where there is any change", false);
  withPlugin(diff).action((before: string, after: string, options) =>
    choose(async (context) => {
      const kubernetes = options.kubernetes === true ? before : undefined;
      const { read } = await sourceOf({ ...options, kubernetes });
      const { diffReach } = await import("../commands/reach/diff.ts");
      const { json, expectNoChanges } = options;
      return diffReach(context, { read, before, after, json, expectNoChanges });
    }),
  );
}

function withPlugin(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--plugin <kind>",
        "the clusters' network plugin: any; none, so that policies have no effect; plain, which " +
          "takes address blocks for what is outside and pods on the node's network for pods",
      ).choices(["any", "none", "plain"]),
    )
    .option("--json", "the answer as JSON on standard output", false);
}

/** Each way to name a network is one entry here. */
async function sourceOf(
  options: Choice & { readonly kubernetes?: string | undefined; readonly output?: Format },
): Promise<{ readonly read: ReadSource; readonly place: string; readonly plain: boolean }> {
  if (options.kubernetes === undefined) throw new ProblemError([noSource()]);
  const { kubernetesSource, plugins } = await import("../../reach/kubernetes.ts");
  // The lines are known from np-guard, so they follow its reading unless told otherwise.
  const kind = options.plugin ?? (options.output === "lines" ? "plain" : "any");
  const plugin = plugins[kind];
  if (plugin === undefined) throw new Error(`no such plugin: ${kind}`);
  return { read: kubernetesSource(plugin), place: options.kubernetes, plain: kind === "plain" };
}

function noSource(): Problem {
  return {
    code: "input-missing",
    place: "reach",
    got: "no network",
    allowed: "--kubernetes DIR",
    next: "Say which network: ./bulkhead reach --kubernetes DIR.",
  };
}

function oneEnd(from: string): Problem {
  return {
    code: "input-missing",
    place: "reach",
    got: `one end, ${from}`,
    allowed: "two ends, or none for all pairs",
    next: `Write the other end too: ./bulkhead reach ${from} internet tcp/443 --kubernetes DIR.`,
  };
}
