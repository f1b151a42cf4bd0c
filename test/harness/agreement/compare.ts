/** What the lifted network says of packets, beside what the local clouds' probe says of them. */
import assert from "node:assert/strict";
import { has } from "../../../model/base/interval-set.ts";
import type { Topology } from "../../../model/network/topology.ts";
import { type Packet, walk } from "../../../model/network/walk.ts";
import { arrival, type Reach } from "../../../model/reach/reach.ts";
import type { DrawnPacket } from "./packets.ts";

/** What the probe answers of one packet. */
export interface Answer {
  readonly packet?: string;
  readonly verdict?: "arrives" | "dropped" | "cannot tell";
  readonly stage?: string;
  readonly rule?: string;
  readonly error?: string;
}

/** `open`: it hangs on what is not settled. */
export type Fate = "arrives" | "dropped" | "open";

/** Packets by what the two say of them. */
export interface Tally {
  readonly arrive: number;
  readonly drop: number;
  /** Either does not settle it: no agreement, no disagreement. */
  readonly unsettled: ReadonlyMap<string, number>;
  readonly disagreements: readonly Disagreement[];
}

/** One packet of which the two say different things. */
export interface Disagreement {
  readonly kind: string;
  readonly text: string;
}

/** Compares packet by packet. */
export function compare(
  topology: Topology,
  reach: Reach,
  packets: readonly DrawnPacket[],
  answers: readonly Answer[],
): Tally {
  assert.equal(answers.length, packets.length);
  const counts = { arrive: 0, drop: 0 };
  const unsettled = new Map<string, number>();
  const disagreements: Disagreement[] = [];
  for (const [i, drawn] of packets.entries()) {
    const answer = answers[i] ?? {};
    assert.equal(answer.error, undefined, JSON.stringify(drawn.question));
    const fate = fateOf(topology, reach, drawn.packet);
    const verdict = answer.verdict ?? "cannot tell";
    if (fate === "open" || verdict === "cannot tell") {
      const kind = `reach ${fate}, probe ${verdict}${verdict === "cannot tell" ? `: ${answer.stage}` : ""}`;
      unsettled.set(kind, (unsettled.get(kind) ?? 0) + 1);
    } else if (fate === verdict) counts[fate === "arrives" ? "arrive" : "drop"]++;
    else disagreements.push(disagreement(topology, drawn, fate, answer));
  }
  return { ...counts, unsettled, disagreements };
}

/** The bitsets' answer; the naive walk must give the same. */
export function fateOf(topology: Topology, reach: Reach, packet: Packet): Fate {
  const [may, must] = (["may", "must"] as const).map((reading) => {
    const { arrives, replyArrives } = arrival(reach, packet, reading);
    const walked = walk(topology, packet, reading);
    assert.deepEqual([arrives, replyArrives], [walked.arrives, walked.replyArrives]);
    return arrives && replyArrives;
  });
  if (must === true || isResidual(topology, packet)) return "arrives";
  return may === true ? "open" : "dropped";
}

/** What the platform lets pass whatever is written. */
function isResidual({ residuals }: Topology, { from, to, selector }: Packet): boolean {
  const { address } = to;
  return residuals.some(
    ({ endpoints, to: addresses, selectors }) =>
      endpoints.includes(from.endpoint ?? "") &&
      typeof address === "bigint" &&
      has(addresses, address) &&
      has(selectors, selector),
  );
}

function disagreement(
  topology: Topology,
  { packet, question, kinds }: DrawnPacket,
  fate: Fate,
  answer: Answer,
): Disagreement {
  const { steps, replySteps } = walk(topology, packet, fate === "arrives" ? "must" : "may");
  const decisive = [...steps, ...replySteps].filter(({ action }) => action === "deny");
  const told = (decisive.length > 0 ? decisive : steps).map(({ stage, rule, otherwiseOrigin }) => {
    const by = rule === undefined ? otherwiseOrigin : `${rule.origin.urn} ${rule.origin.path}`;
    return `${stage.plane} ${stage.direction}: ${by}`;
  });
  const kind = `${kinds}: reach ${fate}${fate === "dropped" ? ` at ${told[0]?.split(":")[0]}` : ""}, probe ${answer.verdict} at ${answer.stage}`;
  const text = [
    JSON.stringify(question),
    `probe: ${answer.rule}`,
    ...told.map((one) => `reach: ${one}`),
  ];
  return { kind, text: text.join("\n  ") };
}
