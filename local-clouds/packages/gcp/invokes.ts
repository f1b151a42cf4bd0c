/** The provider functions of GCP that the local clouds answer. */

import type { InvokeCall, InvokeEntry } from "../../types/invoke.ts";
import { projectNumber } from "./types/common.ts";

function projectOf({ args, scope }: InvokeCall, key: string): string {
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
  run: ({ scope }) => ({
    id: `projects/${scope.account}/regions/${scope.region}/zones/`,
    project: scope.account,
    region: scope.region,
    zone: "",
    accessToken: "local-clouds",
    defaultLabels: {},
  }),
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

/** Every function of GCP. */
export const gcpInvokes: readonly InvokeEntry[] = [getProject, getClientConfig, storageAgent];
