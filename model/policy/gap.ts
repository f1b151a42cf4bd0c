/** Differences between a plan and its intent, as people read them: one gap for all alike endpoints. */
import { formatAddress } from "../base/address.ts";
import type { IntervalSet } from "../base/interval-set.ts";
import { covers, union } from "../base/interval-set.ts";
import { formatSelector } from "../base/layer4.ts";
import { parseEnd } from "../network/ends.ts";
import type { Origin } from "../network/topology.ts";
import type { PacketEnd, Step } from "../network/walk.ts";
import type { Difference, DifferenceKind } from "../reach/compare.ts";
import type { Side } from "../reach/side.ts";
import { internetName, sizeOf } from "../reach/side.ts";
import { shortUrn } from "./finding.ts";

/** The kinds for which somebody has to act. */
export type GapKind = Exclude<DifferenceKind, "residual">;

/** One thing that passes and should not, or the reverse. */
export interface Gap {
  readonly kind: GapKind;
  /** A segment's name, an endpoint's, or `internet`. */
  readonly from: string;
  readonly to: string;
  readonly selectors: IntervalSet;
  /** One packet of it: `web (10.0.1.10) → app (10.0.2.10) tcp/3306`. */
  readonly packet: string;
  /** What becomes of the packet: `is let through but not declared`. */
  readonly fate: string;
  /** What decides, in words. */
  readonly by: string;
  /** The rule that decides; undefined where none does. */
  readonly origin: Origin | undefined;
  /** False where it hangs on what is not known yet. */
  readonly settled: boolean;
}

/** The gaps of a place, what is open to all first. The same gap seen at several endpoints is one. */
export function gapsOf(differences: readonly Difference[], place: string): Gap[] {
  const gaps = new Map<string, Sized>();
  for (const difference of differences) {
    const { kind, settled, witness, selectors } = difference;
    if (kind === "residual") continue;
    const [from, to] = [difference.from, difference.to].map((side) => sideName(side, place)) as [
      string,
      string,
    ];
    // A filter that stops a packet is one thing to mend, a route that is missing another.
    const plane = decidingStep(difference)?.stage.plane === "route";
    const key = [kind, settled, from, to, witness.packet.selector, plane].join("\n");
    const known = gaps.get(key);
    // One machine tells more than whatever may stand in a subnet.
    const size = sizeOf(difference.from) + sizeOf(difference.to);
    const gap =
      known !== undefined && known.size <= size ? known : gapOf(kind, difference, size, place);
    gaps.set(key, { ...gap, selectors: union(known?.selectors ?? [], selectors) });
  }
  const all = [...gaps.values()].map(({ size: _, ...gap }): Gap => gap);
  const whole = all.filter((gap) => !all.some((other) => isPartOf(gap, other)));
  const isOpenToAll = ({ from }: Gap) => Number(from === internetName);
  return whole.toSorted((a, b) => isOpenToAll(b) - isOpenToAll(a));
}

/** What holds for the internet as well need not be told of other addresses that nobody has. */
function isPartOf(gap: Gap, other: Gap): boolean {
  const asInternet = (side: string) => (side === unplannedName ? internetName : side);
  return (
    [gap.from, gap.to].includes(unplannedName) &&
    gap.kind === other.kind &&
    gap.settled === other.settled &&
    asInternet(gap.from) === other.from &&
    asInternet(gap.to) === other.to &&
    covers(other.selectors, gap.selectors)
  );
}

interface Sized extends Gap {
  /** Addresses that the packet's ends could have as well. */
  readonly size: bigint;
}

function gapOf(kind: GapKind, difference: Difference, size: bigint, place: string): Sized {
  const { from, to, witness, selectors, settled } = difference;
  const { packet } = witness;
  const [source, target] = [from, to].map((side) => sideName(side, place)) as [string, string];
  const ends = `${endText(source, packet.from)} → ${endText(target, packet.to)}`;
  return {
    kind,
    from: source,
    to: target,
    selectors,
    packet: `${ends} ${formatSelector(packet.selector)}`,
    fate: fates[kind],
    ...deciding(kind, difference, target),
    settled,
    size,
  };
}

/** Name of the private addresses that nothing planned has. */
export const unplannedName = "an unplanned address";

const fates: Readonly<Record<GapKind, string>> = {
  extra: "is let through but not declared",
  missing: "is declared but stopped",
  "reply-blocked": "is let through, but its reply is stopped",
};

function stepsOf({ kind, witness: { actual } }: Difference): readonly Step[] {
  return (kind === "reply-blocked" ? actual?.replySteps : actual?.steps) ?? [];
}

function decidingStep(difference: Difference): Step | undefined {
  const word = difference.kind === "extra" ? "allow" : "deny";
  return stepsOf(difference).findLast(({ action }) => action === word);
}

/** The last word on the packet: of those that let it pass, or of those that stop it. */
function deciding(
  kind: GapKind,
  difference: Difference,
  target: string,
): Pick<Gap, "by" | "origin"> {
  const { to } = difference;
  const steps = stepsOf(difference);
  const step = decidingStep(difference);
  const guarded = steps.some(({ endpoint }) => endpoint === to.endpoint);
  const origin = step === undefined || isEntry(step) ? undefined : step.rule?.origin;
  if (step === undefined || (kind === "extra" && !guarded && !to.outside)) {
    const by = guarded ? "no filter stops it" : `no planned firewall guards ${target}`;
    return { by, origin };
  }
  return { by: decisionText(step), origin };
}

/** The rule that decided, or what becomes of packets that none matches. */
export function decisionText(step: Step): string {
  const { rule, otherwiseOrigin } = step;
  if (isEntry(step)) return "no way leads in from there";
  const by = rule === undefined ? (otherwiseOrigin ?? "by default") : originText(rule.origin);
  const lack = lackOf(step);
  return rule === undefined || lack !== "" ? `${lack}${by}` : `decided by ${by}`;
}

/** That nothing leads to a machine is no rule of its own: others may be alike. */
function isEntry({ stage: { plane, direction }, action }: Step): boolean {
  return plane === "route" && direction === "in" && action === "deny";
}

/** What a route stage says by denying, whose rules may all be about other ways. */
export function lackOf({ stage: { plane, direction }, action }: Step): string {
  if (plane !== "route" || action === "allow") return "";
  return direction === "out" ? "no route leads there: " : "no way leads in from there: ";
}

/** Type, name and property path: `aws:ec2/vpc:Vpc main cidrBlock`. */
export function originText({ urn, path }: Origin): string {
  return [shortUrn(urn), path].filter((text) => text !== "").join(" ");
}

/** Segments of other places keep their place's name: the same segment may be here as well. */
function sideName({ segment, name }: Side, place: string): string {
  if (segment === undefined) return name;
  const end = parseEnd(segment);
  return end.place === place ? end.name : segment;
}

function endText(name: string, { address }: PacketEnd): string {
  const text = typeof address === "bigint" ? formatAddress(address) : `some IPv${address.unknown}`;
  return `${name} (${text})`;
}
