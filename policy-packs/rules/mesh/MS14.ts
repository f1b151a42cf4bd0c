/** Istio, "RequestAuthentication", JWTRule: without audiences a token for anybody is good. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { istioObject, istioTypes } from "../shared/istio-objects.ts";
import { someOf } from "../shared/some-of.ts";
import { asksForAudience, holdsFor, policiesBeside } from "../shared/token-policies.ts";

export const MS14: Rule = {
  id: "MS14",
  sentence: "Keys of issuers come by https, and tokens name this audience.",
  why: "Keys fetched in plaintext are whoever's who stands on the way; a token without an audience was perhaps given to another application, which can use it here.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["IA-5", "IA-8", "SC-8", "SC-23"],
  fix: "Set jwksUri and issuer to https, and audiences to the names under which this application gets tokens.",
  subjects: [istioTypes.requestAuthentication],
  needs: "plan",
  check: (subject, judge, plan) => {
    for (const rule of entriesOf(subject.inputs.at("spec", "jwtRules"))) {
      for (const key of ["jwksUri", "issuer"]) {
        judge.part(() => {
          const at = rule.at(key);
          if (/^http:/i.test(at.text() ?? ""))
            judge.fail(at, "a key that somebody on the way put in");
        });
      }
      judge.part(() => {
        const audiences = rule.at("audiences");
        if (!isEmpty(audiences)) return;
        const asked = someOf(
          judge,
          policiesBeside(subject, plan),
          (one) => holdsFor(one, subject) && asksForAudience(one),
        );
        if (asked === "no") judge.fail(audiences, "a token that was given to another application");
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "keys in plaintext",
      expect: "fail",
      resources: [authentication({ jwksUri: "http://login.example/keys", audiences: ["shop"] })],
      path: "spec.jwtRules[0].jwksUri",
    },
    {
      kind: "violating",
      says: "no audience",
      expect: "fail",
      resources: [authentication({ jwksUri: "https://login.example/keys" })],
      path: "spec.jwtRules[0].audiences",
    },
    {
      kind: "clean",
      says: "with both",
      expect: "pass",
      resources: [authentication({ jwksUri: "https://login.example/keys", audiences: ["shop"] })],
    },
    {
      kind: "clean",
      says: "a policy asks for the audience",
      expect: "pass",
      resources: [
        authentication({}),
        policy([{ key: "request.auth.audiences", values: ["shop"] }]),
      ],
    },
    {
      kind: "unknown",
      says: "the audiences are not known",
      expect: "unknown",
      resources: [authentication({ audiences: unknownHere })],
      path: "spec.jwtRules[0].audiences",
    },
    {
      kind: "absent",
      says: "no rules",
      expect: "pass",
      resources: [istioObject(istioTypes.requestAuthentication, {})],
    },
  ],
};

function authentication(rule: { readonly [key: string]: Json }): ExampleResource {
  const jwtRules = [{ issuer: "https://login.example", ...rule }];
  return istioObject(istioTypes.requestAuthentication, { jwtRules });
}

function policy(when: Json): ExampleResource {
  return istioObject(kubernetesTypes.authorizationPolicy, { rules: [{ when }] });
}
