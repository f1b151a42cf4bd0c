/** What the engine does, as the calls that its providers send: whose they are, and how their clouds name them. */

import { createHash } from "node:crypto";
import { objectAt, textAt } from "../probe/token/live.ts";
import { type JsonObject, revealObject, type ValueObject } from "../protocol/value.ts";
import type { Call, Caller, LogCloud } from "./call.ts";

/** A resource that the engine makes, changes or removes. */
export interface EngineDeed {
  readonly operation: "create" | "update" | "delete";
  readonly package: string;
  readonly token: string;
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly tenant: string;
  readonly inputs: ValueObject;
  readonly outputs: ValueObject;
  readonly at: Date;
}

/** Packages whose calls some cloud logs. */
const clouds: Readonly<Record<string, LogCloud>> = {
  aws: "aws",
  "azure-native": "azure",
  azuread: "entra",
  gcp: "gcp",
  kubernetes: "kubernetes",
};

/** The engine runs on this machine, which no cloud knows (RFC 5737). */
const engineIp = "192.0.2.10";
const userAgent = "pulumi";

/** The cloud that logs what a package does; `undefined` for those that call none. */
export function logCloudOf(packageName: string): LogCloud | undefined {
  return clouds[packageName];
}

/** The call. Secrets are not in logs: parameters are the names of things, not their contents. */
export function engineCall(cloud: LogCloud, deed: EngineDeed): Call {
  const outputs = revealObject(deed.outputs, deed.id);
  const named = names[cloud](deed, outputs);
  return {
    cloud,
    caller: callerOf(cloud, deed),
    account: deed.account,
    region: deed.region,
    at: deed.at,
    response: {},
    sourceIp: engineIp,
    userAgent,
    ...named,
  };
}

/** The identity that providers answer when they are asked who they are. */
function callerOf(cloud: LogCloud, { account, tenant }: EngineDeed): Caller {
  const uniqueId = `AIDA${hex(`caller ${account}`, 17).toUpperCase()}`;
  const base = { name: "bulkhead", account, uniqueId, session: "", groups: [] };
  switch (cloud) {
    case "aws":
      return { ...base, kind: "user", id: `arn:aws:iam::${account}:user/bulkhead` };
    case "gcp":
      return { ...base, kind: "user", id: "bulkhead@example.com" };
    case "kubernetes":
      return {
        ...base,
        kind: "user",
        id: "kubernetes-admin",
        groups: ["system:masters", "system:authenticated"],
      };
    default:
      return { ...base, kind: "user", id: hex(`caller ${tenant}`, 32), account: tenant };
  }
}

function hex(of: string, length: number): string {
  return createHash("sha256").update(of).digest("hex").slice(0, length);
}

type Named = Pick<Call, "action" | "resource" | "request"> & { readonly grounds?: JsonObject };

const names: Readonly<Record<LogCloud, (deed: EngineDeed, outputs: JsonObject) => Named>> = {
  aws: awsNames,
  azure: azureNames,
  entra: ({ operation, token, id }) => ({
    action: `microsoft.directory/${kindOf(token)}s/${operation}`,
    resource: id,
    request: {},
  }),
  gcp: gcpNames,
  kubernetes: kubernetesNames,
};

function kindOf(token: string): string {
  const kind = token.slice(token.lastIndexOf(":") + 1);
  return kind.charAt(0).toLowerCase() + kind.slice(1);
}

/** Calls whose name does not follow from the type's (IAM, S3 and EC2 API references). */
const awsCalls: Readonly<Record<string, Readonly<Record<EngineDeed["operation"], string>>>> = {
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    create: "AttachRolePolicy",
    update: "AttachRolePolicy",
    delete: "DetachRolePolicy",
  },
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": {
    create: "AttachUserPolicy",
    update: "AttachUserPolicy",
    delete: "DetachUserPolicy",
  },
  "aws:iam/rolePolicy:RolePolicy": {
    create: "PutRolePolicy",
    update: "PutRolePolicy",
    delete: "DeleteRolePolicy",
  },
  "aws:iam/userPolicy:UserPolicy": {
    create: "PutUserPolicy",
    update: "PutUserPolicy",
    delete: "DeleteUserPolicy",
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    create: "PutBucketPolicy",
    update: "PutBucketPolicy",
    delete: "DeleteBucketPolicy",
  },
  "aws:ec2/instance:Instance": {
    create: "RunInstances",
    update: "ModifyInstanceAttribute",
    delete: "TerminateInstances",
  },
  "aws:ec2/flowLog:FlowLog": {
    create: "CreateFlowLogs",
    update: "CreateTags",
    delete: "DeleteFlowLogs",
  },
  "aws:ec2/eip:Eip": {
    create: "AllocateAddress",
    update: "AssociateAddress",
    delete: "ReleaseAddress",
  },
};

/** Modules of the SDK that are not the service's prefix. */
const awsServices: Readonly<Record<string, string>> = {
  ebs: "ec2",
  vpc: "ec2",
  ec2transitgateway: "ec2",
  cloudwatch: "logs",
  lb: "elasticloadbalancing",
  alb: "elasticloadbalancing",
  cfg: "config",
};

function awsNames({ operation, token, id }: EngineDeed, outputs: JsonObject): Named {
  const module = token.split(":")[1]?.split("/")[0] ?? "";
  const kind = token.slice(token.lastIndexOf(":") + 1);
  const verbs = { create: "Create", update: "Update", delete: "Delete" } as const;
  const name = awsCalls[token]?.[operation] ?? `${verbs[operation]}${kind}`;
  const resource = textAt(outputs, "arn") || id;
  const request = textAt(outputs, "name") === "" ? {} : { name: textAt(outputs, "name") };
  return { action: `${awsServices[module] ?? module}:${name}`, resource, request };
}

/** An ARM id says the type; PUT is `write`, DELETE is `delete` (Azure Resource Manager REST API reference). */
function azureNames({ operation, id }: EngineDeed): Named {
  const [, provider = "Microsoft.Resources", rest = ""] = /.*\/providers\/([^/]+)\/(.+)$/i.exec(
    id,
  ) ?? [undefined, undefined, undefined];
  const types = rest.split("/").filter((_part, i) => i % 2 === 0);
  const type = rest === "" ? "subscriptions/resourceGroups" : types.join("/");
  const action = `${provider}/${type}/${operation === "delete" ? "delete" : "write"}`;
  return { action, resource: id, request: {}, grounds: { role: "", scope: "" } };
}

function gcpNames({ operation, token, id }: EngineDeed): Named {
  const module = token.split(":")[1]?.split("/")[0] ?? "";
  const service = gcpServices[module] ?? module;
  const kind = kindOf(token);
  if (/^i[aA][mM]|I[aA][mM](Member|Binding|Policy)$/.test(kind)) {
    return {
      action: `${service}.${gcpPlural[module] ?? `${module}s`}.setIamPolicy`,
      resource: id,
      request: {},
    };
  }
  return {
    action: `${service}.${kind.endsWith("s") ? kind : `${kind}s`}.${operation}`,
    resource: id,
    request: {},
  };
}

/** Modules of the SDK whose permissions begin otherwise. */
const gcpServices: Readonly<Record<string, string>> = {
  projects: "resourcemanager",
  organizations: "resourcemanager",
  folder: "resourcemanager",
  serviceaccount: "iam",
  serviceAccount: "iam",
  kms: "cloudkms",
  sql: "cloudsql",
};
const gcpPlural: Readonly<Record<string, string>> = {
  projects: "projects",
  serviceaccount: "serviceAccounts",
  storage: "buckets",
  secretmanager: "secrets",
};

function kubernetesNames({ operation, token, id }: EngineDeed, outputs: JsonObject): Named {
  const [, api = "core/v1", kind = ""] = token.split(":");
  const [group = "", version = "v1"] = api.split("/");
  const metadata = objectAt(outputs, "metadata");
  const [namespace, name] = [textAt(metadata, "namespace"), textAt(metadata, "name")];
  const resource = pluralOf(kind);
  // The provider applies on the server: an update is a patch (Kubernetes docs, "Server-Side Apply").
  const verb = operation === "update" ? "patch" : operation;
  const grounds = {
    verb,
    group: group === "core" ? "" : group,
    version,
    resource,
    namespace,
    name,
    decision: "allow",
    reason: "",
    cluster: "",
  };
  return { action: `${resource} ${verb}`, resource: id, request: {}, grounds };
}

/** English plurals as API servers form them. */
function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (/(s|x|ch)$/.test(lower)) return lower.endsWith("endpoints") ? lower : `${lower}es`;
  return lower.endsWith("y") && !/[aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}
