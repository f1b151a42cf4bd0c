/** Microsoft Learn, "Detailed steps: create and manage SSH keys": passwords are on unless it is said. */
import type { View } from "../../../model/policy/view.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const machine = "azure-native:compute:VirtualMachine";
const scaleSet = "azure-native:compute:VirtualMachineScaleSet";
const linux = {
  osProfile: { adminUsername: "shop" },
  storageProfile: { osDisk: { osType: "Linux" } },
};

function keysOnly(...around: readonly string[]): Demand {
  const [first = "osProfile", ...rest] = [...around, "osProfile"];
  return {
    path: [first, ...rest, "linuxConfiguration", "disablePasswordAuthentication"],
    holds: (value) => value === "true",
    when: (inputs) => isLinux(inputs.at(...around)),
    witness: "ssh with a password out of a list of common ones",
    good: true,
    bad: false,
  };
}

export const EI36 = demandRule({
  id: "EI36",
  sentence: "A Linux machine takes no passwords.",
  why: "Passwords of reachable machines are guessed all day, and stolen ones work from anywhere.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5", "AC-17"],
  fix: "Set osProfile.linuxConfiguration.disablePasswordAuthentication to true; log in by Entra, or by keys.",
  demands: { [machine]: [keysOnly()], [scaleSet]: [keysOnly("virtualMachineProfile")] },
  base: { [machine]: linux, [scaleSet]: { virtualMachineProfile: linux } },
  more: [
    {
      kind: "clean",
      says: "a Windows machine",
      expect: "not-applicable",
      resources: [
        { type: machine, name: "desk", props: { osProfile: { windowsConfiguration: {} } } },
      ],
    },
  ],
});

function isLinux(profile: View): boolean {
  // A disk that was somebody's before brings its accounts along, and has no profile.
  if (profile.at("osProfile").keys().length === 0) return false;
  if (profile.at("storageProfile", "osDisk", "osType").text() === "Linux") return true;
  return profile.at("osProfile", "linuxConfiguration").keys().length > 0;
}
