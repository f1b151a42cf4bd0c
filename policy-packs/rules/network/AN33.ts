/** Amazon Route 53 Developer Guide, "Configuring DNSSEC signing in Amazon Route 53". */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { isEmpty } from "../../lift/entries.ts";
import { referring } from "../shared/log-stores.ts";
import { refersTo } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const zone = "aws:route53/zone:Zone";
const signing = "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec";

export const AN33: Rule = {
  id: "AN33",
  sentence: "A public zone of Route 53 signs its answers.",
  why: "Who forges an answer on the way leads the callers, and what obtains certificates for the name, to a server of his own.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-20", "SC-8"],
  fix: "Plan a KeySigningKey and a HostedZoneDnsSec for the zone, and give the parent zone its record.",
  subjects: [zone],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (!isEmpty(subject.inputs.at("vpcs"))) {
      return judge.notApplicable("a private zone, whose answers stay in its networks");
    }
    const signs = ({ inputs }: PlannedResource) =>
      refersTo(plan, inputs.at("hostedZoneId"), subject) &&
      (inputs.at("signingStatus").text() ?? "SIGNING") === "SIGNING";
    if (someOf(judge, plan.ofType(signing), signs) === "no") {
      judge.fail({ urn: subject.urn, path: "" }, "an answer for the zone from 203.0.113.7");
    }
  },
  examples: examples(),
};

function examples(): readonly Example[] {
  const shop = (props: { readonly [key: string]: Json } = {}): ExampleResource => ({
    type: zone,
    name: "shop",
    props: { name: "shop.example", ...props },
  });
  const signed = (signingStatus: string) =>
    referring(signing, "signed", "hostedZoneId", "shop", { signingStatus });
  return [
    {
      kind: "violating",
      says: "signing is off",
      expect: "fail",
      resources: [shop(), signed("NOT_SIGNING")],
      path: "",
    },
    { kind: "clean", says: "signed", expect: "pass", resources: [shop(), signed("SIGNING")] },
    {
      kind: "clean",
      says: "a private zone",
      expect: "not-applicable",
      resources: [shop({ vpcs: [{ vpcId: unknownHere }] })],
    },
    {
      kind: "unknown",
      says: "whether it is signed is not known",
      expect: "unknown",
      resources: [shop(), signed(unknownHere)],
      path: "signingStatus",
    },
    { kind: "absent", says: "nothing signs", expect: "fail", resources: [shop()] },
  ];
}
