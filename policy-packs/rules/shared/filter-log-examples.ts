/** Firewalls and zones, recorded or not. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "./alone.ts";
import { referring } from "./log-stores.ts";

/** What filters, and what answers for names. */
export const filterTypes = {
  firewall: "aws:networkfirewall/firewall:Firewall",
  acl: "aws:wafv2/webAcl:WebAcl",
  globalAcl: "aws:waf/webAcl:WebAcl",
  regionalAcl: "aws:wafregional/webAcl:WebAcl",
  zone: "aws:route53/zone:Zone",
  /** The firewall of a network's resolver. */
  resolver: "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
} as const;

const acl = { type: filterTypes.acl, name: "acl", props: { scope: "REGIONAL" } };
const log = referring(
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  "log",
  "resourceArn",
  "acl",
);
const resolver = { type: filterTypes.resolver, name: "names", props: { vpcId: "vpc-1" } };
const queries = (resourceId: string) => ({
  type: "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
  name: "queries",
  props: { resourceId },
});

/** Each kind, with its record and without. */
export const filterLogExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "a network firewall without a record",
    expect: "fail",
    resources: alone(filterTypes.firewall, { vpcId: "vpc-1" }),
    path: "",
  },
  {
    kind: "violating",
    says: "a public zone without a record",
    expect: "fail",
    resources: alone(filterTypes.zone, { name: "shop.example" }),
  },
  {
    kind: "violating",
    says: "names of another network are recorded",
    expect: "fail",
    resources: [resolver, queries("vpc-2")],
  },
  {
    kind: "violating",
    says: "a classic firewall without a destination",
    expect: "fail",
    resources: alone(filterTypes.regionalAcl, { loggingConfiguration: {} }),
    path: "loggingConfiguration.logDestination",
  },
  { kind: "clean", says: "recorded", expect: "pass", resources: [acl, log] },
  {
    kind: "clean",
    says: "names of this network are recorded",
    expect: "pass",
    resources: [resolver, queries("vpc-1")],
  },
  {
    kind: "clean",
    says: "a private zone",
    expect: "not-applicable",
    resources: alone(filterTypes.zone, { name: "shop.internal", vpcs: [{ vpcId: "vpc-1" }] }),
  },
  {
    kind: "unknown",
    says: "what is recorded is not known",
    expect: "unknown",
    resources: [acl, { ...log, props: { resourceArn: unknownHere }, dependsOn: {} }],
    path: "resourceArn",
  },
  { kind: "absent", says: "nothing else planned", expect: "fail", resources: [acl] },
];
