/**
 * VPC documentation, "Filter by service account versus network tag": who may change a machine may give
 * it any network tag; to run as a service account one needs a right on that account.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { isEmpty } from "../../lift/entries.ts";
import { gcpRuleTypes } from "../../lift/gcp-rules.ts";
import { alone } from "../shared/alone.ts";

const type = gcpRuleTypes.firewall;
const base = { network: "net", allows: [{ protocol: "tcp", ports: ["8443"] }] };

export const GN07: Rule = {
  id: "GN07",
  sentence: "A firewall knows machines by service account or secure tag, not by network tag.",
  why: "Whoever may edit a machine writes a tag on it, and is let in where the tag is.",
  severity: "low",
  tenets: ["T6"],
  controls: ["AC-4", "IA-3"],
  fix: "Use targetServiceAccounts and sourceServiceAccounts, or a network firewall policy with secure tags.",
  subjects: [type],
  needs: "resource",
  check: ({ inputs }, judge) => {
    for (const property of ["targetTags", "sourceTags"]) {
      judge.part(() => {
        const tags = inputs.at(property);
        if (isEmpty(tags)) return;
        judge.fail(tags, "setTags on a machine of one's own, which makes it a member");
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "for machines with a tag",
      expect: "fail",
      resources: alone(type, { ...base, targetTags: ["web"] }),
      path: "targetTags",
    },
    {
      kind: "violating",
      says: "from machines with a tag",
      expect: "fail",
      resources: alone(type, { ...base, targetServiceAccounts: ["a@p.iam"], sourceTags: ["web"] }),
      path: "sourceTags",
    },
    {
      kind: "clean",
      says: "accounts",
      expect: "pass",
      resources: alone(type, {
        ...base,
        targetServiceAccounts: ["app@p.iam"],
        sourceServiceAccounts: ["web@p.iam"],
      }),
    },
    {
      kind: "unknown",
      says: "the tags are not known",
      expect: "unknown",
      resources: alone(type, { ...base, targetTags: unknownHere }),
      path: "targetTags",
    },
    { kind: "absent", says: "neither", expect: "pass", resources: alone(type, base) },
  ],
};
