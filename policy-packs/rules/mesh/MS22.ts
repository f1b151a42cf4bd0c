/** Istio, "Gateway", ServerTLSSettings: at least TLS 1.2 where nothing is said. */
import { demandRule } from "../shared/flag-rule.ts";
import { istioTypes } from "../shared/istio-objects.ts";

export const MS22 = demandRule({
  id: "MS22",
  sentence: "A gateway speaks TLS 1.2 or newer.",
  why: "With TLS 1.0 and 1.1 whoever stands on the way can weaken the session until he reads it.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-8", "SC-13"],
  fix: "Set tls.minProtocolVersion to TLSV1_2 or TLSV1_3, or take it out.",
  demands: {
    [istioTypes.gateway]: [
      {
        path: ["spec", "servers", "*", "tls", "minProtocolVersion"],
        holds: (value) => !["TLSV1_0", "TLSV1_1"].includes(value ?? ""),
        witness: "a handshake of TLS 1.0 or 1.1",
        good: "TLSV1_2",
        bad: "TLSV1_0",
      },
    ],
  },
  // Clients that know nothing newer do not get through any more.
  remedy: "opt-in",
});
