/** Istio, PeerAuthentication: `portLevelMtls` goes before the mode of the whole workload. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { istioObject } from "../shared/istio-objects.ts";

const type = kubernetesTypes.peerAuthentication;
/** From weak to strong; a workload without a mode of its own is meant to be strict. */
const modes = ["DISABLE", "PERMISSIVE", "STRICT"];

export const MS03: Rule = {
  id: "MS03",
  sentence: "No port is weaker than its workload.",
  why: "The workload looks strict, and takes plaintext without an identity on the one port that matters.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "IA-9"],
  fix: "Take the port out of spec.portLevelMtls, or set its mode to STRICT.",
  subjects: [type],
  needs: "resource",
  check: (subject, judge) => {
    const spec = subject.inputs.at("spec");
    const whole = spec.at("mtls", "mode").text() ?? "STRICT";
    const ports = spec.at("portLevelMtls");
    for (const port of ports.keys()) {
      judge.part(() => {
        const mode = ports.at(port, "mode");
        const rank = modes.indexOf(mode.text() ?? "UNSET");
        if (rank < 0 || rank >= modes.indexOf(whole === "UNSET" ? "STRICT" : whole)) return;
        judge.fail(mode, `a plaintext call to port ${port}`);
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "PERMISSIVE on one port",
      expect: "fail",
      resources: [authentication("STRICT", { 8080: { mode: "PERMISSIVE" } })],
      path: 'spec.portLevelMtls["8080"].mode',
      witness: "port 8080",
    },
    {
      kind: "clean",
      says: "STRICT on one port",
      expect: "pass",
      resources: [authentication("PERMISSIVE", { 8080: { mode: "STRICT" } })],
    },
    {
      kind: "unknown",
      says: "the port's mode is not known",
      expect: "unknown",
      resources: [authentication("STRICT", { 8080: { mode: unknownHere } })],
    },
    { kind: "absent", says: "no ports", expect: "pass", resources: [authentication("STRICT", {})] },
  ],
};

function authentication(mode: string, ports: { readonly [port: string]: { mode: string } }) {
  return istioObject(type, { mtls: { mode }, portLevelMtls: ports });
}
