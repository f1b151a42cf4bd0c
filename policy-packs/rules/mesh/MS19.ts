/**
 * Istio 1.31, pilot/pkg/networking/core/cluster_tls.go: without `sni` the proxy checks the server's
 * certificate against the name it asked for; once `sni` is set, against `subjectAltNames` alone.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { sameCluster } from "../../lift/kubernetes.ts";
import { istioObject, istioTypes } from "../shared/istio-objects.ts";
import { someOf } from "../shared/some-of.ts";

export const MS19: Rule = {
  id: "MS19",
  sentence: "TLS to the outside says whom it expects.",
  why: "Any server with any certificate of a public authority may answer in the place of the one that is meant.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-8", "SC-23", "IA-9"],
  fix: "Set tls.subjectAltNames to the server's names, or take sni out.",
  subjects: [istioTypes.destinationRule],
  needs: "plan",
  check: (subject, judge, plan) => {
    const spec = subject.inputs.at("spec");
    const host = spec.at("host").text() ?? "";
    const entries = sameCluster(plan, subject, istioTypes.serviceEntry);
    const judgeTls = (tls: View) => {
      if (!["SIMPLE", "MUTUAL"].includes(tls.at("mode").text() ?? "")) return;
      const sni = tls.at("sni");
      if ((sni.text() ?? "") === "" || !isEmpty(tls.at("subjectAltNames"))) return;
      if (someOf(judge, entries, (one) => expects(one, host)) !== "no") return;
      judge.fail(sni, "a server with somebody else's certificate");
    };
    const policies = [spec, ...entriesOf(spec.at("subsets"))].map((one) => one.at("trafficPolicy"));
    for (const policy of policies) {
      judge.part(() => judgeTls(policy.at("tls")));
      judge.part(() => {
        for (const port of entriesOf(policy.at("portLevelSettings"))) {
          judge.part(() => judgeTls(port.at("tls")));
        }
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a name to ask for, and none to check",
      expect: "fail",
      resources: [rule({ mode: "SIMPLE", sni: "api.example" })],
      path: "spec.trafficPolicy.tls.sni",
    },
    {
      kind: "clean",
      says: "a name to check",
      expect: "pass",
      resources: [rule({ mode: "SIMPLE", sni: "api.example", subjectAltNames: ["api.example"] })],
    },
    {
      kind: "clean",
      says: "the service entry has it",
      expect: "pass",
      resources: [rule({ mode: "SIMPLE", sni: "api.example" }), entry(["api.example"])],
    },
    {
      kind: "unknown",
      says: "what the service entry has is not known",
      expect: "unknown",
      resources: [rule({ mode: "SIMPLE", sni: "api.example" }), entry(unknownHere)],
      path: "spec.subjectAltNames",
    },
    {
      kind: "absent",
      says: "neither: the proxy checks the name that was called",
      expect: "pass",
      resources: [rule({ mode: "SIMPLE" })],
    },
  ],
};

function expects(entry: PlannedResource, host: string): boolean {
  const spec = entry.inputs.at("spec");
  if (!entriesOf(spec.at("hosts")).some((one) => one.text() === host)) return false;
  return !isEmpty(spec.at("subjectAltNames"));
}

function rule(tls: Json): ExampleResource {
  return istioObject(istioTypes.destinationRule, { host: "api.example", trafficPolicy: { tls } });
}

function entry(subjectAltNames: Json): ExampleResource {
  return istioObject(istioTypes.serviceEntry, { hosts: ["api.example"], subjectAltNames });
}
