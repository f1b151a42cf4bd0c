/**
 * Microsoft Learn, "What is Microsoft Defender for Cloud?": a plan whose tier is Free is off. The
 * plans for DNS, container registries and Kubernetes alone are retired: Containers has taken over.
 */
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

const type = "azure-native:security:Pricing";
const plans = [
  "AppServices",
  "Arm",
  "Containers",
  "CosmosDbs",
  "KeyVaults",
  "OpenSourceRelationalDatabases",
  "SqlServers",
  "SqlServerVirtualMachines",
  "StorageAccounts",
  "VirtualMachines",
].map((name) => name.toLowerCase());

export const ZL06 = demandRule({
  id: "ZL06",
  sentence: "A plan of Microsoft Defender for Cloud is on.",
  why: "An attack on the service that the plan watches raises no alert.",
  severity: "medium",
  tenets: ["T5", "T7"],
  controls: ["SI-4", "RA-5", "CA-7"],
  frameworks: [
    ...["1", "2", "3", "4", "5", "6", "7", "8", "9", "11"].map((last) =>
      cis("cis-azure-2.1.0", `2.1.${last}`),
    ),
    iso("azure", "A.8.7", "defender_ensure_defender_for_server_is_on"),
  ],
  fix: "Set pricingTier to Standard.",
  demands: {
    [type]: [
      {
        path: ["pricingTier"],
        holds: (value) => value === "Standard",
        when: (inputs) => plans.includes(inputs.at("pricingName").text()?.toLowerCase() ?? ""),
        witness: "an attack that no alert tells of",
        good: "Standard",
        bad: "Free",
      },
    ],
  },
  base: { [type]: { pricingName: "KeyVaults" } },
  more: [
    {
      kind: "clean",
      says: "a retired plan",
      expect: "not-applicable",
      resources: alone(type, { pricingName: "Dns", pricingTier: "Free" }),
    },
  ],
  // Each plan costs by what it watches.
  remedy: "opt-in",
});
