/** All issuers of the world, by name. */

import { BadRequest } from "../../../lifecycle/session.ts";
import { tenantsOf } from "../azure/tenants.ts";
import { clustersOf } from "../kubernetes/clusters.ts";
import type { LiveWorld } from "../live.ts";
import { clusterIssuer } from "./clusters.ts";
import { entra } from "./entra.ts";
import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { google } from "./google.ts";
import type { Issuer } from "./issuer.ts";
import { okta, plainIssuer } from "./okta.ts";
import { outbound, outboundToken } from "./outbound.ts";

/** Issuers that are there whatever was deployed. A name may go on after a slash. */
const standing: Readonly<Record<string, (rest: string) => Issuer>> = {
  github,
  gitlab,
  okta,
  entra: (tenant) => entra(tenant, 2),
  "entra-v1": (tenant) => entra(tenant, 1),
  google: () => google,
};

/** The issuer of a name; throws `BadRequest` naming the issuers there are. */
export function issuerNamed(live: LiveWorld, name: string): Issuer {
  if (name.startsWith("https://")) return issuerOfUrl(live, name);
  const [first = "", ...rest] = name.split("/");
  const make = standing[first];
  if (make !== undefined) return make(tenantIn(live, first, rest.join("/")));
  const deployed = deployedIssuers(live);
  const found = deployed.find((issuer) => issuer.name === name);
  if (found !== undefined) return found;
  const names = [...Object.keys(standing), ...deployed.map((issuer) => issuer.name)];
  throw new BadRequest(`no issuer ${name}; there are ${names.join(", ")}, and any https:// URL`);
}

/** Entra without a tenant is the world's only one. */
function tenantIn(live: LiveWorld, name: string, rest: string): string {
  if (!name.startsWith("entra") || rest !== "") return rest;
  const tenants = tenantsOf(live);
  return tenants.size === 1 ? ([...tenants][0] ?? "") : "";
}

function issuerOfUrl(live: LiveWorld, url: string): Issuer {
  const usual = Object.values(standing).map((make) => make(""));
  const known = [...usual, ...deployedIssuers(live)].find((issuer) => issuer.url === url);
  return known ?? plainIssuer(url);
}

/** Clusters, and accounts that federate outward. */
function deployedIssuers(live: LiveWorld): readonly Issuer[] {
  return [
    ...clustersOf(live).map((cluster) => clusterIssuer(live, cluster)),
    ...live.of(outboundToken).map(outbound),
  ];
}
