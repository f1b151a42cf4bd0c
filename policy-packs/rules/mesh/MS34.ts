/** Istio, "Trust Domain Migration": names of another domain match only where it is an alias. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { chartOf, clusterLocal, controlPlane, trustDomainsOf } from "../shared/istio-objects.ts";
import { someOf } from "../shared/some-of.ts";

export const MS34: Rule = {
  id: "MS34",
  sentence: "Control planes of one mesh share their trust domain.",
  why: "Policies of one cluster do not know the callers of the other; who wants them to work soon admits everybody.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["IA-9", "AC-3"],
  fix: "Set meshConfig.trustDomain alike in all clusters, or list the others under trustDomainAliases.",
  subjects: [kubernetesTypes.release],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (chartOf(subject) !== "istiod") return judge.notApplicable("not a control plane of Istio");
    const mesh = meshOf(subject).text();
    if (mesh === undefined) return judge.notApplicable("a mesh of one cluster");
    const others = plan.ofType(kubernetesTypes.release).filter((one) => one !== subject);
    const stranger = someOf(judge, others, (one) => {
      if (chartOf(one) !== "istiod" || meshOf(one).text() !== mesh) return false;
      const domain = domainOf(one).text() ?? clusterLocal;
      if (domain === (domainOf(subject).text() ?? clusterLocal)) return false;
      // In a policy it stands for the mesh's own domain, and so is no alias of another.
      return domain === clusterLocal || !trustDomainsOf(subject).includes(domain);
    });
    if (stranger === "yes")
      judge.fail(domainOf(subject), "a caller whose name no policy here knows");
  },
  examples: [
    {
      kind: "violating",
      says: "two domains",
      expect: "fail",
      resources: [plane("a", "a.internal"), plane("b", "b.internal")],
      path: "values.meshConfig.trustDomain",
    },
    {
      kind: "clean",
      says: "one domain",
      expect: "pass",
      resources: [plane("a", "a.internal"), plane("b", "a.internal")],
    },
    {
      kind: "clean",
      says: "an alias",
      expect: "pass",
      resources: [
        plane("a", "a.internal", ["b.internal"]),
        plane("b", "b.internal", ["a.internal"]),
      ],
    },
    {
      kind: "unknown",
      says: "the other's domain is not known",
      expect: "unknown",
      resources: [plane("a", "a.internal"), plane("b", unknownHere)],
    },
    {
      kind: "absent",
      says: "a mesh of one cluster",
      expect: "not-applicable",
      resources: [controlPlane({})],
    },
  ],
};

function meshOf(plane: PlannedResource): View {
  return plane.inputs.at("values", "global", "meshID");
}

function domainOf(plane: PlannedResource): View {
  return plane.inputs.at("values", "meshConfig", "trustDomain");
}

function plane(name: string, trustDomain: string, trustDomainAliases: string[] = []) {
  const meshConfig = { trustDomain, trustDomainAliases };
  const release: ExampleResource = controlPlane({ global: { meshID: "shop" }, meshConfig });
  return { ...release, name };
}
