/** Microsoft Learn, Azure Policy's "Azure Machine Learning Computes should have local authentication methods disabled". */
import { demandRule } from "../shared/flag-rule.ts";

export const EI61 = demandRule({
  id: "EI61",
  sentence: "Machine learning's computes take no local login.",
  why: "An SSH key or password names nobody, and no leaving, risk or second factor stops it.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set properties.disableLocalAuth to true.",
  demands: {
    "azure-native:machinelearningservices:Compute": [
      {
        path: ["properties", "disableLocalAuth"],
        when: (inputs) =>
          ["AmlCompute", "ComputeInstance"].includes(
            inputs.at("properties", "computeType").text() ?? "",
          ),
        holds: (value) => value === "true",
        witness: "a login with a leaked key",
        good: true,
        bad: false,
      },
    ],
  },
  base: {
    "azure-native:machinelearningservices:Compute": { properties: { computeType: "AmlCompute" } },
  },
});
