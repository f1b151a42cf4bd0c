/** Google Kubernetes Engine, "About GKE logs" and "Observability for GKE": both are on unless switched off. */
import type { Edit } from "../../../model/policy/remedy.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";

const type = "gcp:container/cluster:Cluster";
const system = "SYSTEM_COMPONENTS";
const halves = [
  {
    service: "loggingService",
    config: "loggingConfig",
    components: [system, "WORKLOADS"],
    what: "what its pods and nodes do",
  },
  {
    service: "monitoringService",
    config: "monitoringConfig",
    components: [system],
    what: "how its nodes fare",
  },
];

export const GL10: Rule = {
  id: "GL10",
  sentence: "A cluster of GKE logs and is monitored.",
  why: "What an attacker does in the cluster leaves no record outside of it.",
  severity: "medium",
  tenets: ["T5", "T7"],
  controls: ["AU-2", "AU-12", "SI-4"],
  fix: `Leave loggingService and monitoringService on, and name ${system} and WORKLOADS in loggingConfig, ${system} in monitoringConfig.`,
  remedy: {
    // Cloud Logging and Monitoring cost by what they take.
    kind: "opt-in",
    edits: ({ inputs }) =>
      halves.flatMap(({ service, config, components }): Edit[] => {
        const off = offAt(inputs, service, config);
        if (off === undefined) return [];
        return off.path === service
          ? [
              {
                path: [service],
                value: `${service.replace("Service", "")}.googleapis.com/kubernetes`,
              },
            ]
          : [{ path: [config, "enableComponents"], value: components }];
      }),
  },
  subjects: [type],
  needs: "resource",
  check: ({ inputs }, judge) => {
    for (const { service, config, what } of halves) {
      judge.part(() => {
        const off = offAt(inputs, service, config);
        if (off !== undefined) judge.fail(off, `nothing tells ${what}`);
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "no logs",
      expect: "fail",
      resources: cluster({ loggingService: "none" }),
      path: "loggingService",
    },
    {
      kind: "violating",
      says: "no monitoring",
      expect: "fail",
      resources: cluster({ monitoringConfig: { enableComponents: [] } }),
      path: "monitoringConfig.enableComponents",
    },
    {
      kind: "violating",
      says: "pods only",
      expect: "fail",
      resources: cluster({ loggingConfig: { enableComponents: ["WORKLOADS"] } }),
    },
    {
      kind: "clean",
      says: "both",
      expect: "pass",
      resources: cluster({ loggingConfig: { enableComponents: [system, "WORKLOADS"] } }),
    },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: cluster({ loggingService: unknownHere }),
      path: "loggingService",
    },
    { kind: "absent", says: "GKE's own choice", expect: "pass", resources: cluster({}) },
  ],
};

/** Where a half of it is switched off. */
function offAt(inputs: View, service: string, config: string): View | undefined {
  const whole = inputs.at(service);
  if (whole.text() === "none") return whole;
  const list = inputs.at(config, "enableComponents");
  if (list.state === "absent") return undefined;
  return entriesOf(list).some((one) => one.text() === system) ? undefined : list;
}

function cluster(more: { readonly [key: string]: Json }) {
  return alone(type, { name: "shop", ...more });
}
