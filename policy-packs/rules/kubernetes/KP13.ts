/** CIS Kubernetes Benchmark, "Prefer using Secrets as files over Secrets as environment variables". */
import { withContainer } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";
import { isGiven, isSecretName } from "../shared/secret-text.ts";

export const KP13 = podRule({
  id: "KP13",
  sentence: "No secret is in the environment.",
  why: "The environment is inherited by every child, printed by crash reports and read from /proc by whoever gets one file of the container.",
  severity: "medium",
  tenets: ["T2", "T5"],
  controls: ["IA-5", "SC-28", "CM-6"],
  fix: "Mount the Secret as a volume, or let the program fetch it with its own identity.",
  eachContainer: ({ spot }, _pod, report) => {
    for (const source of spot.at("envFrom").items()) {
      const secret = source.at("secretRef");
      if (secret.isThere()) report(secret, "every entry of a Secret, in /proc/1/environ");
    }
    for (const variable of spot.at("env").items()) {
      const secret = variable.at("valueFrom", "secretKeyRef");
      if (secret.isThere()) report(secret, "the Secret's value, in /proc/1/environ");
      const value = variable.at("value");
      if (!isSecretName(variable.at("name").view.text() ?? "")) continue;
      if (isGiven(value.view.text() ?? "")) report(value, "the secret itself, in the manifest");
    }
  },
  examples: {
    violating: [
      {
        says: "one entry of a Secret",
        spec: withContainer({
          env: [{ name: "DB", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }],
        }),
        path: "containers[0].env[0].valueFrom.secretKeyRef",
      },
      {
        says: "a whole Secret",
        spec: withContainer({ envFrom: [{ secretRef: { name: "db" } }] }),
        path: "containers[0].envFrom[0].secretRef",
      },
      {
        says: "written out",
        spec: withContainer({ env: [{ name: "DB_PASSWORD", value: "hunter2" }] }),
        path: "containers[0].env[0].value",
      },
    ],
    clean: [
      {
        says: "the path of a file",
        spec: withContainer({ env: [{ name: "DB_PASSWORD", value: "/etc/db/password" }] }),
      },
    ],
    bare: "pass",
  },
});
