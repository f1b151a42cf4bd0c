/** Amazon S3 User Guide, "Website endpoints": plain HTTP, and objects that everybody may read. */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";

const website = "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration";
const bucket = "aws:s3/bucket:Bucket";

export const AN35: Rule = {
  id: "AN35",
  sentence: "No bucket serves a website by itself.",
  why: "The endpoint takes no signature and no TLS: the bucket has to be public, and pages change on the way.",
  severity: "medium",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "AC-3"],
  fix: "Serve the pages by a distribution with an originAccessControlId, and block all public access to the bucket.",
  subjects: [website, bucket],
  needs: "resource",
  check: (subject, judge) => {
    if (subject.type === website) return judgeWebsite(judge, subject.inputs);
    const inline = subject.inputs.at("website");
    if (inline.state !== "absent") judgeWebsite(judge, inline);
  },
  examples: [
    {
      kind: "violating",
      says: "a website of its own",
      expect: "fail",
      resources: alone(website, { bucket: "pages", indexDocument: { suffix: "index.html" } }),
      path: "indexDocument",
    },
    {
      kind: "violating",
      says: "in the bucket itself",
      expect: "fail",
      resources: alone(bucket, { website: { indexDocument: "index.html" } }),
      path: "website.indexDocument",
    },
    {
      kind: "clean",
      says: "it only sends people elsewhere",
      expect: "pass",
      resources: alone(website, {
        bucket: "pages",
        redirectAllRequestsTo: { hostName: "shop.example", protocol: "https" },
      }),
    },
    {
      kind: "unknown",
      says: "whether there is a website is not known",
      expect: "unknown",
      resources: alone(bucket, { website: unknownHere }),
      path: "website",
    },
    { kind: "absent", says: "no website", expect: "pass", resources: alone(bucket, {}) },
  ],
};

function judgeWebsite(judge: Judge, settings: View): void {
  const elsewhere = settings.keys().filter((key) => key === "redirectAllRequestsTo");
  if (elsewhere.some((key) => settings.at(key).state !== "absent")) return;
  judge.fail(settings.at("indexDocument"), "GET http:// from anybody, in plaintext");
}
