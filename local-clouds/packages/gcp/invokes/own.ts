/** Functions about the provider's own project, identity and policies. */

import { createHash } from "node:crypto";
import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { InvokeCall, InvokeEntry } from "../../../types/invoke.ts";
import { projectNumber } from "../types/common.ts";

/** The project an argument names, or the provider's. */
export function projectOf({ args, scope }: InvokeCall, key = "project"): string {
  const given = args[key];
  return typeof given === "string" && given !== "" ? given : scope.account;
}

/** `google_project`: a project's id, number and place in the organisation. */
const getProject: InvokeEntry = {
  token: "gcp:organizations/getProject:getProject",
  run: (call) => {
    const projectId = projectOf(call, "projectId");
    return {
      id: `projects/${projectId}`,
      projectId,
      name: projectId,
      number: projectNumber(projectId),
      orgId: "123456789012",
      folderId: "",
      billingAccount: "",
      autoCreateNetwork: false,
      deletionPolicy: "PREVENT",
      labels: {},
      effectiveLabels: {},
      pulumiLabels: {},
      tags: {},
    };
  },
};

/** `google_client_config`: what the provider works with; the token opens nothing. */
const getClientConfig: InvokeEntry = {
  token: "gcp:organizations/getClientConfig:getClientConfig",
  run: ({ scope }) => {
    const zone = String(scope.config["zone"] ?? "");
    return {
      id: `projects/${scope.account}/regions/${scope.region}/zones/${zone}`,
      project: scope.account,
      region: scope.region,
      zone,
      accessToken: "local-clouds",
      defaultLabels: {},
    };
  },
};

/** `google_storage_project_service_account`: the agent that encrypts buckets with a project's keys. */
const storageAgent: InvokeEntry = {
  token: "gcp:storage/getProjectServiceAccount:getProjectServiceAccount",
  run: (call) => {
    const project = projectOf(call, "project");
    const emailAddress = `service-${projectNumber(project)}@gs-project-accounts.iam.gserviceaccount.com`;
    return { id: emailAddress, emailAddress, member: `serviceAccount:${emailAddress}`, project };
  },
};

/** `google_compute_default_service_account`: what machines run as that name nobody. */
const defaultAccount: InvokeEntry = {
  token: "gcp:compute/getDefaultServiceAccount:getDefaultServiceAccount",
  run: (call) => {
    const project = projectOf(call);
    const email = `${projectNumber(project)}-compute@developer.gserviceaccount.com`;
    const name = `projects/${project}/serviceAccounts/${email}`;
    return {
      id: name,
      name,
      project,
      email,
      member: `serviceAccount:${email}`,
      displayName: "Compute Engine default service account",
      uniqueId: `1${projectNumber(project)}00000000`,
    };
  },
};

/** `google_client_openid_userinfo`: who the provider is. */
const userInfo: InvokeEntry = {
  token: "gcp:organizations/getClientOpenIdUserInfo:getClientOpenIdUserInfo",
  run: ({ scope }) => {
    const email = `local-clouds@${scope.account}.iam.gserviceaccount.com`;
    return { id: email, email };
  },
};

/** `google_iam_policy`: a policy as text, members in order. */
const iamPolicy: InvokeEntry = {
  token: "gcp:organizations/getIAMPolicy:getIAMPolicy",
  run: ({ args }) => {
    const bindings = listOf(args["bindings"]).map((binding) => ({
      ...(binding["condition"] === undefined ? {} : { condition: binding["condition"] }),
      members: [...(binding["members"] as string[])].sort(),
      role: binding["role"] ?? "",
    }));
    const auditConfigs = listOf(args["auditConfigs"]);
    const policyData = JSON.stringify({
      ...(auditConfigs.length > 0 ? { auditConfigs } : {}),
      bindings,
    });
    const id = createHash("sha256").update(policyData).digest("hex").slice(0, 10);
    return { ...args, id, policyData };
  },
};

/** `google_organization`: the one organisation of the local clouds. */
const organization: InvokeEntry = {
  token: "gcp:organizations/getOrganization:getOrganization",
  run: ({ args, refuse }) => {
    const orgId = "123456789012";
    const asked = args["organization"];
    if (typeof asked === "string" && !asked.endsWith(orgId))
      refuse({ code: "404", says: `Organization not found: ${asked}, notFound` });
    const domain = typeof args["domain"] === "string" ? args["domain"] : "example.com";
    return {
      id: `organizations/${orgId}`,
      name: `organizations/${orgId}`,
      orgId,
      domain,
      directoryCustomerId: "C00000000",
      createTime: "2020-01-01T00:00:00.000Z",
      lifecycleState: "ACTIVE",
    };
  },
};

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as JsonObject[]) : [];
}

/** The functions. */
export const ownInvokes: readonly InvokeEntry[] = [
  getProject,
  getClientConfig,
  storageAgent,
  defaultAccount,
  userInfo,
  iamPolicy,
  organization,
];
