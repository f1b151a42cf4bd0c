/**
 * AWS Config Developer Guide, "Recording AWS resources": a recorder records only once it is
 * started, and identities only where global types are included, which one region does for all.
 * A plan without a recorder says nothing about where the account's is.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { cis } from "../shared/benchmarks.ts";
import { referring } from "../shared/log-stores.ts";
import type { Relation } from "../shared/refers-to.ts";
import { referrersOf, refersBy } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const recorder = "aws:cfg/recorder:Recorder";
const status = "aws:cfg/recorderStatus:RecorderStatus";
const statuses: Relation = {
  from: [status],
  to: recorder,
  properties: ({ inputs }) => [inputs.at("name")],
};

const everything = { allSupported: true, includeGlobalResourceTypes: true };

export const AL10: Rule = {
  id: "AL10",
  sentence: "A recorder of AWS Config is on and records resources of every type.",
  why: "What an attacker changes, and how it was before, leaves no record.",
  severity: "medium",
  tenets: ["T5", "T7"],
  controls: ["CM-8", "AU-12", "CA-7"],
  frameworks: [cis("cis-aws-3.0.0", "3.3")],
  fix: "Set recordingGroup.allSupported and, in one region, includeGlobalResourceTypes to true, and plan a RecorderStatus with isEnabled true.",
  subjects: [recorder],
  needs: "plan",
  check: (subject, judge, plan) => {
    const group = subject.inputs.at("recordingGroup");
    judge.part(() => {
      const all = group.at("allSupported");
      if (all.flag() === false) judge.fail(all, "a change of a type that is left out");
    });
    judge.part(() => {
      const global = someOf(judge, plan.ofType(recorder), includesGlobal);
      const at = group.at("includeGlobalResourceTypes");
      if (global === "no") judge.fail(at, "a change of a user or role");
    });
    judge.part(() => {
      const started = someOf(
        judge,
        referrersOf(plan, subject, statuses),
        (one) =>
          refersBy(plan, statuses, one, subject) && one.inputs.at("isEnabled").flag() === true,
      );
      const at = { urn: subject.urn, path: "" };
      if (started === "no") judge.fail(at, "the recorder exists and records nothing");
    });
  },
  examples: [
    {
      kind: "violating",
      says: "some types only",
      expect: "fail",
      resources: [recording({ allSupported: false, resourceTypes: ["AWS::EC2::Instance"] }), on()],
      path: "recordingGroup.allSupported",
    },
    {
      kind: "violating",
      says: "without identities",
      expect: "fail",
      resources: [recording({ allSupported: true, includeGlobalResourceTypes: false }), on()],
      path: "recordingGroup.includeGlobalResourceTypes",
    },
    {
      kind: "violating",
      says: "stopped",
      expect: "fail",
      resources: [recording(everything), on(false)],
      witness: "nothing",
    },
    {
      kind: "clean",
      says: "everything",
      expect: "pass",
      resources: [recording(everything), on()],
    },
    {
      kind: "clean",
      says: "identities are recorded in another region",
      expect: "pass",
      resources: [
        recording({}),
        on(),
        { ...recording(everything), name: "home" },
        on(true, "home"),
      ],
    },
    {
      kind: "unknown",
      says: "what is recorded is not known",
      expect: "unknown",
      resources: [recording(unknownHere), on()],
      path: "recordingGroup",
    },
    {
      kind: "absent",
      says: "never started",
      expect: "fail",
      resources: [recording(everything)],
      path: "",
    },
  ],
};

function includesGlobal({ inputs }: PlannedResource): boolean {
  return inputs.at("recordingGroup", "includeGlobalResourceTypes").flag() === true;
}

function recording(recordingGroup: Json): ExampleResource {
  return { type: recorder, name: "recorder", props: { name: "recorder", recordingGroup } };
}

function on(isEnabled = true, of = "recorder") {
  return referring(status, `${of}-status`, "name", of, { isEnabled });
}
