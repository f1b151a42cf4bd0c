/** How Google Cloud names the calls of the engine: permission, and method where that does not follow from it. */

import { methodOf } from "../gcp/methods.ts";
import type { Operation } from "./deed.ts";
import { gcpRows, usual } from "./gcp-rows.ts";

/** A call: the permission that it needs, and the method. */
export interface GcpCallName {
  readonly permission: string;
  readonly method: string;
}

/** Modules of the SDK whose permissions begin otherwise. */
const families: Readonly<Record<string, string>> = {
  projects: "resourcemanager",
  organizations: "resourcemanager",
  folder: "resourcemanager",
  serviceaccount: "iam",
  serviceAccount: "iam",
  kms: "cloudkms",
  sql: "cloudsql",
  cloudrun: "run",
  cloudrunv2: "run",
  cloudfunctionsv2: "cloudfunctions",
};

/** What a grant on the module's own resource is on: `projects/iAMMember` is on a project. */
const owners: Readonly<Record<string, string>> = {
  projects: "projects",
  organizations: "organizations",
  folder: "folders",
  serviceaccount: "serviceAccounts",
};

/** Grants whose token does not tell what they are on. */
const grantedOn: Readonly<Record<string, string>> = {
  "bigquery:": "bigquery.tables",
  "cloudrun:": "run.services",
  "dns:DnsManagedZone": "dns.managedZones",
  "iap:Web": "iap.web",
  "iap:WebBackendService": "iap.webServices",
};

const places: Readonly<Record<Operation, number>> = { create: 0, update: 1, delete: 2 };

/** The call; `undefined` where the API has none for it. */
export function gcpCallOf(token: string, operation: Operation): GcpCallName | undefined {
  const [, module = "", kind = ""] = /^gcp:([^/]+)\/\w+:(\w+)$/.exec(token) ?? [];
  const family = families[module] ?? module;
  const grant = /^(.*?)(I[aA][mM])(Member|Binding|Policy|AuditConfig)$/.exec(kind);
  if (grant !== null) {
    const base = granted(module, family, grant[1] ?? "");
    return callOf(`${base}.setIamPolicy`);
  }
  const row = gcpRows[`${module}:${kind}`] ?? usual(`${family}.${pluralOf(kind)}`);
  const [call = "-"] = row.split(" ").slice(places[operation]);
  return call === "-" ? undefined : callOf(call);
}

function callOf(text: string): GcpCallName {
  const [permission = "", method = methodOf(permission)] = text.split(">");
  return { permission, method };
}

/** `bucketIAMMember` is on buckets, as its own row or the plural says. */
function granted(module: string, family: string, kind: string): string {
  const known = grantedOn[`${module}:${kind}`];
  if (known !== undefined) return known;
  if (kind === "") return `${family}.${owners[module] ?? module}`;
  const own = gcpRows[`${module}:${kind}`]?.split(" ")[0]?.split(">")[0];
  return own === undefined ? `${family}.${pluralOf(kind)}` : own.slice(0, own.lastIndexOf("."));
}

/** English plurals, with a small first letter. */
function pluralOf(kind: string): string {
  const small = kind.charAt(0).toLowerCase() + kind.slice(1);
  if (/[^aeiou]y$/.test(small)) return `${small.slice(0, -1)}ies`;
  return /(s|x|ch)$/.test(small) ? `${small}es` : `${small}s`;
}
