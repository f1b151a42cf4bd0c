/**
 * Microsoft Learn, "Azure Key Vault provider for Secrets Store CSI Driver configuration options":
 * autorotation is off unless it is switched on.
 */
import { alone } from "../shared/alone.ts";
import { demandRule } from "../shared/flag-rule.ts";

const type = "azure-native:containerservice:ManagedCluster";
const addon = ["addonProfiles", "azureKeyvaultSecretsProvider"] as const;

export const ZD36 = demandRule({
  id: "ZD36",
  sentence: "Pods get a vault's secret anew when it is rotated.",
  why: "A secret that leaked is rotated in the vault, and the pods go on with the old one, which therefore is left valid.",
  severity: "medium",
  tenets: ["T3"],
  controls: ["IA-5", "SC-12"],
  fix: "Set addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation to true.",
  demands: {
    [type]: [
      {
        path: [...addon, "config", "enableSecretRotation"],
        holds: (value) => value === "true",
        when: (inputs) => inputs.at(...addon, "enabled").flag() === true,
        witness: "the secret of last year is still mounted",
        good: "true",
        bad: "false",
      },
    ],
  },
  base: { [type]: { addonProfiles: { azureKeyvaultSecretsProvider: { enabled: true } } } },
  more: [
    {
      kind: "clean",
      says: "no secrets from a vault",
      expect: "not-applicable",
      resources: alone(type, { addonProfiles: {} }),
    },
  ],
});
