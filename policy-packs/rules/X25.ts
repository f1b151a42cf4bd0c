/** The planned firewalls of all clouds, whoever wrote them, against the declared flows. */

import { formatAddress } from "../../model/base/address.ts";
import { formatSelector } from "../../model/base/layer4.ts";
import { checkNetworkIntent } from "../../model/network/check-intent.ts";
import type { Filter, Origin } from "../../model/network/filter.ts";
import type { NetworkIntent } from "../../model/network/intent.ts";
import type { Difference } from "../../model/network/verify.ts";
import { verifyNetwork } from "../../model/network/verify.ts";
import { shortUrn } from "../../model/policy/finding.ts";
import type { Judge, Place, Rule } from "../../model/policy/rule.ts";
import type { PlannedResource } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { liftPlace } from "../lift/network.ts";
import { networkExamples } from "./shared/network-examples.ts";
import { segmentationType } from "./shared/network-plans.ts";
import { readablePacket } from "./shared/readable-packet.ts";

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
    const intent = intentOf(subject);
    for (const place of intent.places) {
      judge.part(() => {
        const lifted = liftPlace(intent, place, plan);
        const [verdict] = verifyNetwork({ ...intent, places: [place] }, lifted);
        for (const unknown of lifted.unknowns) judge.open(unknown);
        for (const difference of verdict?.differences ?? []) {
          // Something declared may be let through by what is not known yet.
          if (difference.kind === "missing" && lifted.unknowns.length > 0) continue;
          report(judge, subject, lifted.filters, difference);
        }
      });
    }
  },
  examples: networkExamples,
};

function intentOf(subject: PlannedResource): NetworkIntent {
  const view = subject.inputs.at("intent");
  if (view.state === "absent") throw new Undecided(view.urn, "intent", "unreadable");
  const intent = view.plain() as unknown as NetworkIntent;
  if (checkNetworkIntent(intent).length > 0) {
    throw new Undecided(view.urn, view.path, "unreadable");
  }
  return intent;
}

function report(
  judge: Judge,
  subject: PlannedResource,
  filters: readonly Filter[],
  difference: Difference,
): void {
  const { from, to, kind } = difference;
  const packet = readablePacket(filters, difference);
  const ends = `${from} (${formatAddress(packet.from.address)}) → ${to} (${formatAddress(packet.to.address)})`;
  const what = `place ${packet.place}: ${ends} ${formatSelector(packet.selector)}`;
  const action = kind === "extra" ? "allow" : "deny";
  const step = difference.trace.steps.findLast((one) => one.action === action);
  const by = step === undefined ? nobody(filters, to) : decision(step.rule, step.otherwiseOrigin);
  const at: Place = step?.rule ?? { urn: subject.urn, path: "intent.flows" };
  const says = kind === "extra" ? "is let through but not declared" : "is declared but stopped";
  judge.fail(at, `${what} ${says}: ${by}`);
}

function decision(rule: Origin | undefined, otherwise: string | undefined): string {
  if (rule === undefined) return otherwise ?? "by default";
  return `decided by ${shortUrn(rule.urn)}${rule.path === "" ? "" : ` ${rule.path}`}`;
}

function nobody(filters: readonly Filter[], to: string): string {
  const guarded = filters.some((filter) => filter.segment === to);
  return guarded ? "no filter stops it" : `no planned firewall guards ${to}`;
}
