/** Providers with credentials that do not end with a session. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";

/** Properties by which a provider is given a long-lived secret. */
const staticKeys: Readonly<Record<string, readonly string[]>> = {
  "pulumi:providers:aws": ["accessKey", "secretKey"],
  "pulumi:providers:azure-native": ["clientSecret", "clientCertificatePassword"],
  "pulumi:providers:azuread": ["clientSecret", "clientCertificatePassword"],
  "pulumi:providers:gcp": ["credentials"],
};

export const X06: Rule = {
  id: "X06",
  sentence: "No provider works with a static key.",
  why: "A key in a program's config is in its state, its logs and every machine that runs it, and never ends by itself.",
  severity: "critical",
  tenets: ["T3", "T6"],
  controls: ["IA-5", "AC-2"],
  fix: "Let the pipeline's own identity token be exchanged for a session: web identity, OIDC or workload identity federation.",
  subjects: Object.keys(staticKeys),
  needs: "resource",
  check: (subject, judge) => {
    for (const property of staticKeys[subject.type] ?? []) {
      const view = subject.inputs.at(property);
      if (view.state === "unknown") judge.open(view);
      // The value is a secret: the name of the property is evidence enough.
      if (view.state === "known" && view.text() !== "") {
        judge.fail(view, `calls in the name of the provider by whoever read its ${property}`);
      }
    }
  },
  examples: [
    {
      kind: "violating",
      says: "an access key of AWS",
      expect: "fail",
      resources: alone("pulumi:providers:aws", { region: "eu-central-1", accessKey: "AKIA…" }),
      path: "accessKey",
    },
    {
      kind: "clean",
      says: "a session by web identity",
      expect: "pass",
      resources: alone("pulumi:providers:aws", { assumeRoleWithWebIdentity: "{}" }),
    },
    {
      kind: "unknown",
      says: "whether there is a secret is not known",
      expect: "unknown",
      resources: alone("pulumi:providers:azuread", { clientSecret: unknownHere }),
      path: "clientSecret",
    },
    {
      kind: "absent",
      says: "nothing set",
      expect: "pass",
      resources: alone("pulumi:providers:gcp", {}),
    },
  ],
};
