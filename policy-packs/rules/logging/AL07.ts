/**
 * AWS CloudTrail User Guide, "Logging data events": who read or wrote an object is recorded only
 * where a selector asks for it. Of several trails one is enough.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { storeTypes } from "../shared/log-stores.ts";
import { someOf } from "../shared/some-of.ts";
import { recordsObjects } from "../shared/trail-selectors.ts";

export const AL07: Rule = {
  id: "AL07",
  sentence: "A trail records who read and who wrote objects in S3.",
  why: "Nobody can tell afterwards which data an attacker took.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  frameworks: [
    cis("cis-aws-3.0.0", "3.8"),
    cis("cis-aws-3.0.0", "3.9"),
    iso("aws", "A.8.15", "cloudtrail_s3_dataevents_read_enabled"),
  ],
  fix: "Add an advancedEventSelector with eventCategory Data and resources.type AWS::S3::Object.",
  subjects: [storeTypes.trail],
  needs: "plan",
  check: (subject, judge, plan) => {
    for (const access of ["read", "write"] as const) {
      judge.part(() => {
        const trails = plan.ofType(storeTypes.trail);
        const recorded = someOf(judge, trails, ({ inputs }) => recordsObjects(inputs, access));
        const call = access === "read" ? "s3:GetObject" : "s3:PutObject";
        const at = { urn: subject.urn, path: "advancedEventSelectors" };
        if (recorded === "no") judge.fail(at, `${call} leaves no record`);
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "management events only",
      expect: "fail",
      resources: [advanced([{ field: "eventCategory", equals: ["Management"] }])],
      path: "advancedEventSelectors",
      witness: "GetObject",
    },
    {
      kind: "violating",
      says: "writes only",
      expect: "fail",
      resources: [basic("WriteOnly", ["arn:aws:s3"])],
      witness: "GetObject",
    },
    {
      kind: "violating",
      says: "one bucket only",
      expect: "fail",
      resources: [basic("All", ["arn:aws:s3:::logs/"])],
      witness: "PutObject",
    },
    {
      kind: "clean",
      says: "every access, by an advanced selector",
      expect: "pass",
      resources: [
        advanced([
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
        ]),
      ],
    },
    {
      kind: "clean",
      says: "every access, by a basic one",
      expect: "pass",
      resources: [basic("All", ["arn:aws:s3"])],
    },
    {
      kind: "unknown",
      says: "the selectors are not known",
      expect: "unknown",
      resources: [trail({ advancedEventSelectors: unknownHere })],
      path: "advancedEventSelectors",
    },
    { kind: "absent", says: "no selectors", expect: "fail", resources: [trail({})] },
  ],
};

function trail(more: { readonly [key: string]: Json }): ExampleResource {
  return { type: storeTypes.trail, name: "trail", props: { s3BucketName: "logs", ...more } };
}

function advanced(fieldSelectors: Json) {
  return trail({ advancedEventSelectors: [{ fieldSelectors }] });
}

function basic(readWriteType: string, values: Json) {
  const dataResources = [{ type: "AWS::S3::Object", values }];
  return trail({ eventSelectors: [{ readWriteType, dataResources }] });
}
