/**
 * Microsoft Learn, "Diagnostic settings in Azure Monitor": resource logs go nowhere unless a setting
 * sends them. Services whose logs tell who asked for what. A storage account that takes logs itself
 * is left out: it would log its own writing.
 */
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { companionRule } from "../shared/companion-rule.ts";
import { referring, storeTypes } from "../shared/log-stores.ts";
import type { Relation } from "../shared/refers-to.ts";
import { referrersOf, refersBy } from "../shared/refers-to.ts";

const setting = "azure-native:monitor:DiagnosticSetting";
const types = [
  "azure-native:apimanagement:ApiManagementService",
  "azure-native:cdn:Profile",
  "azure-native:cognitiveservices:Account",
  "azure-native:containerregistry:Registry",
  "azure-native:containerservice:ManagedCluster",
  "azure-native:cosmosdb:DatabaseAccount",
  "azure-native:datafactory:Factory",
  "azure-native:dbformysql:Server",
  "azure-native:dbforpostgresql:Server",
  "azure-native:eventhub:Namespace",
  "azure-native:keyvault:ManagedHsm",
  "azure-native:keyvault:Vault",
  "azure-native:logic:Workflow",
  "azure-native:machinelearningservices:Workspace",
  "azure-native:network:ApplicationGateway",
  "azure-native:network:AzureFirewall",
  "azure-native:network:BastionHost",
  "azure-native:network:VirtualNetworkGateway",
  "azure-native:search:Service",
  "azure-native:servicebus:Namespace",
  "azure-native:sql:ManagedInstance",
  storeTypes.account,
  "azure-native:synapse:Workspace",
  "azure-native:web:WebApp",
];

const settings: Relation = {
  from: [setting],
  to: types,
  properties: ({ inputs }) => [inputs.at("resourceUri")],
};
const takers: Relation = {
  from: [
    setting,
    "azure-native:aadiam:DiagnosticSetting",
    "azure-native:monitor:SubscriptionDiagnosticSetting",
    "azure-native:network:FlowLog",
  ],
  to: storeTypes.account,
  properties: ({ inputs }) => [inputs.at("storageAccountId"), inputs.at("storageId")],
};

export const ZL01 = companionRule({
  id: "ZL01",
  sentence: "What a service of Azure was asked, and by whom, is recorded.",
  why: "Nobody can tell afterwards who read a secret, a row or a message, or tried to.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  frameworks: [
    cis("cis-azure-2.1.0", "5.4"),
    cis("cis-azure-2.1.0", "5.1.4"),
    iso("azure", "A.8.15", "keyvault_logging_enabled"),
  ],
  fix: "Plan a DiagnosticSetting with the resource's id as resourceUri and logs of categoryGroup audit or allLogs; of a storage account below blobServices/default.",
  about: Object.fromEntries(types.map((type) => [type, { resourceGroupName: "shop" }])),
  when: (subject, plan) => subject.type !== storeTypes.account || !takesLogs(subject, plan),
  relation: settings,
  does: (inputs) => entriesOf(inputs.at("logs")).some(isOn),
  witness: "a request that leaves no record",
  companion: {
    type: setting,
    property: "resourceUri",
    props: { logs: [{ categoryGroup: "audit", enabled: true }] },
  },
  more: [
    {
      kind: "violating",
      says: "metrics only",
      expect: "fail",
      resources: [
        { type: "azure-native:keyvault:Vault", name: "vault", props: { vaultName: "shop" } },
        referring(setting, "setting", "resourceUri", "vault", { metrics: [{ enabled: true }] }),
      ],
    },
    {
      kind: "clean",
      says: "a storage account that takes logs",
      expect: "not-applicable",
      resources: [
        { type: storeTypes.account, name: "logs", props: { accountName: "logs" } },
        referring(setting, "setting", "storageAccountId", "logs"),
      ],
    },
    {
      kind: "clean",
      says: "the blobs of a storage account",
      expect: "pass",
      resources: [
        { type: storeTypes.account, name: "data", props: { id: "/s/storageAccounts/data" } },
        {
          type: setting,
          name: "setting",
          props: {
            resourceUri: "/s/storageAccounts/data/blobServices/default",
            logs: [{ category: "StorageRead", enabled: true }],
          },
        },
      ],
    },
  ],
});

function takesLogs(subject: PlannedResource, plan: Plan): boolean {
  return referrersOf(plan, subject, takers).some((one) => refersBy(plan, takers, one, subject));
}

function isOn(log: View): boolean {
  return log.at("enabled").flag() === true;
}
