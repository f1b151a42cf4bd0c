/** Microsoft Learn, "Auditing for Azure SQL Database": off unless a policy of the server switches it on; 0 days is for ever. */
import type { View } from "../../../model/policy/view.ts";
import { cis } from "../shared/benchmarks.ts";
import { companionRule } from "../shared/companion-rule.ts";
import { referring } from "../shared/log-stores.ts";

const server = "azure-native:sql:Server";
const policy = "azure-native:sql:ServerBlobAuditingPolicy";
const retentionDaysMin = 90;

export const ZL08 = companionRule({
  id: "ZL08",
  sentence: "A SQL server audits what is done in its databases, and keeps it for 90 days.",
  why: "Nobody can tell afterwards who logged in, and which rows he took or changed.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-11", "AU-12"],
  frameworks: [cis("cis-azure-2.1.0", "4.1.1"), cis("cis-azure-2.1.0", "4.1.6")],
  fix: "Plan a ServerBlobAuditingPolicy with state Enabled, a storageEndpoint or isAzureMonitorTargetEnabled, and retentionDays 0 or at least 90.",
  about: { [server]: { version: "12.0" } },
  relation: {
    from: [policy, "azure-native:sql:ExtendedServerBlobAuditingPolicy"],
    to: server,
    properties: ({ inputs }) => [inputs.at("serverName")],
  },
  does: (inputs) => inputs.at("state").text() === "Enabled" && keepsLongEnough(inputs),
  witness: "a login, and a SELECT of every row, without a record",
  companion: {
    type: policy,
    property: "serverName",
    props: { state: "Enabled", isAzureMonitorTargetEnabled: true },
  },
  more: [
    {
      kind: "violating",
      says: "a month",
      expect: "fail",
      resources: [
        { type: server, name: "shop", props: { version: "12.0" } },
        referring(policy, "audit", "serverName", "shop", { state: "Enabled", retentionDays: 30 }),
      ],
    },
    {
      kind: "violating",
      says: "switched off",
      expect: "fail",
      resources: [
        { type: server, name: "shop", props: { version: "12.0" } },
        referring(policy, "audit", "serverName", "shop", { state: "Disabled" }),
      ],
    },
  ],
});

/** A period is of a storage account only; a workspace has its own (ZL03). */
function keepsLongEnough(inputs: View): boolean {
  const days = inputs.at("retentionDays").number() ?? 0;
  return days === 0 || days >= retentionDaysMin;
}
