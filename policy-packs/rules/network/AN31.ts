/** Amazon CloudFront Developer Guide, "Restrict access to an Amazon S3 origin". */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { distributionTypes, originExamples, websiteType } from "../shared/origin-examples.ts";

export const AN31: Rule = {
  id: "AN31",
  sentence: "A bucket behind a distribution answers to the distribution only.",
  why: "Everybody may read the bucket directly, past the distribution's firewall, signatures and logs.",
  severity: "medium",
  tenets: ["T2", "T6"],
  controls: ["AC-3", "SC-7"],
  fix: "Use the bucket's regional domain name with an originAccessControlId, and let its policy name the distribution.",
  subjects: distributionTypes,
  needs: "plan",
  check: (subject, judge, plan) => {
    for (const origin of entriesOf(subject.inputs.at("origins"))) {
      judge.part(() => judgeOrigin(judge, plan, origin));
    }
  },
  examples: originExamples,
};

function judgeOrigin(judge: Judge, plan: Plan, origin: View): void {
  const domain = origin.at("domainName");
  if (origin.at("customOriginConfig").state !== "absent") {
    if (isWebsite(plan, domain)) {
      judge.fail(domain, "GET / from anybody to the bucket's own website, which must be public");
    }
    return;
  }
  if (origin.at("vpcOriginConfig").state === "known") return;
  // Whatever is neither of the two is a bucket.
  const control = origin.at("originAccessControlId");
  const identity = origin.at("s3OriginConfig", "originAccessIdentity");
  if (isSet(control) || isSet(identity)) return;
  judge.fail(control, "GET / from anybody to the bucket's own name");
}

/** An id that is not known yet is still an id; what it stands in may turn out to lack it. */
function isSet(id: View): boolean {
  if (id.state === "unknown") return /Id(entity)?$/.test(id.path) || id.text() !== "";
  return (id.text() ?? "") !== "";
}

/** Website endpoints speak no signatures (Amazon S3 User Guide, "Website endpoints"). */
function isWebsite(plan: Plan, domain: View): boolean {
  if (domain.state === "known") return /\.s3-website[.-]/.test(domain.text() ?? "");
  const recorded = plan.waitsFor(domain.urn, domain.path);
  const websites = plan.ofType(...websiteType).filter(({ urn }) => recorded.includes(urn));
  // What waits for other resources only is the name of one of those.
  if (recorded.length > 0 && websites.length === 0) return false;
  return domain.text() !== undefined;
}
