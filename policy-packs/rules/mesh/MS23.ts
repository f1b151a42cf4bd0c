/** Istio, "Security Best Practices", "Avoid overly broad hosts configurations". */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { eachServer, gatewayWith } from "../shared/gateway-servers.ts";
import { istioObject, istioTypes } from "../shared/istio-objects.ts";

export const MS23: Rule = {
  id: "MS23",
  sentence: "No gateway or route serves every host.",
  why: "What is meant for one name is reached under every other, past policies and certificates that name hosts.",
  severity: "medium",
  tenets: ["T2", "T6"],
  controls: ["SC-7", "AC-4"],
  fix: "Name the hosts that are served.",
  subjects: [istioTypes.gateway, istioTypes.virtualService],
  needs: "resource",
  check: (subject, judge) => {
    const judgeHosts = (hosts: View) => {
      for (const host of entriesOf(hosts)) {
        judge.part(() => {
          // A namespace may stand before the host.
          if (!/^([^/]*\/)?\*$/.test(host.text() ?? "")) return;
          judge.fail(host, "a request with any Host header");
        });
      }
    };
    if (subject.type === istioTypes.virtualService) {
      return judgeHosts(subject.inputs.at("spec", "hosts"));
    }
    eachServer(subject, judge, (server) => {
      // To send every host to its own HTTPS serves nobody.
      if (server.at("tls", "httpsRedirect").flag() !== true) judgeHosts(server.at("hosts"));
    });
  },
  examples: [
    {
      kind: "violating",
      says: "a gateway",
      expect: "fail",
      resources: [gatewayWith({ hosts: ["*"] })],
      path: "spec.servers[0].hosts[0]",
    },
    {
      kind: "violating",
      says: "a route",
      expect: "fail",
      resources: [route(["*"])],
      path: "spec.hosts[0]",
    },
    { kind: "clean", says: "one host", expect: "pass", resources: [route(["shop.example"])] },
    {
      kind: "clean",
      says: "every host, to be redirected",
      expect: "pass",
      resources: [gatewayWith({ hosts: ["*"], tls: { httpsRedirect: true } })],
    },
    {
      kind: "unknown",
      says: "the hosts are not known",
      expect: "unknown",
      resources: [route(unknownHere)],
      path: "spec.hosts",
    },
    { kind: "absent", says: "no hosts", expect: "pass", resources: [gatewayWith({})] },
  ],
};

function route(hosts: Json) {
  return istioObject(istioTypes.virtualService, { hosts });
}
