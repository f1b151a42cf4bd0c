/** The arguments of `reach`. */
import { existsSync } from "node:fs";
import { type Command, Option } from "commander";
import type { Problem } from "../../../model/base/problem.ts";
import { ProblemError } from "../../../model/base/problem.ts";
import type { ReadSource } from "../../reach/source.ts";
import type { Format } from "../commands/reach/list.ts";
import type { Context } from "../context.ts";
import type { Run } from "./run.ts";

const formats: readonly Format[] = ["lines", "table", "json", "dot", "svg"];

interface Choice {
  readonly plugin?: string;
  readonly json: boolean;
}

interface Listing extends Choice {
  readonly kubernetes?: string;
  readonly state?: string;
  readonly stack?: string;
  readonly output?: Format;
  readonly intent?: string;
  readonly place?: string;
  readonly explain: boolean;
}

interface Difference extends Choice {
  readonly kubernetes: boolean;
  readonly expectNoChanges: boolean;
}

/** Adds `reach`, `reach lint` and `reach diff`. */
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
    .option("--stack <name>", "the deployed state of a stack, e.g. local")
    .option("--state <file>", "a state export or a list of resources; - for standard input")
    .option("--kubernetes <dir>", "a directory of Kubernetes manifests")
    .addOption(new Option("--output <format>", "how all pairs are written").choices(formats))
    .option("--intent <file>", "a network intent as JSON: what is open and should not be, and back")
    .option("--place <name>", "the place of the intent whose cluster the manifests are")
    .option("--explain", "with the rule that decides each stage", false);
  withPlugin(reach).action((from, to, ports, options: Listing) =>
    choose(async (context) => {
      const { read, place, plain } = await sourceOf(context, options);
      const { intent } = options;
      if (intent !== undefined) {
        if (from !== undefined) throw new ProblemError([endsAndIntent(from)]);
        const { proveReach } = await import("../commands/reach/prove.ts");
        const { place: of, json } = options;
        return proveReach(context, { read, place, intent, of, json });
      }
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
  const lint = reach
    .command("lint")
    .description(
      "What no single packet shows: rules that do nothing, messages of routers that are dropped, " +
        "and what was noticed while reading.",
    )
    .option("--stack <name>", "the deployed state of a stack, e.g. local")
    .option("--state <file>", "a state export or a list of resources; - for standard input")
    .option("--kubernetes <dir>", "a directory of Kubernetes manifests");
  withPlugin(lint).action((options: Listing) =>
    choose(async (context) => {
      const { read, place } = await sourceOf(context, options);
      const { lintReach } = await import("../commands/reach/lint.ts");
      return lintReach(context, { read, place, json: options.json });
    }),
  );
  const diff = reach
    .command("diff")
    .description(
      "Flows that one state of a network has and another has not. A state is a file with a state " +
        "export or a list of resources, or the name of a stack.",
    )
    .argument("<before>", "the earlier state")
    .argument("<after>", "the later state")
    .option("--kubernetes", "both are directories of Kubernetes manifests", false)
    .option("--expect-no-changes", "end with 1 where there is any change", false);
  withPlugin(diff).action((before: string, after: string, options: Difference) =>
    choose(async (context) => {
      const read = options.kubernetes
        ? (await sourceOf(context, { ...options, kubernetes: before })).read
        : await stateOrStack(context);
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

interface Source {
  readonly read: ReadSource;
  readonly place: string;
  /** Whether the lines known from np-guard are the usual form. */
  readonly plain: boolean;
}

/** Each way to name a network is one entry here; exactly one must be used. */
async function sourceOf(
  context: Context,
  options: Pick<Listing, "plugin" | "output" | "kubernetes" | "state" | "stack">,
): Promise<Source> {
  const { kubernetes, state, stack } = options;
  const given = [kubernetes, state, stack].filter((one) => one !== undefined);
  if (given.length !== 1) throw new ProblemError([oneSource(given.length)]);
  if (stack === undefined) context.interrupts.letGo();
  if (kubernetes !== undefined) return kubernetesSourceOf(kubernetes, options);
  if (options.plugin !== undefined) throw new ProblemError([pluginWithout()]);
  if (state !== undefined) {
    const { readStateFile } = await import("../../reach/state.ts");
    return { read: readStateFile, place: state, plain: false };
  }
  return { read: await readStack(context), place: stack ?? "", plain: false };
}

async function kubernetesSourceOf(
  directory: string,
  { plugin, output }: Pick<Listing, "plugin" | "output">,
): Promise<Source> {
  const { kubernetesSource, plugins } = await import("../../reach/kubernetes.ts");
  // The lines are known from np-guard, so they follow its reading unless told otherwise.
  const kind = plugin ?? (output === "lines" ? "plain" : "any");
  const known = plugins[kind];
  if (known === undefined) throw new Error(`no such plugin: ${kind}`);
  return { read: kubernetesSource(known), place: directory, plain: kind === "plain" };
}

async function readStack(context: Context): Promise<ReadSource> {
  const { stackSource } = await import("../../reach/state.ts");
  const read = stackSource(context.folders, async () => {
    const [{ chooseView }, { getEngine }] = await Promise.all([
      import("../view/choose.ts"),
      import("../engine-phase.ts"),
    ]);
    const view = await chooseView(context.output);
    const engine = await view.phase("Engine", (tell) => getEngine(context, tell));
    return { engine, folders: context.folders, variables: context.variables };
  });
  return async (stack) => {
    const source = await read(stack);
    context.interrupts.letGo();
    return source;
  };
}

/** What is there as a file is one; everything else is the name of a stack. */
async function stateOrStack(context: Context): Promise<ReadSource> {
  const { readStateFile } = await import("../../reach/state.ts");
  const readNamed = await readStack(context);
  return (place) => {
    if (place !== "-" && !existsSync(place)) return readNamed(place);
    context.interrupts.letGo();
    return readStateFile(place);
  };
}

function oneSource(count: number): Problem {
  return {
    code: "input-missing",
    place: "reach",
    got: count === 0 ? "no network" : `${count} networks`,
    allowed: "one of --stack NAME, --state FILE, --kubernetes DIR",
    next: "Say which network: ./bulkhead reach --stack local.",
  };
}

function pluginWithout(): Problem {
  return {
    code: "input-unknown",
    place: "--plugin",
    got: "no Kubernetes manifests",
    allowed: "--plugin together with --kubernetes DIR",
    next: "Leave it out: clouds have no network plugins.",
  };
}

function oneEnd(from: string): Problem {
  return {
    code: "input-missing",
    place: "reach",
    got: `one end, ${from}`,
    allowed: "two ends, or none for all pairs",
    next: `Write the other end too: ./bulkhead reach ${from} internet tcp/443 --stack local.`,
  };
}

function endsAndIntent(from: string): Problem {
  return {
    code: "input-unknown",
    place: "--intent",
    got: `ends as well, ${from}`,
    allowed: "either two ends, or --intent FILE",
    next: "Leave one of the two out.",
  };
}
