/** The planned firewalls of all clouds, whoever wrote them, against the declared flows. */

import { formatAddress } from "../../model/base/address.ts";
import { formatSelector } from "../../model/base/layer4.ts";
import { parseEnd } from "../../model/network/ends.ts";
import type { PlaceIntent } from "../../model/network/intent.ts";
import type { PacketEnd, Step } from "../../model/network/walk.ts";
import { shortUrn } from "../../model/policy/finding.ts";
import type { Judge, Place, Rule } from "../../model/policy/rule.ts";
import type { PlannedResource } from "../../model/policy/view.ts";
import type { Difference, DifferenceKind } from "../../model/reach/compare.ts";
import type { Side } from "../../model/reach/side.ts";
import { networkExamples } from "./shared/network-examples.ts";
import { segmentationType } from "./shared/network-plans.ts";
import { proveNetwork } from "./shared/network-proof.ts";

export const X25: Rule = {
  id: "X25",
  sentence: "The planned firewalls let through exactly the declared flows.",
  why: "A path that nobody declared is a path that nobody reviewed; a declared one that is closed breaks a service.",
  severity: "critical",
  tenets: ["T2", "T4"],
  controls: ["AC-4", "SC-7", "CA-7"],
  fix: "Delete the rule that decides, or declare the flow with its reason in the intent.",
  subjects: [segmentationType],
  needs: "plan",
  check: (subject, judge, plan) => {
    const at = { urn: subject.urn, path: "intent.flows" };
    for (const { place, proof } of proveNetwork(subject, plan).places) {
      for (const unknown of proof.unknowns) judge.open(unknown);
      for (const segment of proof.unseen) {
        judge.fail(at, `place ${place.name}: no planned firewall guards ${segment}`);
      }
      for (const difference of oneOfEach(proof.differences))
        report(judge, subject, place, difference);
    }
  },
  examples: networkExamples,
};

/** The same gap seen at several endpoints of a segment is one finding; what is open to all is first. */
function oneOfEach(differences: readonly Difference[]): Difference[] {
  const wrong = differences.filter(({ kind, settled }) => kind !== "residual" && settled);
  const key = ({ kind, from, to, witness }: Difference) =>
    `${kind} ${nameOf(from)} ${nameOf(to)} ${witness.packet.selector}`;
  const once = [...new Map(wrong.toReversed().map((one) => [key(one), one])).values()];
  const isOpenToAll = ({ from }: Difference) => Number(from.endpoint === undefined);
  return once.toReversed().sort((a, b) => isOpenToAll(b) - isOpenToAll(a));
}

function nameOf({ segment, name }: Side): string {
  return segment === undefined ? name : parseEnd(segment).name;
}

const sayings: Record<Exclude<DifferenceKind, "residual">, string> = {
  extra: "is let through but not declared",
  missing: "is declared but stopped",
  "reply-blocked": "is let through, but its reply is stopped",
};

function report(
  judge: Judge,
  subject: PlannedResource,
  place: PlaceIntent,
  { kind, from, to, witness }: Difference,
): void {
  if (kind === "residual") return;
  const { packet, actual } = witness;
  const ends = `${end(from, packet.from)} → ${end(to, packet.to)}`;
  const what = `place ${place.name}: ${ends} ${formatSelector(packet.selector)}`;
  const steps = (kind === "reply-blocked" ? actual?.replySteps : actual?.steps) ?? [];
  const step = steps.findLast(({ action }) => action === (kind === "extra" ? "allow" : "deny"));
  const guarded = steps.some(({ endpoint }) => endpoint === to.endpoint);
  const nobody = guarded ? "no filter stops it" : `no planned firewall guards ${nameOf(to)}`;
  const by =
    step === undefined || (kind === "extra" && !guarded && !to.outside) ? nobody : decision(step);
  const at: Place = step?.rule?.origin ?? { urn: subject.urn, path: "intent.flows" };
  judge.fail(at, `${what} ${sayings[kind]}: ${by}`);
}

function end(side: Side, { address }: PacketEnd): string {
  const text = typeof address === "bigint" ? formatAddress(address) : `some IPv${address.unknown}`;
  return `${nameOf(side)} (${text})`;
}

function decision({ rule, otherwiseOrigin }: Step): string {
  if (rule === undefined) return otherwiseOrigin ?? "by default";
  const { urn, path } = rule.origin;
  return `decided by ${shortUrn(urn)}${path === "" ? "" : ` ${path}`}`;
}
