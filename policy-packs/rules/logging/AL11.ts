/**
 * Amazon GuardDuty, AWS Security Hub and IAM Access Analyzer User Guides. That one is missing is
 * said where the plan holds two of the account's four watching services (Config is the fourth): it
 * is then what sets the account up. One alone may stand in a stack of its own.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { cis, iso } from "../shared/benchmarks.ts";

const detector = "aws:guardduty/detector:Detector";
const hub = "aws:securityhub/account:Account";
const analyzer = "aws:accessanalyzer/analyzer:Analyzer";
const recorder = "aws:cfg/recorder:Recorder";
const subjects: readonly string[] = [analyzer, recorder, detector, hub];

/** By service the types that show that it is on, for one account or for all of an organisation. */
const services: Readonly<Record<string, readonly string[]>> = {
  GuardDuty: [detector, "aws:guardduty/organizationConfiguration:OrganizationConfiguration"],
  "Security Hub": [
    hub,
    "aws:securityhub/accountV2:AccountV2",
    "aws:securityhub/organizationConfiguration:OrganizationConfiguration",
  ],
  "Access Analyzer": [analyzer],
  Config: [recorder],
};
const witnesses: Readonly<Record<string, string>> = {
  GuardDuty: "a stolen credential used from another country raises no alarm",
  "Security Hub": "findings of the services lie where nobody looks",
  "Access Analyzer": "a policy that lets another account in is told to nobody",
};

export const AL11: Rule = {
  id: "AL11",
  sentence: "GuardDuty, Security Hub and Access Analyzer watch an account together.",
  why: "An attacker who uses stolen credentials, or lets himself in from outside, raises no alarm.",
  severity: "medium",
  tenets: ["T5", "T7"],
  controls: ["SI-4", "CA-7", "RA-5"],
  frameworks: [
    cis("cis-aws-3.0.0", "4.16"),
    iso("aws", "A.8.7", "guardduty_is_enabled"),
    iso("aws", "A.8.3", "accessanalyzer_enabled"),
  ],
  fix: "Leave the Detector's enable on, and plan a guardduty Detector, a securityhub Account and an accessanalyzer Analyzer.",
  remedy: {
    // GuardDuty costs by what it looks at.
    kind: "opt-in",
    edits: ({ type, inputs }) =>
      type === detector && inputs.at("enable").flag() === false
        ? [{ path: ["enable"], value: true }]
        : [],
  },
  subjects,
  needs: "plan",
  check: (subject, judge, plan) => {
    judge.part(() => {
      const enable = subject.inputs.at("enable");
      if (subject.type !== detector || enable.flag() !== false) return;
      judge.fail(enable, "the detector exists and looks at nothing");
    });
    const isPlanned = (service: string) =>
      (services[service] ?? []).some((type) => plan.ofType(type).length > 0);
    const planned = Object.keys(services).filter(isPlanned);
    if (planned.length < 2) return;
    // One of them speaks for all.
    const speaker = plan.resources.find(({ type }) => subjects.includes(type));
    if (speaker !== subject) return;
    for (const [service, witness] of Object.entries(witnesses)) {
      if (!isPlanned(service)) judge.fail({ urn: subject.urn, path: "" }, witness);
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a detector that is off",
      expect: "fail",
      resources: [detecting({ enable: false })],
      path: "enable",
    },
    {
      kind: "clean",
      says: "all of them",
      expect: "pass",
      resources: [detecting({ enable: true }), { type: hub, name: "hub", props: {} }, analyzing()],
    },
    {
      kind: "clean",
      says: "one alone may be a stack's whole business",
      expect: "pass",
      resources: [analyzing()],
    },
    {
      kind: "unknown",
      says: "whether it is on is not known",
      expect: "unknown",
      resources: [detecting({ enable: unknownHere })],
      path: "enable",
    },
    {
      kind: "absent",
      says: "no Security Hub beside two others",
      expect: "fail",
      resources: [detecting({}), analyzing()],
      path: "",
      witness: "nobody looks",
    },
  ],
};

function detecting(props: { readonly [key: string]: Json }): ExampleResource {
  return { type: detector, name: "detector", props };
}

function analyzing(): ExampleResource {
  return { type: analyzer, name: "analyzer", props: { analyzerName: "account", type: "ACCOUNT" } };
}
