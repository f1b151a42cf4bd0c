/** Istio, "RequestAuthentication": a request without any token is accepted, as nobody's. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { isEmpty } from "../../lift/entries.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { istioObject, istioTypes } from "../shared/istio-objects.ts";
import { someOf } from "../shared/some-of.ts";
import { asksForToken, holdsFor, policiesBeside } from "../shared/token-policies.ts";

export const MS13: Rule = {
  id: "MS13",
  sentence: "A token is asked for, not only checked.",
  why: "Who has no valid token simply sends none, and is let through.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "IA-2"],
  fix: "Plan an AuthorizationPolicy for the same workloads that allows by requestPrincipals, or denies where notRequestPrincipals is *.",
  subjects: [istioTypes.requestAuthentication],
  needs: "plan",
  check: (subject, judge, plan) => {
    const checked = subject.inputs.at("spec", "jwtRules");
    if (isEmpty(checked)) return judge.notApplicable("no token is checked");
    const asked = someOf(
      judge,
      policiesBeside(subject, plan),
      (one) => holdsFor(one, subject) && asksForToken(one),
    );
    if (asked !== "no") return;
    judge.fail(checked, "a request without an Authorization header");
  },
  examples: [
    {
      kind: "violating",
      says: "nothing asks for it",
      expect: "fail",
      resources: [authentication()],
      path: "spec.jwtRules",
    },
    {
      kind: "violating",
      says: "it is asked of other workloads",
      expect: "fail",
      resources: [
        authentication(),
        policy({ ...demand("*"), selector: { matchLabels: { app: "other" } } }),
      ],
    },
    {
      kind: "clean",
      says: "allowed with a token",
      expect: "pass",
      resources: [authentication(), policy(demand("*"))],
    },
    {
      kind: "clean",
      says: "denied without one",
      expect: "pass",
      resources: [
        authentication(),
        policy({
          action: "DENY",
          rules: [{ from: [{ source: { notRequestPrincipals: ["*"] } }] }],
        }),
      ],
    },
    {
      kind: "unknown",
      says: "what is asked is not known",
      expect: "unknown",
      resources: [authentication(), policy({ rules: unknownHere })],
      path: "spec.rules",
    },
    {
      kind: "absent",
      says: "no token is checked",
      expect: "not-applicable",
      resources: [istioObject(istioTypes.requestAuthentication, {})],
    },
  ],
};

function authentication(): ExampleResource {
  const jwtRules = [{ issuer: "https://login.example" }];
  const selector = { matchLabels: { app: "web" } };
  return istioObject(istioTypes.requestAuthentication, { selector, jwtRules });
}

function policy(spec: Json): ExampleResource {
  return istioObject(kubernetesTypes.authorizationPolicy, spec);
}

function demand(principal: string) {
  return { rules: [{ from: [{ source: { requestPrincipals: [principal] } }] }] };
}
