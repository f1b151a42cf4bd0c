/**
 * Cloud Load Balancing, "Logging and monitoring"; Cloud Data Fusion, "View logs"; Google Kubernetes
 * Engine, "Intranode visibility": what passes between pods of one node never reaches a flow log.
 */

import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const [backend, regional, cluster, fusion] = [
  "gcp:compute/backendService:BackendService",
  "gcp:compute/regionBackendService:RegionBackendService",
  "gcp:container/cluster:Cluster",
  "gcp:datafusion/instance:Instance",
] as const;

const mustBeOn = (path: Demand["path"], witness: string): Demand => ({
  path,
  holds: (value) => value === "true",
  witness,
  good: true,
  bad: false,
});

/** Backends that a proxy serves; what is passed through is in the flow logs. */
const isProxied = (inputs: View) =>
  /^(HTTP|HTTPS|HTTP2|GRPC|H2C)?$/.test(inputs.at("protocol").text() ?? "");
const request: Demand = {
  ...mustBeOn(["logConfig", "enable"], "a request that leaves no record"),
  when: isProxied,
};

export const GL12 = demandRule({
  id: "GL12",
  sentence: "Requests to load balancers, pipelines of data, and traffic between pods leave a log.",
  why: "Nobody can tell afterwards from where an attack came, and where it went on to.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12", "SI-4"],
  frameworks: [
    cis("cis-gcp-3.0.0", "2.16"),
    iso("gcp", "A.8.16", "compute_loadbalancer_logging_enabled"),
  ],
  fix: "Set logConfig.enable of a backend service, enableStackdriverLogging of a Data Fusion instance and enableIntranodeVisibility of a cluster to true.",
  demands: {
    [backend]: [request],
    [regional]: [request],
    [cluster]: [
      {
        ...mustBeOn(["enableIntranodeVisibility"], "a connection between two pods of a node"),
        // Autopilot has it always.
        when: (inputs) => inputs.at("enableAutopilot").flag() !== true,
      },
    ],
    [fusion]: [mustBeOn(["enableStackdriverLogging"], "a run that leaves no record")],
  },
  base: { [backend]: { protocol: "HTTPS" }, [regional]: { protocol: "HTTPS" } },
  more: [
    {
      kind: "clean",
      says: "a backend of TCP",
      expect: "not-applicable",
      resources: alone(backend, { protocol: "TCP" }),
    },
  ],
  // Cloud Logging costs by the gigabyte.
  remedy: "opt-in",
});
