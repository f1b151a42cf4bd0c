/** Kubernetes, "ConfigMaps": they give no secrecy; more people and programs read them than Secrets. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { holdsSecret, isGiven, isSecretName } from "../shared/secret-text.ts";

const type = "kubernetes:core/v1:ConfigMap";

export const KP24: Rule = {
  id: "KP24",
  sentence: "No ConfigMap holds a secret.",
  why: "Whoever may view the namespace reads it, and so does everybody who sees the program or its state.",
  severity: "high",
  tenets: ["T1", "T6"],
  controls: ["IA-5", "SC-28"],
  fix: "Put the secret into a Secret, mounted as a file, and rotate it.",
  subjects: [type],
  needs: "resource",
  check: (subject, judge) => {
    const data = subject.inputs.at("data");
    for (const key of data.keys()) {
      judge.part(() => {
        const at = data.at(key);
        const text = at.text() ?? "";
        if (!(isSecretName(key) && isGiven(text)) && !holdsSecret(text)) return;
        judge.fail(at, "kubectl get configmap -o yaml");
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "by its name",
      expect: "fail",
      resources: config({ DB_PASSWORD: "hunter2" }),
      path: "data.DB_PASSWORD",
    },
    {
      kind: "violating",
      says: "in a file of settings",
      expect: "fail",
      resources: config({ "app.properties": "user=shop\npassword=hunter2\n" }),
      path: 'data["app.properties"]',
    },
    {
      kind: "violating",
      says: "a private key",
      expect: "fail",
      resources: config({ "tls.pem": "-----BEGIN EC PRIVATE KEY-----\nMHc" }),
    },
    {
      kind: "clean",
      says: "where the secret is",
      expect: "pass",
      resources: config({
        "app.properties": "password={{ vault }}\nsecret: /run/s",
        DB_PASSWORD: "",
      }),
    },
    {
      kind: "unknown",
      says: "the data is not known",
      expect: "unknown",
      resources: config(unknownHere),
      path: "data",
    },
    { kind: "absent", says: "no data", expect: "pass", resources: config(null) },
  ],
};

function config(data: Json) {
  return alone(type, { metadata: { name: "app", namespace: "shop" }, data });
}
