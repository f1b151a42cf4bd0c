/** Firewall rules of Azure's databases. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "./alone.ts";

const type = "azure-native:sql:FirewallRule";

export const databaseFirewallExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "all of Azure",
    expect: "fail",
    resources: rule("0.0.0.0", "0.0.0.0"),
    path: "startIpAddress",
    witness: "in Azure",
  },
  {
    kind: "violating",
    says: "everybody, but for the first address",
    expect: "fail",
    resources: rule("0.0.0.1", "255.255.255.255"),
    path: "endIpAddress",
  },
  {
    kind: "violating",
    says: "from a private address up to the last one",
    expect: "fail",
    resources: rule("10.0.0.0", "255.255.255.255"),
    path: "endIpAddress",
  },
  {
    kind: "clean",
    says: "a private network",
    expect: "pass",
    resources: rule("10.0.0.0", "10.255.255.255"),
  },
  {
    kind: "violating",
    says: "all of Azure at a cluster of MongoDB",
    expect: "fail",
    resources: alone("azure-native:cosmosdb:MongoClusterFirewallRule", {
      startIpAddress: "0.0.0.0",
      endIpAddress: "0.0.0.0",
    }),
  },
  {
    kind: "violating",
    says: "everybody at a cache",
    expect: "fail",
    resources: alone("azure-native:redis:FirewallRule", {
      startIP: "0.0.0.0",
      endIP: "255.255.255.255",
    }),
    path: "endIP",
  },
  {
    kind: "clean",
    says: "an office",
    expect: "pass",
    resources: rule("203.0.113.0", "203.0.113.7"),
  },
  {
    kind: "unknown",
    says: "the end is not known",
    expect: "unknown",
    resources: rule("203.0.113.0", unknownHere),
    path: "endIpAddress",
  },
  {
    kind: "absent",
    says: "no range: the service refuses it",
    expect: "unknown",
    resources: alone(type, {}),
  },
];
function rule(startIpAddress: string, endIpAddress: string) {
  return alone(type, { startIpAddress, endIpAddress });
}
