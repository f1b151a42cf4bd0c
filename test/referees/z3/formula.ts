/**
 * A topology and one packet as a formula over bit-vectors, in the words of SMT-LIB 2.6. It is written
 * from the definitions in `model/network/topology.ts` and shares nothing with `model/reach`.
 *
 * Addresses are 129 bits on the number line, endpoints 4 bits (15: none), a kind says whether an
 * address is known (0) or not (1: of IPv4, 2: of IPv6). Each rule whose match is not settled has a
 * boolean of its own, which may turn out either way.
 */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import type { PeerTerm, Rule, Stage, Topology } from "../../../model/network/topology.ts";

const nobody = 15;
const start6 = 1n << 32n;
const end6 = start6 + (1n << 128n);

const bits = (value: bigint | number, size: number) => `(_ bv${value} ${size})`;
export const and = (...all: readonly string[]) => `(and true ${all.join(" ")})`;
export const or = (...all: readonly string[]) => `(or false ${all.join(" ")})`;

/** `value` is a term of `size` bits. */
export function within(value: string, set: IntervalSet, size: number): string {
  return or(
    ...set.map(
      ({ from, to }) =>
        `(and (bvule ${bits(from, size)} ${value}) (bvule ${value} ${bits(to, size)}))`,
    ),
  );
}

/** Names of the variables of one end. */
interface EndNames {
  readonly endpoint: string;
  readonly kind: string;
  readonly address: string;
}

const endNames = (prefix: string): EndNames => ({
  endpoint: `${prefix}Endpoint`,
  kind: `${prefix}Kind`,
  address: `${prefix}Address`,
});

export const from = endNames("from");
export const to = endNames("to");

/** Declares the packet and says which packets there are. */
export function packets({ endpoints }: Topology): string[] {
  const declared = [from, to].flatMap(({ endpoint, kind, address }) => [
    `(declare-const ${endpoint} (_ BitVec 4))`,
    `(declare-const ${kind} (_ BitVec 2))`,
    `(declare-const ${address} (_ BitVec 129))`,
  ]);
  const free = (address: string) =>
    endpoints.map(({ addresses }) => `(not ${within(address, addresses, 129)})`);
  const placed = ({ endpoint, kind, address }: EndNames) =>
    or(
      and(isEndpoint(endpoint, nobody), isKind(kind, 0), ...free(address)),
      ...endpoints.map(({ addresses, unknownAddresses }, index) =>
        and(
          isEndpoint(endpoint, index),
          or(
            and(isKind(kind, 0), within(address, addresses, 129)),
            ...unknownAddresses.map((family) => isKind(kind, family === 4 ? 1 : 2)),
          ),
        ),
      ),
    );
  const onLine = ({ address }: EndNames) => `(bvult ${address} ${bits(end6, 129)})`;
  return [
    ...declared,
    "(declare-const selector (_ BitVec 24))",
    "(declare-const sourcePort (_ BitVec 16))",
    ...[from, to].flatMap((end) => [`(assert ${placed(end)})`, `(assert ${onLine(end)})`]),
    `(assert (= ${isIpv4(from)} ${isIpv4(to)}))`,
    `(assert (ite ${isIpv4(from)} (distinct ${protocolOf("selector")} ${bits(58, 8)})
      (distinct ${protocolOf("selector")} ${bits(1, 8)})))`,
  ];
}

export const isEndpoint = (name: string, index: number) => `(= ${name} ${bits(index, 4)})`;
export const isKind = (name: string, kind: number) => `(= ${name} ${bits(kind, 2)})`;

function isIpv4({ kind, address }: EndNames): string {
  return or(isKind(kind, 1), and(isKind(kind, 0), `(bvult ${address} ${bits(start6, 129)})`));
}

const protocolOf = (selector: string) => `((_ extract 23 16) ${selector})`;

const hasPorts = (selector: string) =>
  or(...[6, 17, 132].map((protocol) => `(= ${protocolOf(selector)} ${bits(protocol, 8)})`));

/** A boolean function of the packet, and of what may turn out either way. */
export interface Verdict {
  readonly text: readonly string[];
  readonly name: string;
  /** Names of its parameters. */
  readonly choices: readonly string[];
}

/** What the stages say about the packet, or about the reply to it. */
export function verdictOn(topology: Topology, asked: "request" | "reply"): Verdict {
  const echoed = `(ite (= selector ${bits(0x010800, 24)}) ${bits(0x010000, 24)}
    (ite (= selector ${bits(0x3a8000, 24)}) ${bits(0x3a8100, 24)} selector))`;
  const swapped = `(ite ${hasPorts("selector")}
    (concat ${protocolOf("selector")} sourcePort) ${echoed})`;
  const port = `(ite ${hasPorts("selector")} ((_ extract 15 0) selector) sourcePort)`;
  const replies = [
    `(define-fun replySelector () (_ BitVec 24) ${swapped})`,
    `(define-fun replyPort () (_ BitVec 16) ${port})`,
  ];
  const writer =
    asked === "request"
      ? new Writer(topology, topology.stages, from, to, ["selector", "sourcePort"])
      : new Writer(
          topology,
          topology.stages.filter(({ stateful }) => !stateful),
          to,
          from,
          ["replySelector", "replyPort"],
        );
  const { text, name, choices } = writer.verdict();
  return { text: [...replies, ...text], name, choices };
}

interface Matched {
  readonly sure: string;
  readonly possible: string;
}

/** Writes what some stages say about one packet. */
class Writer {
  readonly #topology: Topology;
  readonly #stages: readonly Stage[];
  readonly #source: EndNames;
  readonly #destination: EndNames;
  readonly #layer4: readonly [selector: string, port: string];

  constructor(
    topology: Topology,
    stages: readonly Stage[],
    source: EndNames,
    destination: EndNames,
    layer4: readonly [selector: string, port: string],
  ) {
    this.#topology = topology;
    this.#stages = stages;
    this.#source = source;
    this.#destination = destination;
    this.#layer4 = layer4;
  }

  verdict(): Verdict {
    const choices = this.#stages.flatMap((stage) => this.#choicesOf(stage));
    const parameters = choices.map((choice) => `(${choice} Bool)`).join(" ");
    const call = (name: string) => (choices.length === 0 ? name : `(${name} ${choices.join(" ")})`);
    const define = (name: string, body: string) =>
      `(define-fun ${name} (${parameters}) Bool ${body})`;
    const passes = this.#topology.endpoints.flatMap(({ stages: names }, index) =>
      this.#stages
        .filter(({ id }) => names.includes(id))
        .map((stage) => {
          const guarded = isEndpoint(this.#ownOf(stage).endpoint, index);
          return `(=> ${guarded} ${call(tierName(stage, 0))})`;
        }),
    );
    const tiers = this.#stages.flatMap((stage) => this.#tiers(stage, call, define));
    return { text: [...tiers, define("passes", and(...passes))], name: "passes", choices };
  }

  #ownOf({ direction }: Stage): EndNames {
    return direction === "out" ? this.#source : this.#destination;
  }

  #choicesOf(stage: Stage): string[] {
    return stage.tiers.flatMap(({ rules }, tier) =>
      rules.flatMap((rule, number) => {
        const { sure, possible } = this.#match(stage, rule);
        return sure === possible ? [] : [choiceName(stage, tier, number)];
      }),
    );
  }

  /** The last tier first, as the others hand on to it. */
  #tiers(
    stage: Stage,
    call: (name: string) => string,
    define: (name: string, body: string) => string,
  ): string[] {
    return [...stage.tiers.entries()].toReversed().map(([index, tier]) => {
      const ends = (action: Rule["action"]) =>
        action === "pass" ? call(tierName(stage, index + 1)) : String(action === "allow");
      const body = tier.rules
        .map((rule, number) => {
          const { sure, possible } = this.#match(stage, rule);
          const perhaps = and(possible, choiceName(stage, index, number));
          return { match: sure === possible ? sure : or(sure, perhaps), end: ends(rule.action) };
        })
        .reduceRight(
          (rest, { match, end }) => `(ite ${match} ${end} ${rest})`,
          ends(tier.otherwise),
        );
      return define(tierName(stage, index), body);
    });
  }

  #match(stage: Stage, rule: Rule): Matched {
    const own = this.#ownOf(stage);
    const peer = own === this.#source ? this.#destination : this.#source;
    const [selector, port] = this.#layer4;
    const ports =
      rule.sourcePorts === undefined
        ? "true"
        : and(hasPorts(selector), within(port, rule.sourcePorts, 16));
    const part = (surely: boolean) =>
      and(
        within(selector, rule.selectors, 24),
        ports,
        rule.own === undefined ? "true" : lies(this.#topology, own, rule.own, surely),
        or(...rule.peers.map((term) => this.#names(term, peer, surely))),
      );
    const isConditional = (rule.conditions ?? []).length > 0;
    return { sure: isConditional ? "false" : part(true), possible: part(false) };
  }

  #names({ addresses, group }: PeerTerm, peer: EndNames, surely: boolean): string {
    const members = this.#topology.endpoints.flatMap(({ groups }, index) =>
      group !== undefined && groups.includes(group) ? [isEndpoint(peer.endpoint, index)] : [],
    );
    return and(
      group === undefined ? "true" : or(...members),
      addresses === undefined ? "true" : lies(this.#topology, peer, addresses, surely),
    );
  }
}

const tierName = ({ id }: Stage, tier: number) => `${id}-${tier}`;
const choiceName = (stage: Stage, tier: number, rule: number) => `${tierName(stage, tier)}-${rule}`;

const families = [
  { kind: 1, first: 0n, last: start6 - 1n },
  { kind: 2, first: start6, last: end6 - 1n },
] as const;

/** Of an address not known yet, only a set with everything that it can turn out to be is sure. */
function lies(
  { endpoints }: Topology,
  { endpoint, kind, address }: EndNames,
  set: IntervalSet,
  surely: boolean,
): string {
  const unknown = (within: IntervalSet, first: bigint, last: bigint) => {
    const possible = within.filter(({ from: low, to: high }) => low <= last && first <= high);
    const isIn = ({ from: low, to: high }: IntervalSet[number]) => {
      const [start, end] = [low < first ? first : low, high > last ? last : high];
      return set.some(({ from: one, to: other }) =>
        surely ? one <= start && end <= other : one <= end && start <= other,
      );
    };
    return possible.length > 0 && (surely ? possible.every(isIn) : possible.some(isIn));
  };
  return or(
    and(isKind(kind, 0), within(address, set, 129)),
    ...endpoints.flatMap(({ unknownWithin = [{ from: 0n, to: end6 - 1n }] }, index) =>
      families.map(({ kind: family, first, last }) =>
        and(
          isEndpoint(endpoint, index),
          isKind(kind, family),
          String(unknown(unknownWithin, first, last)),
        ),
      ),
    ),
  );
}
