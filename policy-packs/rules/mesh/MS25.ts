/** Istio, "Install Multi-Primary on different networks": the east-west gateway hands on mutual TLS only. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { eachServer, gatewayWith, purposeOf } from "../shared/gateway-servers.ts";
import { istioTypes } from "../shared/istio-objects.ts";

const mutual = ["AUTO_PASSTHROUGH", "ISTIO_MUTUAL", "MUTUAL", "PASSTHROUGH"];
const eastWest = "eastwestgateway";

export const MS25: Rule = {
  id: "MS25",
  sentence: "An east-west gateway has only mutual TLS.",
  why: "It stands open to whole networks; a port without the callers' certificates lets all of them into the mesh as nobody.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-7", "SC-8", "IA-9"],
  fix: "Set tls.mode to AUTO_PASSTHROUGH, or ISTIO_MUTUAL, on every server of the gateway.",
  subjects: [istioTypes.gateway],
  needs: "resource",
  check: (subject, judge) => {
    if (purposeOf(subject) !== "east-west") return judge.notApplicable("no east-west gateway");
    eachServer(subject, judge, (server) => {
      const mode = server.at("tls", "mode");
      if (!mutual.includes(mode.text() ?? "")) judge.fail(mode, "a call without a certificate");
    });
  },
  examples: [
    {
      kind: "violating",
      says: "the server's certificate alone",
      expect: "fail",
      resources: [gatewayWith({ tls: { mode: "SIMPLE" } }, eastWest)],
      path: "spec.servers[0].tls.mode",
    },
    {
      kind: "clean",
      says: "handed on unopened",
      expect: "pass",
      resources: [gatewayWith({ tls: { mode: "AUTO_PASSTHROUGH" } }, eastWest)],
    },
    {
      kind: "unknown",
      says: "the mode is not known",
      expect: "unknown",
      resources: [gatewayWith({ tls: { mode: unknownHere } }, eastWest)],
      path: "spec.servers[0].tls.mode",
    },
    { kind: "absent", says: "no TLS", expect: "fail", resources: [gatewayWith({}, eastWest)] },
    {
      kind: "absent",
      says: "another gateway",
      expect: "not-applicable",
      resources: [gatewayWith({})],
    },
  ],
};
