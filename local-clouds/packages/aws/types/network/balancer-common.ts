/** What load balancers, their listeners and their targets share. */

import type { TypeEntry } from "../../../../types/type.ts";
import { error } from "../ordinary.ts";

/** Kinds of balancers: how ARNs abbreviate them, and the protocols they listen to. */
export const kinds: Readonly<Record<string, { short: string; protocols: readonly string[] }>> = {
  application: { short: "app", protocols: ["HTTP", "HTTPS"] },
  network: { short: "net", protocols: ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"] },
  gateway: { short: "gwy", protocols: ["GENEVE"] },
};

/** DNS zones of application load balancers (AWS General Reference, "Elastic Load Balancing endpoints and quotas"). */
export const zones: Readonly<Record<string, string>> = {
  "eu-central-1": "Z215JYRZR1TBD5",
  "eu-north-1": "Z23TAZ6LKFMNIO",
  "eu-west-1": "Z32O12XQLNTSW2",
  "eu-west-2": "ZHURV8PSTC4K8",
  "eu-west-3": "Z3Q77PNBQS71R4",
  "us-east-1": "Z35SXDOTRQ7X7K",
  "us-east-2": "Z3AADJGX6KTTL2",
  "us-west-1": "Z368ELLRRE2KJ0",
  "us-west-2": "Z1H1FL5HABSF5",
};

/** DNS zones of network load balancers (the same page). */
export const networkZones: Readonly<Record<string, string>> = {
  "eu-central-1": "Z3F0SRJ5LGBH90",
  "eu-north-1": "Z1UDT6IFJ4EJM",
  "eu-west-1": "Z2IFOLAFXWLO4F",
  "eu-west-2": "ZD4D7Y8KGAS4G",
  "eu-west-3": "Z1CMS0P5QUZ6D5",
  "us-east-1": "Z26RNL4JYFTOTI",
  "us-east-2": "ZLMOA37VPKANP",
  "us-west-1": "Z24FKFUX50B4VW",
  "us-west-2": "Z18D5FSROUN65G",
};

const lb = "aws:lb/loadBalancer:LoadBalancer";

/** Both spellings of a load balancer. */
export const balancerTokens = [lb, "aws:alb/loadBalancer:LoadBalancer"];

/** Both spellings of a target group. */
export const groupTokens = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"];

/** The refusal of a target group that is not there. */
export const noGroup = error("TargetGroupNotFound", "Target groups '{value}' not found");

/** Both module names of the SDK are types of their own, each with its older name. */
const modules = [
  ["lb", "elasticloadbalancingv2"],
  ["alb", "applicationloadbalancing"],
] as const;

/** Entries of one type under both of its module names. */
export function bothModules(
  type: string,
  entry: (token: string, alias: string) => TypeEntry,
): readonly TypeEntry[] {
  const kind = type.charAt(0).toUpperCase() + type.slice(1);
  return modules.map(([now, once]) =>
    entry(`aws:${now}/${type}:${kind}`, `aws:${once}/${type}:${kind}`),
  );
}
