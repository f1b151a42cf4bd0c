/** VPC documentation, "VPC Flow Logs" and "Private Google Access". */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";

const type = "gcp:compute/subnetwork:Subnetwork";

/** Subnets of Google's own proxies, which have no flow logs. */
const managedPurposes = [
  "REGIONAL_MANAGED_PROXY",
  "GLOBAL_MANAGED_PROXY",
  "PRIVATE_SERVICE_CONNECT",
];

export const GN12: Rule = {
  id: "GN12",
  sentence: "Every subnet logs its flows and reaches Google's APIs from inside.",
  why: "What moved through the network cannot be told afterwards, or machines need a public address to call an API.",
  severity: "medium",
  tenets: ["T7", "T2"],
  controls: ["AU-12", "SI-4", "SC-7"],
  frameworks: [
    cis("cis-gcp-3.0.0", "3.8"),
    iso("gcp", "A.8.20", "compute_subnet_flow_logs_enabled"),
  ],
  fix: "Set logConfig and privateIpGoogleAccess true on the subnet.",
  subjects: [type],
  needs: "resource",
  check: (subject, judge) => {
    const purpose = subject.inputs.at("purpose").text() ?? "PRIVATE";
    if (managedPurposes.includes(purpose)) return judge.notApplicable(`purpose is ${purpose}`);
    judge.part(() => {
      const log = subject.inputs.at("logConfig");
      if (log.state === "unknown") judge.open(log);
      if (log.state === "absent") judge.fail(log, "a connection that leaves no record");
    });
    judge.part(() => {
      const access = subject.inputs.at("privateIpGoogleAccess");
      if (access.flag() !== true) {
        judge.fail(access, "a call of storage.googleapis.com leaves by the internet");
      }
    });
  },
  examples: [
    {
      kind: "violating",
      says: "no private access",
      expect: "fail",
      resources: alone(type, { logConfig: { flowSampling: 1 }, privateIpGoogleAccess: false }),
      path: "privateIpGoogleAccess",
    },
    {
      kind: "clean",
      says: "both",
      expect: "pass",
      resources: alone(type, { logConfig: { flowSampling: 1 }, privateIpGoogleAccess: true }),
    },
    {
      kind: "unknown",
      says: "the log is not known",
      expect: "unknown",
      resources: alone(type, { logConfig: unknownHere, privateIpGoogleAccess: true }),
      path: "logConfig",
    },
    {
      kind: "absent",
      says: "nothing set",
      expect: "fail",
      resources: alone(type, {}),
      path: "logConfig",
    },
  ],
};
