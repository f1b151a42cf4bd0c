/** A packet that shows a change, and what decides about it, in words. */
import { formatAddress } from "../../model/base/address.ts";
import { formatSelector } from "../../model/base/layer4.ts";
import type { Origin } from "../../model/network/topology.ts";
import type { PacketEnd, Step, Trace } from "../../model/network/walk.ts";
import { shortUrn } from "../../model/policy/finding.ts";
import type { FlowChange } from "../../model/reach/difference.ts";

/** The packet, and what becomes of it in each of the two states. */
export interface ToldWitness {
  /** `internet (203.0.113.7) → web@aws (10.1.0.4) tcp/22`. */
  readonly packet: string;
  /** Ids of the endpoints at its ends, as far as somebody planned them. */
  readonly ends: readonly string[];
  readonly before: Fate;
  readonly after: Fate;
}

/** Whether it arrives, and the rules that decide so. */
export interface Fate {
  readonly arrives: boolean;
  readonly by: readonly string[];
  /** The same as resources and property paths, where somebody wrote the rule. */
  readonly origins: readonly Origin[];
}

/** The witness of a change in words. */
export function toldWitness({ from, to, witness }: FlowChange): ToldWitness {
  const { packet, actual, wanted } = witness;
  const end = (name: string, { address }: PacketEnd) =>
    `${name} (${typeof address === "bigint" ? formatAddress(address) : `some IPv${address.unknown}`})`;
  return {
    packet: `${end(from.name, packet.from)} → ${end(to.name, packet.to)} ${formatSelector(packet.selector)}`,
    ends: [from, to].flatMap(({ endpoint }) => endpoint ?? []),
    before: fateOf(wanted),
    after: fateOf(actual),
  };
}

function fateOf(trace: Trace | undefined): Fate {
  if (trace === undefined) {
    return { arrives: false, by: ["one of its ends is not there"], origins: [] };
  }
  const { arrives, steps } = trace;
  const deciding = arrives ? steps : steps.filter(({ action }) => action === "deny").slice(0, 1);
  const by = deciding.filter(isWritten(arrives)).map(decision);
  return {
    arrives,
    by: by.length === 0 ? ["no filter asks about it"] : [...new Set(by)],
    origins: deciding.flatMap(({ rule }) => rule?.origin ?? []),
  };
}

/** Where everything passes, what nobody wrote explains nothing. */
function isWritten(arrives: boolean): (step: Step) => boolean {
  return ({ rule }) => !arrives || rule !== undefined;
}

function decision({ stage, rule, otherwiseOrigin }: Step): string {
  const where = `${stage.plane} ${stage.direction}`;
  if (rule === undefined) return `${where}: ${otherwiseOrigin ?? "by default"}`;
  const { urn, path } = rule.origin;
  return `${where}: ${shortUrn(urn)}${path === "" ? "" : ` ${path}`}`;
}
