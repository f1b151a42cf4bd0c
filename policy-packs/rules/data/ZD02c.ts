/** Microsoft Learn, "About keys": types RSA-HSM and EC-HSM never leave the hardware. */
import { demandRule } from "../shared/flag-rule.ts";

export const ZD02c = demandRule({
  id: "ZD02c",
  sentence: "A key in a vault lives in hardware.",
  why: "A key kept in software can be copied by whoever gets into the service beneath.",
  severity: "low",
  tenets: ["T2"],
  controls: ["SC-12", "SC-13"],
  fix: "Set properties.kty to RSA-HSM or EC-HSM, in a vault of the SKU premium.",
  demands: {
    "azure-native:keyvault:Key": [
      {
        path: ["properties", "kty"],
        holds: (value) => value?.endsWith("-HSM") ?? false,
        witness: "a copy of the key decrypts anywhere",
        good: "RSA-HSM",
        bad: "RSA",
      },
    ],
  },
});
