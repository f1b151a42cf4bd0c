/** Istio, "Trust Domain Migration": `cluster.local` in a principal stands for the mesh's own domain. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { kubernetesTypes, sameCluster } from "../../lift/kubernetes.ts";
import { eachAllowRule } from "../shared/authorization-rules.ts";
import { chartOf, controlPlane, istioObject, trustDomainsOf } from "../shared/istio-objects.ts";

export const MS12: Rule = {
  id: "MS12",
  sentence: "No principal of a foreign trust domain is admitted.",
  why: "Whoever runs the other domain gives its names to whom he likes, and the policy believes them.",
  severity: "high",
  tenets: ["T4", "T6"],
  controls: ["AC-3", "IA-8", "IA-9"],
  fix: "Name principals of the mesh's own domain, or list the other one in the control plane's meshConfig.trustDomainAliases.",
  subjects: [kubernetesTypes.authorizationPolicy],
  needs: "plan",
  check: (subject, judge, plan) => {
    const planes = sameCluster(plan, subject, kubernetesTypes.release).filter(
      (one) => chartOf(one) === "istiod",
    );
    const [plane] = planes;
    if (plane === undefined) return judge.notApplicable("the mesh's domain is not planned here");
    const own = trustDomainsOf(plane);
    eachAllowRule(subject, judge, (rule) => {
      for (const entry of entriesOf(rule.at("from"))) {
        const source = entry.at("source");
        for (const at of entriesOf(source.at("principals"))) {
          judge.part(() => {
            const [domain = ""] = (at.text() ?? "").split("/");
            if (!domain.includes("*") && !own.includes(domain)) tell(at, domain);
          });
        }
        for (const at of entriesOf(source.at("trustDomains"))) {
          judge.part(() => {
            const domain = at.text() ?? "";
            if (!own.includes(domain)) tell(at, domain);
          });
        }
      }
    });
    function tell(at: View, domain: string): void {
      judge.fail(at, `a certificate that ${domain} gave to anybody`);
    }
  },
  examples: [
    {
      kind: "violating",
      says: "another domain's",
      expect: "fail",
      resources: [admits("partner.example/ns/shop/sa/web"), plane("mesh.internal")],
      path: "spec.rules[0].from[0].source.principals[0]",
    },
    {
      kind: "clean",
      says: "its own",
      expect: "pass",
      resources: [admits("mesh.internal/ns/shop/sa/web"), plane("mesh.internal")],
    },
    {
      kind: "clean",
      says: "the name that stands for its own",
      expect: "pass",
      resources: [admits("cluster.local/ns/shop/sa/web"), plane("mesh.internal")],
    },
    {
      kind: "unknown",
      says: "the mesh's domain is not known",
      expect: "unknown",
      resources: [admits("mesh.internal/ns/shop/sa/web"), plane(unknownHere)],
      path: "values.meshConfig.trustDomain",
    },
    {
      kind: "absent",
      says: "no control plane here",
      expect: "not-applicable",
      resources: [admits("partner.example/ns/shop/sa/web")],
    },
  ],
};

function admits(principal: string): ExampleResource {
  const rules = [{ from: [{ source: { principals: [principal] } }] }];
  return istioObject(kubernetesTypes.authorizationPolicy, { rules });
}

function plane(trustDomain: Json): ExampleResource {
  return controlPlane({ meshConfig: { trustDomain } });
}
