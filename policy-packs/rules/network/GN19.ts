/**
 * Cloud Load Balancing documentation, "SSL policies for SSL and TLS protocols": without a policy, and in
 * one that says nothing, TLS 1.0 and the weakest ciphers are taken.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { cis } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { balancerChecks, plaintextExamples } from "../shared/plain-balancer.ts";

const weak = "a handshake of TLS 1.0, or with keys that give past traffic away";

/** Profiles that take TLS 1.2 and later only, whatever else is said. */
const strict: readonly string[] = ["RESTRICTED", "FIPS_202205"];

const isStrict = (inputs: View) => strict.includes(inputs.at("profile").text() ?? "COMPATIBLE");

const policyDemands: readonly Demand[] = [
  {
    path: ["profile"],
    holds: (value) => value !== undefined && value !== "COMPATIBLE",
    witness: weak,
    good: "MODERN",
    bad: "COMPATIBLE",
  },
  {
    path: ["minTlsVersion"],
    when: (inputs) => !isStrict(inputs),
    holds: (value) => value === "TLS_1_2" || value === "TLS_1_3",
    witness: weak,
    good: "TLS_1_2",
    bad: "TLS_1_0",
  },
];

const settings = demandRule({
  id: "GN19",
  sentence:
    "Load balancers take HTTPS with strong protocols only, and plain HTTP from everybody to redirect.",
  why: "Whoever stands between reads and changes what is sent, or forces an old protocol and then does.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-13"],
  frameworks: [cis("cis-gcp-3.0.0", "3.9")],
  fix: "Give proxies an SSLPolicy of profile MODERN or RESTRICTED with TLS_1_2, and the HTTP proxy a URL map with httpsRedirect.",
  demands: {
    "gcp:compute/sSLPolicy:SSLPolicy": policyDemands,
    "gcp:compute/regionSslPolicy:RegionSslPolicy": policyDemands,
  },
});

export const GN19: Rule = {
  ...settings,
  subjects: [...settings.subjects, ...Object.keys(balancerChecks)],
  needs: "plan",
  check: (subject, judge, plan) =>
    (balancerChecks[subject.type] ?? settings.check)(subject, judge, plan),
  examples: [...settings.examples, ...plaintextExamples],
};
