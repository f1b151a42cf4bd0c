/**
 * Microsoft Entra (Microsoft identity platform, "Access token claims reference" and "Access tokens":
 * the issuer differs with the version of the token).
 */

import { claim, type Issuer } from "./issuer.ts";

/** The audience of Azure Resource Manager. */
export const resourceManager = "https://management.azure.com/";
/** The tenant of a world that names none. */
export const usualTenant = "00000000-0000-4000-8000-00000000aaaa";

/** A tenant as issuer of tokens of version 1 or 2. */
export function entra(tenant: string, version: 1 | 2): Issuer {
  const id = tenant === "" ? usualTenant : tenant;
  const prefix = version === 1 ? "entra-v1" : "entra";
  return {
    name: tenant === "" ? prefix : `${prefix}/${tenant}`,
    url:
      version === 1
        ? `https://sts.windows.net/${id}/`
        : `https://login.microsoftonline.com/${id}/v2.0`,
    audience: version === 1 ? resourceManager : "api://AzureADTokenExchange",
    lifetimeSeconds: 4200,
    claims: (given) => {
      const object = claim(
        given,
        "oid",
        claim(given, "sub", "11111111-1111-4111-8111-111111111111"),
      );
      return { sub: object, oid: object, tid: id, idtyp: "app", ver: `${version}.0` };
    },
  };
}
