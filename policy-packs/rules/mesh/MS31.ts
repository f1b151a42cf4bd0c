/** Istio, "Service Entry" and "Egress TLS Origination": what stands outside, and how it is called. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { sameCluster } from "../../lift/kubernetes.ts";
import { istioObject, istioTypes } from "../shared/istio-objects.ts";
import { someOf } from "../shared/some-of.ts";

const plaintext = ["HTTP", "HTTP2", "GRPC", "GRPC-WEB", "MONGO", "REDIS", "MYSQL"];

export const MS31: Rule = {
  id: "MS31",
  sentence: "External services are named and encrypted.",
  why: "Behind a wildcard anybody can register a name to send data to; in plaintext the way there reads it.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "SC-8", "AC-4"],
  fix: "List the hosts, with protocol HTTPS or TLS; for plaintext plan a DestinationRule of the host with tls.mode SIMPLE.",
  subjects: [istioTypes.serviceEntry],
  needs: "plan",
  check: (subject, judge, plan) => {
    const spec = subject.inputs.at("spec");
    if (spec.at("location").text() === "MESH_INTERNAL") return judge.notApplicable("in the mesh");
    const hosts = entriesOf(spec.at("hosts"));
    for (const host of hosts) {
      judge.part(() => {
        if (host.text()?.startsWith("*")) judge.fail(host, "a call to a name that anybody chose");
      });
    }
    for (const port of entriesOf(spec.at("ports"))) {
      judge.part(() => {
        const protocol = port.at("protocol");
        if (!plaintext.includes((protocol.text() ?? "").toUpperCase())) return;
        const names = hosts.map((host) => host.text() ?? "");
        const rules = sameCluster(plan, subject, istioTypes.destinationRule);
        if (someOf(judge, rules, (one) => encrypts(one, names)) !== "no") return;
        judge.fail(protocol, "a call that is read on the way");
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "every name of a domain",
      expect: "fail",
      resources: [entry(["*.example"], "TLS")],
      path: "spec.hosts[0]",
    },
    {
      kind: "violating",
      says: "plaintext",
      expect: "fail",
      resources: [entry(["api.example"], "HTTP")],
      path: "spec.ports[0].protocol",
    },
    {
      kind: "clean",
      says: "one, by TLS",
      expect: "pass",
      resources: [entry(["api.example"], "TLS")],
    },
    {
      kind: "clean",
      says: "encrypted by the proxy",
      expect: "pass",
      resources: [entry(["api.example"], "HTTP"), rule("SIMPLE")],
    },
    {
      kind: "unknown",
      says: "whether the proxy encrypts is not known",
      expect: "unknown",
      resources: [entry(["api.example"], "HTTP"), rule(unknownHere)],
      path: "spec.trafficPolicy.tls.mode",
    },
    {
      kind: "absent",
      says: "nothing",
      expect: "pass",
      resources: [istioObject(istioTypes.serviceEntry, {})],
    },
  ],
};

/** Whether the proxy encrypts calls to the only host of the entry. */
function encrypts(rule: PlannedResource, hosts: readonly string[]): boolean {
  const spec = rule.inputs.at("spec");
  if (!hosts.every((host) => host === spec.at("host").text())) return false;
  const policy = spec.at("trafficPolicy");
  const modes = [policy, ...entriesOf(policy.at("portLevelSettings"))].map((one) =>
    one.at("tls", "mode").text(),
  );
  return modes.some((mode) => mode === "SIMPLE" || mode === "MUTUAL");
}

function entry(hosts: Json, protocol: string): ExampleResource {
  const ports = [{ number: 443, name: "api", protocol }];
  return istioObject(istioTypes.serviceEntry, { hosts, ports, location: "MESH_EXTERNAL" });
}

function rule(mode: string): ExampleResource {
  return istioObject(istioTypes.destinationRule, {
    host: "api.example",
    trafficPolicy: { tls: { mode } },
  });
}
