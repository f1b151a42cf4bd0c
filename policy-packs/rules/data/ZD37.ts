/**
 * Microsoft Learn, "Transparent data encryption for SQL Database, SQL Managed Instance, and Azure
 * Synapse Analytics": in Synapse it has to be switched on. ZD31 asks whether it is on.
 */
import { companionRule } from "../shared/companion-rule.ts";

const pool = "azure-native:synapse:SqlPool";
const encryption = "azure-native:synapse:SqlPoolTransparentDataEncryption";

export const ZD37 = companionRule({
  id: "ZD37",
  sentence: "Every dedicated SQL pool of Synapse has transparent data encryption.",
  why: "Whoever gets hold of a copy of its files or a backup restores it elsewhere and reads the data.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  fix: "Plan a SqlPoolTransparentDataEncryption for the pool with status Enabled.",
  about: { [pool]: { sku: { name: "DW100c" } } },
  relation: {
    from: [encryption],
    to: pool,
    properties: ({ inputs }) => [inputs.at("sqlPoolName")],
  },
  witness: "a copy of the pool's files is read without any key",
  companion: { type: encryption, property: "sqlPoolName", props: { status: "Enabled" } },
});
