/**
 * Tokens of other issuers that an EKS cluster takes itself (Amazon EKS user guide, "Grant users access
 * to Kubernetes with an external OIDC provider"; Kubernetes docs, "Authenticating", "OpenID Connect Tokens").
 */

import { type Live, type LiveWorld, objectAt, objectsAt, textAt, textsAt } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, every, no, type Reason, yes } from "../verdict.ts";
import type { Cluster } from "./clusters.ts";
import type { Subject } from "./subject.ts";

const configToken = "aws:eks/identityProviderConfig:IdentityProviderConfig";
const source = "Kubernetes docs, Authenticating, OpenID Connect Tokens";

/** The OIDC configurations of a cluster: EKS takes at most one. */
export function externalConfigs(live: LiveWorld, cluster: Cluster): readonly Live[] {
  const { resource } = cluster;
  if (resource?.package !== "aws") return [];
  return live
    .of(configToken)
    .filter(
      (one) =>
        one.account === resource.account &&
        one.region === resource.region &&
        textAt(one.properties, "clusterName") === textAt(resource.properties, "name"),
    );
}

/** Whether a configuration takes a token. */
export function externalAccepted(config: Live, token: Presented): Check {
  const oidc = objectsAt(config.properties, "oidc")[0];
  const client = textAt(oidc, "clientId");
  const issuer = textAt(oidc, "issuerUrl");
  return every([
    () =>
      issuer === token.issuer ? yes : no(reasonOf("issuer", "issuerUrl", token.issuer, issuer)),
    () => algorithmFits(token),
    () => token.signed(source),
    () => token.current(source),
    () =>
      token.audiences.includes(client)
        ? yes
        : no(reasonOf("audience", "clientId", token.audiences.join(", "), client)),
    ...Object.entries(objectAt(oidc, "requiredClaims")).map(
      ([name, wanted]) =>
        () =>
          token.claims[name] === wanted
            ? yes
            : no(
                reasonOf(
                  "required claim",
                  name,
                  String(token.claims[name] ?? "no such claim"),
                  String(wanted),
                ),
              ),
    ),
    () => nameThere(config, token),
  ]);
}

/** `--oidc-signing-algs` is RS256 unless set. */
function algorithmFits(token: Presented): Check {
  if (token.algorithm === "RS256") return yes;
  return no(reasonOf("signature", "signing algorithms", token.algorithm || "no alg", "RS256"));
}

function nameThere(config: Live, token: Presented): Check {
  const name = userClaim(config);
  const value = token.claims[name];
  if (typeof value !== "string") {
    return no(reasonOf("user name", "usernameClaim", `no claim ${name}`, "a text"));
  }
  // "email_verified" must be true where it is there and the name is the e-mail address.
  return name === "email" && token.claims["email_verified"] === false
    ? no(reasonOf("user name", "email_verified", "false", "true"))
    : yes;
}

function userClaim(config: Live): string {
  return textAt(objectsAt(config.properties, "oidc")[0], "usernameClaim") || "sub";
}

/** Who the token is in the cluster: prefixes keep foreign names apart from the cluster's own. */
export function externalSubject(config: Live, token: Presented): Subject {
  const oidc = objectsAt(config.properties, "oidc")[0];
  const claim = userClaim(config);
  const given = textAt(oidc, "usernamePrefix");
  const usual = claim === "email" ? "" : `${token.issuer}#`;
  const prefix = given === "-" ? "" : given || usual;
  const groups = textsAt(token.claims, textAt(oidc, "groupsClaim") || "no groups");
  return {
    user: `${prefix}${textAt(token.claims, claim)}`,
    groups: [
      ...groups.map((group) => `${textAt(oidc, "groupsPrefix")}${group}`),
      "system:authenticated",
    ],
  };
}

function reasonOf(stage: string, rule: string, got: string, wanted: string): Reason {
  return { stage, rule, got, wanted, source };
}
