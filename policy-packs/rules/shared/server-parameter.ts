/** Server parameters of Azure's PostgreSQL and MySQL, each a resource of its own. */
import type { View } from "../../../model/policy/view.ts";
import type { Demand } from "./flag-rule.ts";
import { floor } from "./tls-floor.ts";

/** Both ask for TLS, of 1.2 at least, unless a parameter says otherwise. */
export function parameterDemands(versionParameter: string): readonly Demand[] {
  const named = (name: string) => (inputs: View) =>
    inputs.at("configurationName").text()?.toLowerCase() === name;
  return [
    {
      path: ["value"],
      holds: (value) => value === undefined || /^(on|1|true)$/i.test(value),
      when: named("require_secure_transport"),
      apart: { configurationName: "require_secure_transport" },
      witness: "a client that speaks no TLS logs in",
      good: "on",
      bad: "off",
    },
    {
      ...floor(["value"], "TLSv1.2", "TLSv1"),
      when: named(versionParameter),
      apart: { configurationName: versionParameter },
    },
  ];
}

/** What the retired single servers say in their own properties. */
export const singleServerDemands: readonly Demand[] = [
  floor(["properties", "minimalTlsVersion"], "TLS1_2", "TLSEnforcementDisabled"),
  {
    path: ["properties", "sslEnforcement"],
    holds: (value) => value !== "Disabled",
    witness: "a client that speaks no TLS logs in",
    good: "Enabled",
    bad: "Disabled",
  },
];
