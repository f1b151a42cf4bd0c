/** Functions that find what is in the world, as data sources show it. */

import { isObject, type Json, type JsonObject } from "../../../protocol/value.ts";
import type { InvokeCall, InvokeEntry } from "../../../types/invoke.ts";
import { selfLink } from "../types/common.ts";
import { placeOf } from "./catalogue.ts";
import { projectOf } from "./own.ts";

/** A data source over one type. */
function lookup(
  token: string,
  of: string,
  key: (call: InvokeCall) => string,
  more: (found: JsonObject, call: InvokeCall) => JsonObject = () => ({}),
): InvokeEntry {
  return {
    token,
    run: (call) => {
      const asked = key(call);
      const found = call.find(of, asked);
      if (found === undefined)
        return call.refuse({
          code: "404",
          says: `The resource '${asked}' was not found, notFound`,
        });
      return { ...dataOf(found.properties), id: found.id, ...more(found.properties, call) };
    },
  };
}

/** Properties that are maps and stay what they are. */
const maps: ReadonlySet<string> = new Set([
  "annotations",
  "effectiveAnnotations",
  "effectiveLabels",
  "labels",
  "pulumiLabels",
  "resourceLabels",
  "versionAliases",
]);

/** Data sources show blocks of one as lists, by the plural of their names. */
function dataOf(properties: JsonObject): JsonObject {
  const entries = Object.entries(properties).map(([name, value]): [string, Json] => {
    if (maps.has(name) || (value !== null && !isObject(value))) return [name, value];
    return [pluralOf(name), value === null ? [] : [dataOf(value as JsonObject)]];
  });
  return Object.fromEntries(entries);
}

function pluralOf(name: string): string {
  if (/(ss|us)$/.test(name)) return `${name}es`;
  if (name.endsWith("s")) return name;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

function text(call: InvokeCall, key: string): string {
  const value = call.args[key];
  return typeof value === "string" ? value : "";
}

const underProject = (path: string, argument: string) => (call: InvokeCall) =>
  text(call, argument).includes("/")
    ? text(call, argument)
    : `projects/${projectOf(call)}/${path}/${text(call, argument)}`;

const network = lookup(
  "gcp:compute/getNetwork:getNetwork",
  "gcp:compute/network:Network",
  (call) => text(call, "selfLink") || underProject("global/networks", "name")(call),
  (found, call) => ({
    networkId: Number(found["networkId"] ?? 0),
    subnetworksSelfLinks: call
      .all("gcp:compute/subnetwork:Subnetwork")
      .filter(({ properties }) => properties["network"] === found["selfLink"])
      .map(({ id }) => selfLink(id)),
  }),
);

const subnetwork = lookup(
  "gcp:compute/getSubnetwork:getSubnetwork",
  "gcp:compute/subnetwork:Subnetwork",
  (call) =>
    text(call, "selfLink") ||
    `projects/${projectOf(call)}/regions/${placeOf(call)}/subnetworks/${text(call, "name")}`,
);

/** The newest version of a secret, or the one asked for, with its value. */
const secretVersion: InvokeEntry = {
  token: "gcp:secretmanager/getSecretVersion:getSecretVersion",
  run: (call) => {
    const secret = call.find(
      "gcp:secretmanager/secret:Secret",
      underProject("secrets", "secret")(call),
    );
    const versions = call
      .all("gcp:secretmanager/secretVersion:SecretVersion")
      .filter(({ id }) => id.startsWith(`${String(secret?.properties["name"])}/versions/`))
      .sort((a, b) => Number(b.properties["version"]) - Number(a.properties["version"]));
    const asked = text(call, "version");
    const found =
      asked === "" || asked === "latest"
        ? versions[0]
        : versions.find(({ properties }) => properties["version"] === asked);
    if (secret === undefined || found === undefined) {
      const name = `${underProject("secrets", "secret")(call)}/versions/${asked || "latest"}`;
      return call.refuse({ code: "404", says: `Secret Version [${name}] not found., notFound` });
    }
    return {
      ...found.properties,
      id: found.id,
      project: projectOf(call),
      secret: String(secret.properties["secretId"]),
    };
  },
};

/** The functions. */
export const lookupInvokes: readonly InvokeEntry[] = [
  network,
  subnetwork,
  secretVersion,
  lookup(
    "gcp:container/getCluster:getCluster",
    "gcp:container/cluster:Cluster",
    (call) =>
      `projects/${projectOf(call)}/locations/${text(call, "location") || placeOf(call)}/clusters/${text(call, "name")}`,
  ),
  lookup("gcp:storage/getBucket:getBucket", "gcp:storage/bucket:Bucket", (call) =>
    text(call, "name"),
  ),
  lookup(
    "gcp:secretmanager/getSecret:getSecret",
    "gcp:secretmanager/secret:Secret",
    underProject("secrets", "secretId"),
  ),
  lookup(
    "gcp:kms/getKMSKeyRing:getKMSKeyRing",
    "gcp:kms/keyRing:KeyRing",
    (call) =>
      `projects/${projectOf(call)}/locations/${text(call, "location")}/keyRings/${text(call, "name")}`,
  ),
  lookup(
    "gcp:kms/getKMSCryptoKey:getKMSCryptoKey",
    "gcp:kms/cryptoKey:CryptoKey",
    (call) => `${text(call, "keyRing")}/cryptoKeys/${text(call, "name")}`,
  ),
  lookup(
    "gcp:dns/getManagedZone:getManagedZone",
    "gcp:dns/managedZone:ManagedZone",
    underProject("managedZones", "name"),
  ),
  lookup(
    "gcp:serviceaccount/getAccount:getAccount",
    "gcp:serviceaccount/account:Account",
    (call) => {
      const asked = text(call, "accountId");
      const email = asked.includes("@")
        ? asked.slice(asked.lastIndexOf("/") + 1)
        : `${asked}@${projectOf(call)}.iam.gserviceaccount.com`;
      return `projects/${projectOf(call)}/serviceAccounts/${email}`;
    },
  ),
  lookup(
    "gcp:artifactregistry/getRepository:getRepository",
    "gcp:artifactregistry/repository:Repository",
    (call) =>
      `projects/${projectOf(call)}/locations/${text(call, "location")}/repositories/${text(call, "repositoryId")}`,
  ),
  lookup(
    "gcp:compute/getGlobalAddress:getGlobalAddress",
    "gcp:compute/globalAddress:GlobalAddress",
    underProject("global/addresses", "name"),
  ),
  lookup("gcp:organizations/getFolder:getFolder", "gcp:organizations/folder:Folder", (call) =>
    text(call, "folder").replace(/^(?!folders\/)/, "folders/"),
  ),
];
