/** Microsoft Learn, "Understand Azure Policy for Kubernetes clusters"; AKS Automatic has its safeguards by itself. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";

const type = "azure-native:containerservice:ManagedCluster";
const cluster = (addonProfiles: Json) => alone(type, { addonProfiles });

export const KN61: Rule = {
  id: "KN61",
  sentence: "A cluster of Azure asks its policies about what is made in it.",
  why: "Nothing but the namespaces' labels stops an image of a stranger, and nobody hears of what runs against the rules.",
  severity: "low",
  tenets: ["T4", "T5"],
  controls: ["CM-6", "CM-7", "CA-7"],
  fix: "Set addonProfiles.azurepolicy.enabled to true, and assign the policies.",
  subjects: [type],
  needs: "resource",
  check: ({ inputs }, judge) => {
    if (inputs.at("sku", "name").text() === "Automatic") {
      return judge.notApplicable("AKS Automatic has its safeguards by itself");
    }
    const profiles = inputs.at("addonProfiles");
    // Azure takes the names of add-ons in any case.
    const name = profiles.keys().find((key) => key.toLowerCase() === "azurepolicy");
    const flag = profiles.at(name ?? "azurepolicy", "enabled");
    if (flag.flag() !== true) judge.fail(flag, "a pod with an image of anybody");
  },
  examples: [
    {
      kind: "violating",
      says: "switched off",
      expect: "fail",
      resources: cluster({ azurepolicy: { enabled: false } }),
      path: "addonProfiles.azurepolicy.enabled",
    },
    {
      kind: "clean",
      says: "switched on",
      expect: "pass",
      resources: cluster({ azurePolicy: { enabled: true } }),
    },
    {
      kind: "clean",
      says: "AKS Automatic",
      expect: "not-applicable",
      resources: alone(type, { sku: { name: "Automatic", tier: "Standard" } }),
    },
    {
      kind: "unknown",
      says: "the add-ons are not known",
      expect: "unknown",
      resources: cluster(unknownHere),
      path: "addonProfiles",
    },
    { kind: "absent", says: "nothing said", expect: "fail", resources: alone(type, {}) },
  ],
};
