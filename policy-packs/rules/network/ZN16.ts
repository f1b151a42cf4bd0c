/** Microsoft Learn, "What is a private endpoint?": the service's address in a network of one's own. */
import type { Rule } from "../../../model/policy/rule.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import { endpointTo, hasPrivateEndpoint } from "../shared/private-endpoint.ts";
import { isOffPublicNetwork } from "../shared/public-network.ts";
import { isGiven } from "../shared/refers-to.ts";

const account = "azure-native:storage:StorageAccount";
const vault = "azure-native:keyvault:Vault";
const top = ["publicNetworkAccess"] as const;
const inNetwork = ["network", "publicNetworkAccess"] as const;

const network = { type: azureTypes.network, name: "network", props: {} };

/** Where each service says that nobody reaches it by the public network. */
const publicNetworkOf: Readonly<Record<string, readonly string[]>> = {
  [account]: top,
  [vault]: ["properties", "publicNetworkAccess"],
  "azure-native:cosmosdb:DatabaseAccount": top,
  "azure-native:sql:Server": top,
  "azure-native:dbforpostgresql:Server": inNetwork,
  "azure-native:dbforpostgresql:SingleServer": top,
  "azure-native:dbformysql:Server": inNetwork,
  "azure-native:dbformysql:SingleServer": top,
};

export const ZN16: Rule = {
  id: "ZN16",
  sentence:
    "A key vault, storage account or database that is called over networks has a private endpoint.",
  why: "Without one every caller needs a way out to the internet, and an attacker uses that way too.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [
    cis("cis-azure-2.1.0", "3.10"),
    cis("cis-azure-2.1.0", "8.7"),
    cis("cis-azure-2.1.0", "4.5.2"),
  ],
  fix: "Plan a PrivateEndpoint with the service's id in the callers' network, then set publicNetworkAccess to Disabled.",
  subjects: Object.keys(publicNetworkOf),
  needs: "plan",
  check: (subject, judge, plan) => {
    const { inputs } = subject;
    if (isGiven(inputs, "network", "delegatedSubnetResourceId")) {
      return judge.notApplicable("it stands in a subnet");
    }
    const access = inputs.at(...(publicNetworkOf[subject.type] ?? top));
    if (isOffPublicNetwork(access)) return judge.notApplicable("it is off the public network");
    if (hasPrivateEndpoint(judge, plan, subject) !== "no") return;
    if (plan.ofType(azureTypes.network, azureTypes.subnet).length === 0) {
      return judge.notApplicable("no network is planned from which it is called");
    }
    judge.fail({ urn: subject.urn, path: "" }, "a request that leaves the caller's network");
  },
  examples: [
    {
      kind: "violating",
      says: "an endpoint to another one",
      expect: "fail",
      resources: [
        { type: vault, name: "vault", props: { properties: { publicNetworkAccess: "Enabled" } } },
        { type: account, name: "account", props: {} },
        endpointTo("account"),
        network,
      ],
      path: "",
    },
    {
      kind: "clean",
      says: "an endpoint",
      expect: "pass",
      resources: [{ type: account, name: "account", props: {} }, endpointTo("account")],
    },
    {
      kind: "clean",
      says: "nobody calls it over networks",
      expect: "not-applicable",
      resources: alone(account, { publicNetworkAccess: "Disabled" }),
    },
    {
      kind: "unknown",
      says: "where the endpoint leads to is not known",
      expect: "unknown",
      resources: [
        { type: account, name: "account", props: {} },
        { ...endpointTo("account"), dependsOn: {} },
      ],
      path: "privateLinkServiceConnections",
    },
    {
      kind: "clean",
      says: "no network is planned",
      expect: "not-applicable",
      resources: alone(account, {}),
    },
    {
      kind: "absent",
      says: "no endpoint",
      expect: "fail",
      resources: [...alone(account, {}), network],
    },
  ],
};
