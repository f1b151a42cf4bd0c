/** Tokens that an identity of a cloud can get about itself, to present them to other clouds. */

import type { Json } from "../../../protocol/value.ts";
import type { World } from "../../../world/world.ts";
import { ownAllow } from "../aws/assume-role.ts";
import { globalKey } from "../aws/global-keys.ts";
import { controlsAllow } from "../aws/organization.ts";
import { RequestContext, value, values } from "../aws/request.ts";
import { arnOf, roleToken } from "../aws/roles.ts";
import { accountToken, emailOf } from "../gcp/impersonation.ts";
import { outbound, outboundToken } from "../issuers/outbound.ts";
import { at, isList, type Live, type LiveWorld, textAt, textsAt } from "../live.ts";
import { type MintRequest, mint } from "../mint.ts";
import type { Presented } from "../presented.ts";
import type { Identity } from "../verdict.ts";
import { audiencesIn } from "./audiences.ts";

const applicationToken = "azuread:index/application:Application";

/** The tokens of an identity, one for each audience that somebody listens for. */
export function tokensOf(
  world: World,
  live: LiveWorld,
  identity: Identity,
  token: Presented,
): readonly string[] {
  return requestsOf(live, identity, token).map((request) =>
    mint(world, live, token.nowSeconds, request),
  );
}

function requestsOf(live: LiveWorld, identity: Identity, token: Presented): readonly MintRequest[] {
  switch (identity.kind) {
    case "aws-role":
      return outboundRequests(live, identity.id, token);
    case "azure-identity":
    case "azure-application":
      return entraRequests(live, identity.id, identity.also[0] ?? "");
    case "gcp-service-account":
      return googleRequests(live, identity.id);
    default:
      return [];
  }
}

/**
 * AWS outbound federation: the account must have enabled it, and the role's policies must allow
 * `sts:GetWebIdentityToken` for the audience (IAM user guide, "Federating AWS identities to external services").
 */
function outboundRequests(live: LiveWorld, arn: string, token: Presented): readonly MintRequest[] {
  const role = live.of(roleToken).find((one) => arnOf(one) === arn);
  const federation = live.of(outboundToken).find(({ account }) => account === role?.account);
  if (role === undefined || federation === undefined) return [];
  return audiencesIn(live)
    .filter((audience) => mayGet(live, role, audience, token))
    .map((audience) => ({
      issuer: outbound(federation).name,
      claims: { sub: arn },
      audience: [audience],
    }));
}

function mayGet(live: LiveWorld, role: Live, audience: string, token: Presented): boolean {
  const { nowSeconds, context } = token;
  const now = { nowSeconds, context, role: role.properties, account: role.account, signed: true };
  const keys = new RequestContext(
    {
      "sts:IdentityTokenAudience": values([audience]),
      "sts:SigningAlgorithm": value("RS256"),
      "sts:DurationSeconds": value("300"),
    },
    (key) => globalKey(now, key) ?? { kind: "absent" },
  );
  const request = {
    principal: { kind: "AWS", arn: arnOf(role), account: role.account },
    action: "sts:GetWebIdentityToken",
    resource: "*",
    context: keys,
  } as const;
  const checks = [
    controlsAllow(live, role.account, request, "SERVICE_CONTROL_POLICY"),
    ownAllow(live, role, request, false),
  ];
  return checks.every(({ says }) => says === "yes");
}

/**
 * Entra gives an identity a token for the exchange, and for each application of the tenant: of version
 * 1 with the URI that was asked for as audience, of version 2 with the client id (Microsoft identity
 * platform, "Access token claims reference", `aud`).
 */
function entraRequests(live: LiveWorld, objectId: string, tenant: string): readonly MintRequest[] {
  const claims = { sub: objectId, oid: objectId };
  const applications = live
    .of(applicationToken)
    .filter(({ account }) => account === tenant)
    .flatMap(({ properties }): readonly MintRequest[] =>
      isVersion2(properties["api"])
        ? [{ issuer: `entra/${tenant}`, claims, audience: [textAt(properties, "clientId")] }]
        : textsAt(properties, "identifierUris").map((uri) => ({
            issuer: `entra-v1/${tenant}`,
            claims,
            audience: [uri],
          })),
    );
  return [
    { issuer: `entra/${tenant}`, claims, audience: ["api://AzureADTokenExchange"] },
    ...applications,
  ];
}

function isVersion2(api: Json | undefined): boolean {
  const [settings] = isList(api) ? api : [api];
  return at(settings, "requestedAccessTokenVersion") === 2;
}

/** Google signs ID tokens of a service account for any audience (IAM, "Create short-lived credentials", "Create an OpenID Connect ID token"). */
function googleRequests(live: LiveWorld, email: string): readonly MintRequest[] {
  const account = live.of(accountToken).find((one) => emailOf(one) === email);
  const sub = textAt(account?.properties, "uniqueId");
  if (sub === "") return [];
  return audiencesIn(live).map((audience) => ({
    issuer: "google",
    claims: { sub, azp: sub, email },
    audience: [audience],
  }));
}
