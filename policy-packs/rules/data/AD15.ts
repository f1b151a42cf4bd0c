/**
 * Amazon ECR User Guide, "Preventing image tags from being overwritten" and "Scan images for
 * software vulnerabilities": a registry can scan for its repositories.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { sameRegion } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const repository = "aws:ecr/repository:Repository";
const registry = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";

export const AD15: Rule = {
  id: "AD15",
  sentence: "A repository's tags never move, and what is pushed is scanned.",
  why: "Whoever may push replaces the image that runs everywhere under the same tag, and nobody looks into it.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["CM-5", "RA-5", "SI-7"],
  fix: "Set imageTagMutability to IMMUTABLE and imageScanningConfiguration.scanOnPush to true.",
  subjects: [repository],
  needs: "plan",
  // Pipelines that push the same tag again fail then.
  remedy: {
    kind: "opt-in",
    edits: () => [
      { path: ["imageTagMutability"], value: "IMMUTABLE" },
      { path: ["imageScanningConfiguration", "scanOnPush"], value: true },
    ],
  },
  check: (subject, judge, plan) => {
    judge.part(() => {
      const mutability = subject.inputs.at("imageTagMutability");
      if (!/^IMMUTABLE/.test(mutability.text() ?? "")) {
        judge.fail(mutability, "another image is pushed under a tag that runs");
      }
    });
    const scan = subject.inputs.at("imageScanningConfiguration", "scanOnPush");
    if (scan.flag() === true) return;
    const scans = (one: PlannedResource) =>
      sameRegion(one, subject) && entriesOf(one.inputs.at("rules")).length > 0;
    if (someOf(judge, plan.ofType(registry), scans) === "no") {
      judge.fail(scan, "an image with a known hole is pushed and run");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "tags move",
      expect: "fail",
      resources: alone(repository, made("MUTABLE", true)),
      path: "imageTagMutability",
    },
    {
      kind: "violating",
      says: "nobody scans",
      expect: "fail",
      resources: alone(repository, made("IMMUTABLE", false)),
      path: "imageScanningConfiguration.scanOnPush",
    },
    {
      kind: "clean",
      says: "both",
      expect: "pass",
      resources: alone(repository, made("IMMUTABLE", true)),
    },
    {
      kind: "clean",
      says: "the registry scans",
      expect: "pass",
      resources: [...alone(repository, { imageTagMutability: "IMMUTABLE" }), scanner()],
    },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: alone(repository, made(unknownHere, true)),
      path: "imageTagMutability",
    },
    { kind: "absent", says: "neither", expect: "fail", resources: alone(repository, {}) },
  ],
};

function made(imageTagMutability: Json, scanOnPush: Json) {
  return { imageTagMutability, imageScanningConfiguration: { scanOnPush } };
}

function scanner(): ExampleResource {
  return {
    type: registry,
    name: "registry",
    props: { rules: [{ scanFrequency: "SCAN_ON_PUSH" }] },
  };
}
