/**
 * Google Cloud, "VM metadata" (readable by every process of the machine) and "Configure secrets for
 * services" of Cloud Run: environments and scripts are no place for secrets. A finding names the
 * place and never the secret.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { handedTypes, judgeHanded } from "../shared/handed-values.ts";

const machine = "gcp:compute/instance:Instance";

export const GD32: Rule = {
  id: "GD32",
  sentence: "No machine, service, job or function of Google Cloud is handed a secret in plaintext.",
  why: "Whoever may only describe it reads the secret, as does every state file, log and history on the way.",
  severity: "critical",
  tenets: ["T3", "T6"],
  controls: ["IA-5", "IA-5(7)", "SC-28"],
  fix: "Keep the secret in Secret Manager, name it in valueSource or secretEnvironmentVariables, or let the machine's service account read it.",
  subjects: handedTypes.gcp,
  needs: "plan",
  check: judgeHanded,
  examples: [
    {
      kind: "violating",
      says: "a password in a script",
      expect: "fail",
      resources: alone(machine, { metadataStartupScript: "export DB_PASSWORD=hunter2\n" }),
      path: "metadataStartupScript",
    },
    {
      kind: "violating",
      says: "a password in a script of the metadata",
      expect: "fail",
      resources: alone("gcp:compute/instanceTemplate:InstanceTemplate", {
        metadata: { "startup-script": "export DB_PASSWORD=hunter2\n" },
      }),
    },
    {
      kind: "violating",
      says: "a password in the metadata itself",
      expect: "fail",
      resources: alone("gcp:compute/regionInstanceTemplate:RegionInstanceTemplate", {
        metadata: { db_password: "hunter2" },
      }),
      path: "metadata.db_password",
    },
    {
      kind: "violating",
      says: "a password in the environment of a service",
      expect: "fail",
      resources: service({ name: "DB_PASSWORD", value: "hunter2" }),
      path: "template.containers[0].envs[0].value",
      witness: "run.services.get shows a password",
    },
    {
      kind: "violating",
      says: "a password in the environment of a job",
      expect: "fail",
      resources: alone("gcp:cloudrunv2/job:Job", {
        template: {
          template: { containers: [{ envs: [{ name: "DB_PASSWORD", value: "hunter2" }] }] },
        },
      }),
    },
    {
      kind: "violating",
      says: "a password in the environment of a function",
      expect: "fail",
      resources: alone("gcp:cloudfunctionsv2/function:Function", {
        serviceConfig: { environmentVariables: { DB_PASSWORD: "hunter2" } },
      }),
    },
    {
      kind: "violating",
      says: "a password in the environment of a function's build",
      expect: "fail",
      resources: alone("gcp:cloudfunctions/function:Function", {
        buildEnvironmentVariables: { NPM_PASSWORD: "hunter2" },
      }),
    },
    {
      kind: "clean",
      says: "where the secret is, and settings that are none",
      expect: "pass",
      resources: [
        ...service({ name: "DB_PASSWORD", valueSource: { secretKeyRef: { secret: "db" } } }),
        {
          type: machine,
          name: "bastion",
          props: {
            metadata: { "enable-oslogin": "TRUE", "startup-script": "apt-get install nginx\n" },
          },
        },
      ],
    },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: service({ name: "DB_PASSWORD", value: unknownHere }),
    },
    { kind: "absent", says: "no script", expect: "pass", resources: alone(machine, {}) },
  ],
};

function service(env: Json) {
  return alone("gcp:cloudrunv2/service:Service", { template: { containers: [{ envs: [env] }] } });
}
