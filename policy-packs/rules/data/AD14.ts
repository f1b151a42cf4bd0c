/**
 * Amazon EBS User Guide, "Block public access for Amazon EBS snapshots"; Amazon EC2 User Guide,
 * "Manage the block public access setting for AMIs". The first is asked for where snapshots are made.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { sameRegion } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const blocks = {
  snapshot: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
  image: "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
};
const states: Readonly<Record<string, string>> = {
  [blocks.snapshot]: "block-all-sharing",
  [blocks.image]: "block-new-sharing",
};
const snapshot = "aws:ebs/snapshot:Snapshot";
/** What makes snapshots; AWS closes images by itself in accounts that have no public one. */
const made = [
  snapshot,
  "aws:ebs/snapshotCopy:SnapshotCopy",
  "aws:ebs/snapshotImport:SnapshotImport",
  "aws:ec2/amiCopy:AmiCopy",
  "aws:ec2/amiFromInstance:AmiFromInstance",
];

export const AD14: Rule = {
  id: "AD14",
  sentence: "Snapshots and images can not be made public.",
  why: "One call with a stolen credential hands the disks of a machine to every AWS account.",
  severity: "medium",
  tenets: ["T2", "T6"],
  controls: ["AC-3", "AC-21", "CM-6"],
  fix: "Plan in the region a SnapshotBlockPublicAccess with state block-all-sharing, and give an ImageBlockPublicAccess the state block-new-sharing.",
  subjects: [...Object.values(blocks), ...made],
  needs: "plan",
  check: (subject, judge, plan) => {
    const shuts = ({ type, inputs }: PlannedResource) => inputs.at("state").text() === states[type];
    if (subject.type in states) {
      const witness = "ec2:ModifySnapshotAttribute or ModifyImageAttribute with all is carried out";
      if (!shuts(subject)) judge.fail(subject.inputs.at("state"), witness);
      return;
    }
    const shut = someOf(
      judge,
      plan.ofType(blocks.snapshot),
      (one) => sameRegion(one, subject) && shuts(one),
    );
    if (shut === "no") {
      judge.fail({ urn: subject.urn, path: "" }, "a call that shares it with all is carried out");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "off",
      expect: "fail",
      resources: [block("unblocked")],
      path: "state",
    },
    {
      kind: "violating",
      says: "a snapshot where sharing is open",
      expect: "fail",
      resources: [...alone(snapshot, { volumeId: "vol-1" }), block("unblocked")],
    },
    {
      kind: "clean",
      says: "a snapshot where nothing can be shared",
      expect: "pass",
      resources: [...alone(snapshot, { volumeId: "vol-1" }), block("block-all-sharing")],
    },
    { kind: "unknown", says: "not known", expect: "unknown", resources: [block(unknownHere)] },
    { kind: "absent", says: "no block", expect: "fail", resources: alone(snapshot, {}) },
  ],
};

function block(state: Json): ExampleResource {
  return { type: blocks.snapshot, name: "block", props: { state } };
}
