/**
 * Cloud DNS documentation, "Manage DNSSEC configuration", "Use advanced DNSSEC" (RSASHA1 is deprecated)
 * and "Use logging and monitoring": all off unless set. Private zones are not signed; their queries
 * are logged by the policy of the network.
 */
import type { View } from "../../../model/policy/view.ts";
import { cis } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

const isPublic = (inputs: View) => (inputs.at("visibility").text() ?? "public") === "public";
const unlogged = "a query that leaves no record";

export const GN20 = demandRule({
  id: "GN20",
  sentence: "Public zones are signed with strong keys, and queries are logged.",
  why: "An attacker answers in the zone's name and sends callers to himself; data that leaves by queries is not seen.",
  severity: "medium",
  tenets: ["T2", "T7"],
  controls: ["SC-20", "AU-12"],
  frameworks: [
    cis("cis-gcp-3.0.0", "2.12"),
    cis("cis-gcp-3.0.0", "3.3"),
    cis("cis-gcp-3.0.0", "3.4"),
    cis("cis-gcp-3.0.0", "3.5"),
  ],
  fix: "Set dnssecConfig.state to on without RSASHA1 keys, and enableLogging on zones and DNS policies.",
  demands: {
    "gcp:dns/managedZone:ManagedZone": [
      {
        path: ["dnssecConfig", "state"],
        when: isPublic,
        holds: (value) => value === "on" || value === "transfer",
        witness: "a forged answer for a name of the zone",
        good: "on",
        bad: "off",
      },
      {
        path: ["dnssecConfig", "defaultKeySpecs", "*", "algorithm"],
        when: isPublic,
        holds: (value) => value?.toLowerCase() !== "rsasha1",
        witness: "a forged answer, signed with a collision of SHA-1",
        good: "ecdsap256sha256",
        bad: "rsasha1",
      },
      {
        path: ["cloudLoggingConfig", "enableLogging"],
        when: isPublic,
        holds: (value) => value === "true",
        witness: unlogged,
        good: true,
        bad: false,
      },
    ],
    "gcp:dns/policy:Policy": [
      {
        path: ["enableLogging"],
        holds: (value) => value === "true",
        witness: unlogged,
        good: true,
        bad: false,
      },
    ],
  },
});
