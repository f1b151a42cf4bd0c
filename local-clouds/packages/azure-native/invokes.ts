/** The provider functions of azure-native that the local clouds answer. */

import type { JsonObject } from "../../protocol/value.ts";
import type { InvokeCall, InvokeEntry } from "../../types/invoke.ts";
import type { Neighbour } from "../../types/resource.ts";
import { clusterCertificate } from "../cluster-certificate.ts";

const clusterToken = "azure-native:containerservice:ManagedCluster";

const clientConfig: InvokeEntry = {
  token: "azure-native:authorization:getClientConfig",
  run: ({ scope }) => ({
    clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
    objectId: "00000000-0000-4000-8000-00000000cafe",
    subscriptionId: scope.account,
    tenantId: scope.tenant,
  }),
};

/** Managed Clusters - List Cluster User Credentials: a kubeconfig without secrets, for Entra logins. */
const userCredentials: InvokeEntry = {
  token: "azure-native:containerservice:listManagedClusterUserCredentials",
  run: (call) => {
    const cluster = findCluster(call);
    const kubeconfig = Buffer.from(kubeconfigOf(cluster)).toString("base64");
    return { kubeconfigs: [{ name: "clusterUser", value: kubeconfig }] };
  },
};

function findCluster(call: InvokeCall): Neighbour {
  const group = String(call.args["resourceGroupName"]);
  const name = String(call.args["resourceName"]);
  const path = `/subscriptions/${call.scope.account}/resourceGroups/${group}`;
  const id = `${path}/providers/Microsoft.ContainerService/managedClusters/${name}`;
  const found = call.find(clusterToken, id);
  if (found !== undefined) return found;
  return call.refuse({
    code: "ResourceNotFound",
    says: `The Resource 'Microsoft.ContainerService/managedClusters/${name}' under resource group '${group}' was not found.`,
  });
}

/** Only names and a public certificate: whoever holds it still has to log in. */
function kubeconfigOf(cluster: Neighbour): string {
  const properties: JsonObject = cluster.properties;
  const name = String(properties["name"]);
  const host = String(properties["privateFQDN"] ?? properties["fqdn"]);
  return [
    "apiVersion: v1",
    "kind: Config",
    "clusters:",
    `- name: ${name}`,
    "  cluster:",
    `    certificate-authority-data: ${clusterCertificate}`,
    `    server: https://${host}:443`,
    "contexts:",
    `- name: ${name}`,
    "  context:",
    `    cluster: ${name}`,
    `    user: clusterUser_${name}`,
    `current-context: ${name}`,
    "users:",
    `- name: clusterUser_${name}`,
    "  user:",
    "    exec:",
    "      apiVersion: client.authentication.k8s.io/v1beta1",
    "      command: kubelogin",
    "      args: [get-token, --login, devicecode, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]",
    "      interactiveMode: IfAvailable",
    "",
  ].join("\n");
}

/** Every function of azure-native. */
export const azureNativeInvokes: readonly InvokeEntry[] = [clientConfig, userCredentials];
