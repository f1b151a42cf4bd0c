/**
 * Cloud SQL documentation, "Configure SSL/TLS certificates": plaintext is taken where nothing is
 * said. Where connectors are enforced nobody connects without one, and they speak TLS.
 */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

const type = "gcp:sql/databaseInstance:DatabaseInstance";
const modes = ["ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"];

export const GD02 = demandRule({
  id: "GD02",
  sentence: "A database takes connections by TLS only.",
  why: "Whoever listens in the network reads queries, results and passwords.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  frameworks: [
    cis("cis-gcp-3.0.0", "6.4"),
    iso("gcp", "A.8.12", "cloudsql_instance_ssl_connections"),
  ],
  fix: "Set settings.ipConfiguration.sslMode to ENCRYPTED_ONLY or TRUSTED_CLIENT_CERTIFICATE_REQUIRED.",
  demands: {
    [type]: [
      {
        path: ["settings", "ipConfiguration", "sslMode"],
        holds: (value) => modes.includes(value ?? ""),
        when: takesDirectConnections,
        witness: "a client that speaks no TLS logs in",
        good: "ENCRYPTED_ONLY",
        bad: "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
      },
    ],
  },
  more: [
    {
      kind: "clean",
      says: "connectors only",
      expect: "not-applicable",
      resources: alone(type, { settings: { connectorEnforcement: "REQUIRED" } }),
    },
  ],
});

function takesDirectConnections(inputs: View): boolean {
  const settings = inputs.at("settings");
  // Older packages knew this flag instead of the mode.
  if (settings.at("ipConfiguration", "requireSsl").flag() === true) return false;
  return settings.at("connectorEnforcement").text() !== "REQUIRED";
}
