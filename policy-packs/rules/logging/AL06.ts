/**
 * AWS CloudTrail User Guide, "Creating a trail for an organization". It is asked for where the plan
 * holds the organisation itself; the trail of one account says nothing of the others.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { storeTypes } from "../shared/log-stores.ts";
import { someOf } from "../shared/some-of.ts";

const organisation = "aws:organizations/organization:Organization";
const ofOrganisation = [
  organisation,
  "aws:organizations/account:Account",
  "aws:organizations/organizationalUnit:OrganizationalUnit",
  "aws:cloudtrail/organizationDelegatedAdminAccount:OrganizationDelegatedAdminAccount",
];

export const AL06: Rule = {
  id: "AL06",
  sentence: "Where the organisation is planned, a trail records every account of it.",
  why: "An attacker works in an account that nobody records, or switches off the trail of the one he is in.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-9", "AU-12"],
  fix: "Set isOrganizationTrail to true.",
  subjects: [storeTypes.trail],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (plan.ofType(...ofOrganisation).length === 0) {
      return judge.notApplicable("the organisation is not planned here");
    }
    const trails = plan.ofType(storeTypes.trail);
    const all = someOf(judge, trails, (trail) => trail.inputs.at(flag).flag() === true);
    if (all === "no") {
      judge.fail(subject.inputs.at(flag), "calls in any other account leave no record here");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a trail of one account",
      expect: "fail",
      resources: [trail({ isOrganizationTrail: false }), planned()],
      path: "isOrganizationTrail",
    },
    {
      kind: "clean",
      says: "the organisation's",
      expect: "pass",
      resources: [trail({ isOrganizationTrail: true }), planned()],
    },
    {
      kind: "clean",
      says: "another trail is the organisation's",
      expect: "pass",
      resources: [trail({}), { ...trail({ isOrganizationTrail: true }), name: "all" }, planned()],
    },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: [trail({ isOrganizationTrail: unknownHere }), planned()],
      path: "isOrganizationTrail",
    },
    { kind: "absent", says: "not said", expect: "fail", resources: [trail({}), planned()] },
    {
      kind: "absent",
      says: "no organisation",
      expect: "not-applicable",
      resources: [trail({})],
    },
  ],
};

const flag = "isOrganizationTrail";

function trail(more: { readonly [key: string]: Json }): ExampleResource {
  return { type: storeTypes.trail, name: "trail", props: { s3BucketName: "logs", ...more } };
}

function planned(): ExampleResource {
  return { type: organisation, name: "organisation", props: { featureSet: "ALL" } };
}
