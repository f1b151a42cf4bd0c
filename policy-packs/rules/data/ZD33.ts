/**
 * Microsoft Learn, "User Data for Azure Virtual Machine" and "Custom data" (no place for secrets),
 * "Set environment variables in container instances" and "Manage variables in Azure Automation". A
 * finding names the place and never the secret.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { handedTypes, judgeHanded } from "../shared/handed-values.ts";

const machine = "azure-native:compute:VirtualMachine";
const group = "azure-native:containerinstance:ContainerGroup";
const variable = "azure-native:automation:Variable";

export const ZD33: Rule = {
  id: "ZD33",
  sentence: "No machine, container or variable of Azure holds a secret in plaintext.",
  why: "Whoever may only describe it reads the secret, as does every state file, log and history on the way.",
  severity: "critical",
  tenets: ["T3", "T6"],
  controls: ["IA-5", "IA-5(7)", "SC-28"],
  fix: "Keep the secret in a key vault and let a managed identity read it; of containers use secureValue, of variables isEncrypted.",
  subjects: handedTypes.azure,
  needs: "plan",
  check: judgeHanded,
  examples: [
    {
      kind: "violating",
      says: "a password in a script in base64",
      expect: "fail",
      resources: alone(machine, {
        osProfile: { customData: btoa("#!/bin/sh\nexport DB_PASSWORD=hunter2\n") },
      }),
      path: "osProfile.customData",
    },
    {
      kind: "violating",
      says: "a password in the user data of a scale set",
      expect: "fail",
      resources: alone("azure-native:compute:VirtualMachineScaleSet", {
        virtualMachineProfile: { userData: btoa("DB_PASSWORD=hunter2\n") },
      }),
    },
    {
      kind: "clean",
      says: "a script without one",
      expect: "pass",
      resources: alone(machine, { osProfile: { customData: btoa("#cloud-config\nruncmd: []\n") } }),
    },
    {
      kind: "violating",
      says: "a password in the environment",
      expect: "fail",
      resources: environment({ name: "DB_PASSWORD", value: "hunter2" }),
      path: "containers[0].environmentVariables[0].value",
      witness: "containerGroups/read shows a password",
    },
    {
      kind: "clean",
      says: "a value that is kept secret",
      expect: "pass",
      resources: environment({ name: "DB_PASSWORD", secureValue: "hunter2" }),
    },
    {
      kind: "violating",
      says: "a password in a variable",
      expect: "fail",
      resources: alone(variable, { name: "DbPassword", value: '"hunter2"' }),
      path: "value",
    },
    {
      kind: "clean",
      says: "an encrypted variable",
      expect: "pass",
      resources: alone(variable, { name: "DbPassword", value: '"hunter2"', isEncrypted: true }),
    },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: environment({ name: "DB_PASSWORD", value: unknownHere }),
    },
    { kind: "absent", says: "no script", expect: "pass", resources: alone(machine, {}) },
  ],
};

function environment(one: Json) {
  return alone(group, { containers: [{ name: "shop", environmentVariables: [one] }] });
}
