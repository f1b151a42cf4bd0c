/** `reach A B PORTS`: whether a packet arrives, and which rules decide. */
import type { Family } from "../../../../model/base/address.ts";
import {
  formatSelector,
  portSet,
  portsProblem,
  tryParsePorts,
} from "../../../../model/base/layer4.ts";
import { ProblemError } from "../../../../model/base/problem.ts";
import type { Condition, Topology } from "../../../../model/network/topology.ts";
import type { PacketEnd, Step, Trace } from "../../../../model/network/walk.ts";
import { ephemeralPort, walk } from "../../../../model/network/walk.ts";
import { computeReach, endAt, selectorsBetween } from "../../../../model/reach/reach.ts";
import type { ReadSource } from "../../../reach/source.ts";
import { selectorsText } from "../../../report/reach/ports.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { paint } from "../../output.ts";
import type { NamedEnd } from "./ends.ts";
import { endNamed } from "./ends.ts";
import { noteAll } from "./voice.ts";

/** What is asked. */
export interface Question {
  readonly read: ReadSource;
  readonly place: string;
  readonly from: string;
  readonly to: string;
  /** `tcp/8080`; all that may pass where absent. */
  readonly ports: string | undefined;
  readonly explain: boolean;
  readonly json: boolean;
}

type Verdict = "arrives" | "dropped" | "cannot tell";

interface Answer {
  readonly from: string;
  readonly to: string;
  readonly packet: string;
  readonly verdict: Verdict;
  readonly steps: readonly Said[];
}

/** What one stage did. */
interface Said {
  readonly stage: string;
  readonly plane: string;
  readonly at: string;
  readonly direction: string;
  readonly action: string;
  /** The rule that decided, or what becomes of packets that none matches. */
  readonly by: string;
  readonly conditions: readonly string[];
}

/** Done if everything asked arrives, findings if anything does not or nobody can tell. */
export async function explainReach(context: Context, question: Question): Promise<ExitCode> {
  const { topology, notes } = await question.read(question.place);
  noteAll(context, topology, notes);
  const from = endNamed(topology, question.from, "the first end");
  const to = endNamed(topology, question.to, "the second end");
  const families = ([4, 6] as const).filter((family) => from.of.has(family) && to.of.has(family));
  if (families.length === 0) throw new ProblemError([noFamily(from, to)]);
  if (question.ports === undefined) return tellAll(context, topology, from, to, families, question);
  const selector = selectorOf(question.ports);
  const answers = families.map((family) => answerOf(topology, from, to, family, selector));
  const { output } = context;
  if (question.json) output.result(JSON.stringify(answers, null, 2));
  else for (const answer of answers) output.result(shown(answer, question.explain, output.colour));
  return answers.every(({ verdict }) => verdict === "arrives")
    ? exitCodes.done
    : exitCodes.findings;
}

function tellAll(
  context: Context,
  topology: Topology,
  from: NamedEnd,
  to: NamedEnd,
  families: readonly Family[],
  { json }: Question,
): ExitCode {
  const reach = computeReach(topology);
  const answers = families.map((family) => {
    const [source, destination] = [from, to].map((end) => endAt(reach, endIn(end, family)));
    const of = (reading: "may" | "must") =>
      selectorsText(selectorsBetween(reach, source ?? 0, destination ?? 0, reading));
    return { from: from.name, to: to.name, family, ports: of("may"), surely: of("must") };
  });
  if (json) context.output.result(JSON.stringify(answers, null, 2));
  else {
    for (const { ports, surely, family } of answers) {
      const more = ports === surely ? "" : ` ? surely ${surely}`;
      context.output.result(`${from.name} => ${to.name} (IPv${family}) : ${ports}${more}`);
    }
  }
  return answers.every(({ ports }) => ports !== "nothing") ? exitCodes.done : exitCodes.findings;
}

function endIn(end: NamedEnd, family: Family): PacketEnd {
  const found = end.of.get(family);
  if (found === undefined) throw new Error(`${end.name} has no IPv${family}`);
  return found;
}

/** The first packet of what is asked: a range or a whole protocol has no single one. */
function selectorOf(text: string): bigint {
  const ports = tryParsePorts(text);
  const [range] = ports === undefined ? [] : portSet(ports);
  const single = ports?.from === ports?.to || text.startsWith("icmp");
  if (range === undefined || !single) {
    const problem = portsProblem(text, "the ports");
    throw new ProblemError([{ ...problem, allowed: "one port such as tcp/443, icmp or icmp6" }]);
  }
  return range.from;
}

function answerOf(
  topology: Topology,
  from: NamedEnd,
  to: NamedEnd,
  family: Family,
  selector: bigint,
): Answer {
  const packet = {
    from: endIn(from, family),
    to: endIn(to, family),
    selector,
    sourcePort: ephemeralPort,
  };
  const may = walk(topology, packet, "may");
  const must = walk(topology, packet, "must");
  const verdict = isThrough(must) ? "arrives" : isThrough(may) ? "cannot tell" : "dropped";
  const trace = verdict === "dropped" ? may : must;
  return {
    from: from.name,
    to: to.name,
    packet: `${formatSelector(selector)} over IPv${family}`,
    verdict,
    steps: [...trace.steps, ...trace.replySteps].map(said),
  };
}

function isThrough({ arrives, replyArrives }: Trace): boolean {
  return arrives && replyArrives;
}

function said({ stage, endpoint, action, rule, otherwiseOrigin }: Step): Said {
  const by =
    rule === undefined ? (otherwiseOrigin ?? "") : `${rule.origin.urn} ${rule.origin.path}`;
  return {
    stage: stage.id,
    plane: stage.plane,
    at: endpoint,
    direction: stage.direction,
    action,
    by: by.trim(),
    conditions: (rule?.conditions ?? []).map(conditionText),
  };
}

function conditionText(condition: Condition): string {
  if (condition.kind === "request") return condition.says;
  return `${condition.input.urn}: ${condition.input.path}`;
}

function shown(answer: Answer, explain: boolean, colour: boolean): string {
  const { from, to, packet, verdict, steps } = answer;
  const heading = `${from} => ${to}, ${packet}: ${verdict}`;
  if (!explain) return heading;
  const lines = steps.flatMap(({ action, plane, direction, at, by, conditions }) => [
    `${action === "allow" ? paint(colour, "green", "✓") : paint(colour, "red", "✗")} ${plane} ${direction} of ${at}: ${by}`,
    ...conditions.map((condition) => paint(colour, "dim", `    hangs on ${condition}`)),
  ]);
  const open = steps.length === 0 ? ["  nothing guards either end: everything passes"] : [];
  // Its packets never leave it (Kubernetes, "Network Policies"); replicas are others.
  const self = from === to ? ["  among what it stands for: each always reaches itself"] : [];
  return [heading, ...lines, ...open, ...self].join("\n");
}

function noFamily(from: NamedEnd, to: NamedEnd) {
  return {
    code: "input-unknown",
    place: "the ends",
    got: `${from.name} and ${to.name}`,
    allowed: "two ends with addresses of one family",
    next: "Choose ends that both have IPv4 or both have IPv6.",
  } as const;
}
