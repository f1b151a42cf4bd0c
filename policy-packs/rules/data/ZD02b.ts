/** Microsoft Learn, "About Azure Key Vault keys, secrets and certificates": attribute exp. */
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { isGiven } from "../shared/refers-to.ts";

const key = "azure-native:keyvault:Key";
const secret = "azure-native:keyvault:Secret";
const expires = {
  path: ["properties", "attributes", "expires"],
  holds: (value: string | undefined) => Number(value ?? 0) > 0,
  good: 1_893_456_000,
  bad: 0,
} as const;

export const ZD02b = demandRule({
  id: "ZD02b",
  sentence: "Keys and secrets in a vault end some day.",
  why: "What was copied once works for ever.",
  severity: "medium",
  tenets: ["T3"],
  controls: ["IA-5", "SC-12"],
  frameworks: [cis("cis-azure-2.1.0", "8.1"), cis("cis-azure-2.1.0", "8.3")],
  fix: "Set properties.attributes.expires, of keys also by properties.rotationPolicy.attributes.expiryTime.",
  demands: {
    [key]: [
      {
        ...expires,
        when: (inputs) =>
          !isGiven(inputs, "properties", "rotationPolicy", "attributes", "expiryTime"),
        witness: "a copy of years ago still decrypts and signs",
      },
    ],
    [secret]: [{ ...expires, witness: "a copy of years ago still logs in" }],
  },
  more: [
    {
      kind: "clean",
      says: "a key that is rotated ends with its version",
      expect: "not-applicable",
      resources: alone(key, {
        properties: { rotationPolicy: { attributes: { expiryTime: "P1Y" } } },
      }),
    },
  ],
});
