/** Ways into Kubernetes clusters (Azure Kubernetes Service REST API). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { InvokeCall, InvokeEntry } from "../../../types/invoke.ts";
import type { Neighbour } from "../../../types/resource.ts";
import { clusterCertificate } from "../../cluster-certificate.ts";
import { keyFrom } from "./keys.ts";
import { demand } from "./lookup.ts";

const clusterToken = "azure-native:containerservice:ManagedCluster";

/** With Entra logins the kubeconfig holds no secret; otherwise it holds a token of the cluster's own. */
function userCredentials(call: InvokeCall): JsonObject {
  const cluster = demand(call, clusterToken);
  const entra = cluster.properties["aadProfile"] !== undefined;
  const local = cluster.properties["disableLocalAccounts"] !== true;
  const login = entra || !local ? entraLogin : tokenOf(cluster, "clusterUser");
  return credential("clusterUser", kubeconfig(call, cluster, "clusterUser", login));
}

function adminCredentials(call: InvokeCall): JsonObject {
  const cluster = demand(call, clusterToken);
  if (cluster.properties["disableLocalAccounts"] === true) {
    return call.refuse({
      code: "BadRequest",
      says: "Getting static credential is not allowed because this cluster is set to disable local accounts.",
    });
  }
  const login = tokenOf(cluster, "clusterAdmin");
  return credential("clusterAdmin", kubeconfig(call, cluster, "clusterAdmin", login));
}

function credential(name: string, text: string): JsonObject {
  return { kubeconfigs: [{ name, value: Buffer.from(text).toString("base64") }] };
}

const entraLogin = [
  "    exec:",
  "      apiVersion: client.authentication.k8s.io/v1beta1",
  "      command: kubelogin",
  "      args: [get-token, --login, devicecode, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]",
  "      interactiveMode: IfAvailable",
];

function tokenOf({ id }: Neighbour, user: string): string[] {
  return [`    token: ${keyFrom(id, user, 64).replaceAll(/[^A-Za-z0-9]/g, "")}`];
}

function kubeconfig(
  call: InvokeCall,
  { properties }: Neighbour,
  user: string,
  login: readonly string[],
): string {
  const name = String(properties["name"]);
  const host = String(properties["privateFQDN"] ?? properties["fqdn"]);
  const who = `${user}_${String(call.args["resourceGroupName"])}_${name}`;
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
    `    user: ${who}`,
    `current-context: ${name}`,
    "users:",
    `- name: ${who}`,
    "  user:",
    ...login,
    "",
  ].join("\n");
}

/** The functions about clusters. */
export const clusterInvokes: readonly InvokeEntry[] = [
  {
    token: "azure-native:containerservice:listManagedClusterUserCredentials",
    run: userCredentials,
  },
  {
    token: "azure-native:containerservice:listManagedClusterAdminCredentials",
    run: adminCredentials,
  },
];
