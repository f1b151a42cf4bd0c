/**
 * Azure Application Gateway. Microsoft Learn, "Application Gateway TLS policy overview": 20220101
 * where nothing is said; "Redirect overview": a rule serves from a pool or sends clients elsewhere.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import type { Props } from "../shared/alone.ts";
import { alone } from "../shared/alone.ts";
import { isGiven } from "../shared/refers-to.ts";

const type = "azure-native:network:ApplicationGateway";
const oldPolicies = /^AppGwSslPolicy(20150501|20170401)$/i;
const oldVersions = /^TLSv1_[01]$/i;

export const ZD52: Rule = {
  id: "ZD52",
  sentence: "An application gateway serves by TLS 1.2 or newer only, and plain HTTP to redirect.",
  why: "Whoever listens on the way reads what is served, changes it, and takes the cookies.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-13"],
  fix: "Give listeners the protocol Https or their rules a redirectConfiguration, and set sslPolicy.policyName to AppGwSslPolicy20220101 or minProtocolVersion to TLSv1_2.",
  subjects: [type],
  needs: "resource",
  check: ({ inputs }, judge) => {
    for (const listener of entriesOf(inputs.at("httpListeners"))) {
      judge.part(() => {
        if (listener.at("protocol").text()?.toLowerCase() !== "http") return;
        if (servesBy(inputs, listener.at("name").text() ?? "")) {
          judge.fail(listener.at("protocol"), "a request by http:// is served");
        }
      });
    }
    const profiles = entriesOf(inputs.at("sslProfiles")).map((one) => one.at("sslPolicy"));
    for (const policy of [inputs.at("sslPolicy"), ...profiles]) {
      judge.part(() => {
        for (const [key, old] of [
          ["policyName", oldPolicies],
          ["minProtocolVersion", oldVersions],
        ] as const) {
          const value = policy.at(key);
          if (old.test(value.text() ?? ""))
            judge.fail(value, "a client that offers TLS 1.0 or 1.1");
        }
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a pool behind plain HTTP",
      expect: "fail",
      resources: gateway("Http", {}),
      path: "httpListeners[0].protocol",
    },
    {
      kind: "violating",
      says: "an old policy",
      expect: "fail",
      resources: gateway("Https", {}, { policyName: "AppGwSslPolicy20150501" }),
      path: "sslPolicy.policyName",
    },
    {
      kind: "violating",
      says: "a policy of one's own for TLS 1.0",
      expect: "fail",
      resources: gateway("Https", {}, { policyType: "Custom", minProtocolVersion: "TLSv1_0" }),
      path: "sslPolicy.minProtocolVersion",
    },
    {
      kind: "clean",
      says: "HTTPS",
      expect: "pass",
      resources: gateway("Https", {}, { policyName: "AppGwSslPolicy20220101" }),
    },
    {
      kind: "clean",
      says: "HTTP that leads elsewhere",
      expect: "pass",
      resources: gateway("Http", { redirectConfiguration: { id: unknownHere } }),
    },
    {
      kind: "unknown",
      says: "the protocol is not known",
      expect: "unknown",
      resources: gateway(unknownHere, {}),
      path: "httpListeners[0].protocol",
    },
    {
      kind: "absent",
      says: "no policy, which is a new one",
      expect: "pass",
      resources: gateway("Https", {}),
    },
  ],
};

/** Whether a rule answers what that listener takes. */
function servesBy(inputs: View, listener: string): boolean {
  return entriesOf(inputs.at("requestRoutingRules")).some(
    (rule) =>
      !isGiven(rule, "redirectConfiguration", "id") &&
      rule.at("httpListener", "id").text()?.split("/").at(-1) === listener,
  );
}

function gateway(protocol: string | typeof unknownHere, rule: Props, sslPolicy?: Props) {
  return alone(type, {
    httpListeners: [{ name: "web", protocol }],
    requestRoutingRules: [{ httpListener: { id: "gateway/httpListeners/web" }, ...rule }],
    ...(sslPolicy === undefined ? {} : { sslPolicy }),
  });
}
