/** Microsoft Learn, "Security recommendations for Blob storage". */
import type { Rule } from "../../model/policy/rule.ts";
import type { Demand } from "./shared/flag-rule.ts";
import { checkDemands, demandExamples } from "./shared/flag-rule.ts";

const type = "azure-native:storage:StorageAccount";

const demands: readonly Demand[] = [
  {
    path: ["enableHttpsTrafficOnly"],
    holds: (value) => value !== "false",
    witness: "a request in plaintext",
    good: true,
    bad: false,
  },
  {
    path: ["minimumTlsVersion"],
    holds: (value) => value !== undefined && value >= "TLS1_2",
    witness: "a client that offers TLS 1.0",
    good: "TLS1_2",
    bad: "TLS1_0",
  },
  {
    path: ["allowBlobPublicAccess"],
    holds: (value) => value === "false",
    witness: "a container made public is read by anybody",
    good: false,
    bad: true,
  },
  {
    path: ["allowSharedKeyAccess"],
    holds: (value) => value === "false",
    witness: "a request signed with a leaked account key",
    good: false,
    bad: true,
  },
];

export const ZD01: Rule = {
  id: "ZD01",
  sentence:
    "A storage account takes TLS 1.2 only, no shared keys, and shows nothing to the public.",
  why: "Plaintext, a leaked key that never expires, or a container made public hand the data out.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "AC-3", "IA-5"],
  fix: "Set enableHttpsTrafficOnly, minimumTlsVersion TLS1_2, allowBlobPublicAccess false and allowSharedKeyAccess false.",
  subjects: [type],
  needs: "resource",
  check: checkDemands(demands),
  examples: demandExamples(type, demands, {}),
};
