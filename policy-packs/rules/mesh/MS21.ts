/** Istio, "Gateway": `tls.httpsRedirect` answers every request in plaintext with 301. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { eachServer, gatewayWith } from "../shared/gateway-servers.ts";
import { istioTypes } from "../shared/istio-objects.ts";

const port = { number: 80, name: "http", protocol: "HTTP" };
const hosts = ["shop.example"];

export const MS21: Rule = {
  id: "MS21",
  sentence: "A gateway's HTTP redirects.",
  why: "Whoever listens between the visitor and the gateway reads what he sends, his session too.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8"],
  fix: "Set tls.httpsRedirect to true on the server, or take the server out.",
  subjects: [istioTypes.gateway],
  needs: "resource",
  check: (subject, judge) =>
    eachServer(subject, judge, (server) => {
      const protocol = server.at("port", "protocol");
      if (!["HTTP", "HTTP2", "GRPC"].includes((protocol.text() ?? "").toUpperCase())) return;
      const redirect = server.at("tls", "httpsRedirect");
      if (redirect.flag() !== true) judge.fail(redirect, "a request in plaintext that is served");
    }),
  examples: [
    {
      kind: "violating",
      says: "served as it comes",
      expect: "fail",
      resources: [gatewayWith({ port, hosts })],
      path: "spec.servers[0].tls.httpsRedirect",
    },
    {
      kind: "clean",
      says: "redirected",
      expect: "pass",
      resources: [gatewayWith({ port, hosts, tls: { httpsRedirect: true } })],
    },
    {
      kind: "unknown",
      says: "the protocol is not known",
      expect: "unknown",
      resources: [gatewayWith({ port: { ...port, protocol: unknownHere }, hosts })],
    },
    { kind: "absent", says: "no port", expect: "pass", resources: [gatewayWith({ hosts })] },
  ],
};
