/** Istio, "Gateway", ServerTLSSettings: what passes through unopened, no policy of the gateway sees. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { eachServer, gatewayWith, purposeOf } from "../shared/gateway-servers.ts";
import { istioTypes } from "../shared/istio-objects.ts";

export const MS24: Rule = {
  id: "MS24",
  sentence: "TLS passes through east-west gateways only, and out through egress gateways.",
  why: "With AUTO_PASSTHROUGH whoever reaches the gateway names any service of the mesh in his handshake and is connected.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-7", "AC-4"],
  fix: "Terminate TLS at the gateway with SIMPLE or MUTUAL, or move the server to the east-west gateway.",
  subjects: [istioTypes.gateway],
  needs: "resource",
  check: (subject, judge) =>
    eachServer(subject, judge, (server) => {
      const mode = server.at("tls", "mode");
      const text = mode.text() ?? "";
      if (!["PASSTHROUGH", "AUTO_PASSTHROUGH"].includes(text)) return;
      const purpose = purposeOf(subject);
      if (purpose === "east-west" || (purpose === "egress" && text === "PASSTHROUGH")) return;
      judge.fail(mode, "a handshake that goes on to the workload unread");
    }),
  examples: [
    {
      kind: "violating",
      says: "at the way in",
      expect: "fail",
      resources: [gatewayWith({ tls: { mode: "AUTO_PASSTHROUGH" } })],
      path: "spec.servers[0].tls.mode",
    },
    {
      kind: "violating",
      says: "any service, at the way out",
      expect: "fail",
      resources: [gatewayWith({ tls: { mode: "AUTO_PASSTHROUGH" } }, "egressgateway")],
    },
    {
      kind: "clean",
      says: "between networks",
      expect: "pass",
      resources: [gatewayWith({ tls: { mode: "AUTO_PASSTHROUGH" } }, "eastwestgateway")],
    },
    {
      kind: "unknown",
      says: "the mode is not known",
      expect: "unknown",
      resources: [gatewayWith({ tls: { mode: unknownHere } })],
      path: "spec.servers[0].tls.mode",
    },
    { kind: "absent", says: "no TLS", expect: "pass", resources: [gatewayWith({})] },
  ],
};
