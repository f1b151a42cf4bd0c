/**
 * Microsoft Learn, "Configure Azure Storage network security", "Configure network security for Azure
 * Key Vault", "Allow access to Azure Event Hubs namespaces from specific IP addresses": without rules
 * each takes every address, and none matter once the public network is off (ZN13).
 */
import { emptySet, union } from "../../../model/base/interval-set.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { addressesOf, isEverywhere } from "../../lift/address-set.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { judgePeers } from "../shared/open-port.ts";
import { isOffPublicNetwork } from "../shared/public-network.ts";

const denied = (path: Demand["path"], publicNetwork: Demand["path"]): Demand => ({
  path,
  when: (inputs) => !isOffPublicNetwork(inputs.at(...publicNetwork)),
  holds: (value) => value?.toLowerCase() === "deny",
  witness: "a request from 203.0.113.7, which no rule of the firewall names",
  good: "Deny",
  bad: "Allow",
});

/** Where each firewall lists addresses, and the property that says one. */
const listed: Readonly<
  Record<string, readonly [rules: Demand["path"], address: string, publicNetwork: Demand["path"]]>
> = {
  "azure-native:storage:StorageAccount": [
    ["networkRuleSet", "ipRules"],
    "iPAddressOrRange",
    ["publicNetworkAccess"],
  ],
  "azure-native:keyvault:Vault": [
    ["properties", "networkAcls", "ipRules"],
    "value",
    ["properties", "publicNetworkAccess"],
  ],
  "azure-native:eventhub:NamespaceNetworkRuleSet": [["ipRules"], "ipMask", ["publicNetworkAccess"]],
};

const settings = demandRule({
  id: "ZN14",
  sentence:
    "The firewall of a storage account, key vault or event hub denies whom it does not name, and does not name everybody.",
  why: "A key or token that leaks is good from everywhere, and anonymous requests come from everybody.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [cis("cis-azure-2.1.0", "3.8")],
  fix: "Set the rule set's defaultAction to Deny and name the subnets that call, or leave the public network.",
  demands: {
    "azure-native:storage:StorageAccount": [
      denied(["networkRuleSet", "defaultAction"], ["publicNetworkAccess"]),
    ],
    "azure-native:keyvault:Vault": [
      denied(["properties", "networkAcls", "defaultAction"], ["properties", "publicNetworkAccess"]),
    ],
    // A namespace without rules is ZN13o's.
    "azure-native:eventhub:NamespaceNetworkRuleSet": [
      denied(["defaultAction"], ["publicNetworkAccess"]),
    ],
  },
  // Callers that no rule names stay outside afterwards, and with everybody all names are taken out.
  remedy: "opt-in",
});

export const ZN14: Rule = {
  ...settings,
  check: (subject, judge, plan) => {
    settings.check(subject, judge, plan);
    judge.part(() =>
      judgePeers(judge, namedBy(subject).peers, (at, who) =>
        judge.fail(at, `a request from ${who}`),
      ),
    );
  },
  remedy: {
    kind: "opt-in",
    edits: (subject) => {
      const { rules, peers } = namedBy(subject);
      const named = isEverywhere(peers.map((one) => one.addresses()).reduce(union, emptySet));
      const others = settings.remedy?.edits(subject) ?? [];
      return named ? [...others, { path: rules, value: [] }] : others;
    },
  },
  examples: [
    ...settings.examples,
    {
      kind: "violating",
      says: "everybody is named, in halves",
      expect: "fail",
      resources: alone("azure-native:storage:StorageAccount", {
        networkRuleSet: {
          defaultAction: "Deny",
          ipRules: [{ iPAddressOrRange: "0.0.0.0/1" }, { iPAddressOrRange: "128.0.0.0/1" }],
        },
      }),
      path: "networkRuleSet.ipRules[0].iPAddressOrRange",
    },
    {
      kind: "violating",
      says: "everybody is named to a vault",
      expect: "fail",
      resources: alone("azure-native:keyvault:Vault", {
        properties: { networkAcls: { defaultAction: "Deny", ipRules: [{ value: "0.0.0.0/0" }] } },
      }),
      path: "properties.networkAcls.ipRules[0].value",
    },
    {
      kind: "violating",
      says: "everybody is named to an event hub",
      expect: "fail",
      resources: alone("azure-native:eventhub:NamespaceNetworkRuleSet", {
        defaultAction: "Deny",
        ipRules: [{ ipMask: "0.0.0.0/0", action: "Allow" }],
      }),
      path: "ipRules[0].ipMask",
    },
    {
      kind: "clean",
      says: "an office is named",
      expect: "pass",
      resources: alone("azure-native:storage:StorageAccount", {
        networkRuleSet: {
          defaultAction: "Deny",
          ipRules: [{ iPAddressOrRange: "203.0.113.0/24" }],
        },
      }),
    },
  ],
};

/** The addresses that the firewall names, and where; none once the public network is off. */
function namedBy({ type, inputs }: PlannedResource) {
  const [rules = [], address = "", publicNetwork = []] = listed[type] ?? [];
  const list = isOffPublicNetwork(inputs.at(...publicNetwork))
    ? []
    : entriesOf(inputs.at(...rules));
  const peers = list.map((entry) => {
    const at = entry.at(address);
    return { kind: "addresses", at, addresses: () => addressesOf(at) } as const;
  });
  return { rules, peers };
}
