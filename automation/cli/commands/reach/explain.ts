/** `reach A B PORTS`: whether a packet arrives, and which rules decide. */
import type { Family } from "../../../../model/base/address.ts";
import { has, union } from "../../../../model/base/interval-set.ts";
import {
  formatSelector,
  portSet,
  portsProblem,
  protocolInterval,
  protocolNumbers,
  tryParsePorts,
} from "../../../../model/base/layer4.ts";
import { ProblemError } from "../../../../model/base/problem.ts";
import type { Condition, Topology } from "../../../../model/network/topology.ts";
import type { Packet, Step, Trace } from "../../../../model/network/walk.ts";
import { ephemeralPort, walk } from "../../../../model/network/walk.ts";
import { lackOf, originText } from "../../../../model/policy/gap.ts";
import type { Reach } from "../../../../model/reach/reach.ts";
import { computeReach, endAt, selectorsBetween } from "../../../../model/reach/reach.ts";
import { isBorder } from "../../../../policy-packs/lift/borders.ts";
import type { ReadSource } from "../../../reach/source.ts";
import { selectorsText } from "../../../report/reach/ports.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { paint } from "../../output.ts";
import type { NamedEnd } from "./ends.ts";
import { endNamed } from "./ends.ts";
import { bestPair, pairsBetween } from "./pairs.ts";
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
  /** A way around every rule, by which the packet arrives whatever they say. */
  readonly around?: string;
  readonly steps: readonly Said[];
}

/** What one stage did. */
interface Said {
  /** Whether it was asked about the request, or about the reply. */
  readonly about: "request" | "reply";
  readonly stage: string;
  readonly plane: string;
  /** Id and name of the endpoint that the stage guards. */
  readonly at: string;
  readonly name: string;
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
  const reach = computeReach(topology);
  const answers = families.map((family) => answerOf(topology, reach, from, to, family, selector));
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
    const pairs = pairsBetween(reach, from, to, family);
    const of = (reading: "may" | "must") =>
      selectorsText(
        pairs
          .map((pair) => {
            const [source, destination] = [pair.from, pair.to].map((end) => endAt(reach, end));
            return selectorsBetween(reach, source ?? 0, destination ?? 0, reading);
          })
          .reduce(union, []),
      );
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

/** Types of ICMP and ICMPv6 that ask for an answer: echo requests (RFC 792, RFC 4443). */
const echoes = { icmp: 8, icmp6: 128 } as const;
const byteMax = 255;

/** The first packet of what is asked: a range or a whole protocol has no single one. */
function selectorOf(text: string): bigint {
  const message = /^(icmp6?)(?:\/(\d{1,3})\/(\d{1,3}))?$/.exec(text);
  if (message !== null) {
    const name = message[1] as keyof typeof echoes;
    const [type, code] = [Number(message[2] ?? echoes[name]), Number(message[3] ?? 0)];
    if (type <= byteMax && code <= byteMax) {
      return protocolInterval(protocolNumbers[name], type * 256 + code, 0).from;
    }
  }
  const ports = tryParsePorts(text);
  const [range] = ports === undefined ? [] : portSet(ports);
  if (range === undefined || ports?.from !== ports?.to) {
    const problem = portsProblem(text, "the ports");
    const allowed = "one port such as tcp/443, or icmp, icmp6, icmp/TYPE/CODE, icmp6/TYPE/CODE";
    const next = "Ask about one packet; without ports all that may pass is told.";
    throw new ProblemError([{ ...problem, allowed, next }]);
  }
  return range.from;
}

function answerOf(
  topology: Topology,
  reach: Reach,
  from: NamedEnd,
  to: NamedEnd,
  family: Family,
  selector: bigint,
): Answer {
  const asked = { selector, sourcePort: ephemeralPort };
  const pair = bestPair(reach, pairsBetween(reach, from, to, family), asked);
  if (pair === undefined) throw new Error(`no IPv${family} between ${from.name} and ${to.name}`);
  const packet = { ...pair, ...asked };
  const may = walk(topology, packet, "may");
  const must = walk(topology, packet, "must");
  const around = wayAround(topology, packet);
  const isOpen = around !== undefined || isThrough(must);
  const verdict = isOpen ? "arrives" : isThrough(may) ? "cannot tell" : "dropped";
  const trace = verdict === "dropped" ? may : must;
  const steps = [
    ...trace.steps.map((step) => said(topology, step, "request")),
    ...trace.replySteps.map((step) => said(topology, step, "reply")),
  ];
  return {
    from: from.name,
    to: to.name,
    packet: `${formatSelector(selector)} over IPv${family}`,
    verdict,
    ...(around === undefined ? {} : { around }),
    steps: around === undefined ? steps : [],
  };
}

/** The platform keeps some ways open around every stage. */
function wayAround({ residuals }: Topology, { from, to, selector }: Packet): string | undefined {
  const { address } = to;
  if (typeof address !== "bigint") return undefined;
  const way = residuals.find(
    (one) =>
      one.endpoints.some((id) => id === from.endpoint) &&
      has(one.to, address) &&
      has(one.selectors, selector),
  );
  return way === undefined ? undefined : `${way.says} (${way.document})`;
}

function isThrough({ arrives, replyArrives }: Trace): boolean {
  return arrives && replyArrives;
}

function said({ endpoints }: Topology, step: Step, about: Said["about"]): Said {
  const { stage, endpoint, action, rule, otherwiseOrigin } = step;
  return {
    about,
    stage: stage.id,
    plane: stage.plane,
    at: endpoint,
    name: endpoints.find(({ id }) => id === endpoint)?.name ?? endpoint,
    direction: stage.direction,
    action,
    by: `${lackOf(step)}${rule === undefined ? (otherwiseOrigin ?? "") : originText(rule.origin)}`,
    conditions: (rule?.conditions ?? []).map(conditionText),
  };
}

function conditionText(condition: Condition): string {
  return condition.kind === "request" ? condition.says : originText(condition.input);
}

function shown(answer: Answer, explain: boolean, colour: boolean): string {
  const { from, to, packet, verdict, steps, around } = answer;
  const heading = `${from} => ${to}, ${packet}: ${verdict}`;
  if (!explain) return heading;
  const telling = steps.filter(({ stage, action }) => action === "deny" || !isBorder(stage));
  const lines = telling.flatMap(({ about, action, plane, direction, name, by, conditions }) => [
    `${markOf(action, colour)} ${about === "reply" ? "reply: " : ""}${plane} ${direction} of ${name}: ${by}`,
    ...conditions.map((condition) => paint(colour, "dim", `    hangs on ${condition}`)),
  ]);
  const unguarded =
    around === undefined
      ? "  nothing guards either end: everything passes"
      : `${markOf("allow", colour)} around every rule: ${around}`;
  const open = steps.length === 0 ? [unguarded] : [];
  // Its packets never leave it (Kubernetes, "Network Policies"); replicas are others.
  const self = from === to ? ["  among what it stands for: each always reaches itself"] : [];
  return [heading, ...lines, ...open, ...self].join("\n");
}

function markOf(action: string, colour: boolean): string {
  return action === "allow" ? paint(colour, "green", "✓") : paint(colour, "red", "✗");
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
