/** Who a record says asked (CloudTrail user guide, "CloudTrail userIdentity element"). */

import { createHash } from "node:crypto";
import type { JsonObject } from "../../protocol/value.ts";
import { type Caller, secondsText } from "../call.ts";
import type { SignIn } from "../sign-in.ts";

/** `userIdentity` of a caller, as the caller's own account is told. */
export function identityOf(caller: Caller, at: Date): JsonObject {
  const { kind, id, name, account, uniqueId } = caller;
  if (kind === "anonymous")
    return { type: "AWSAccount", principalId: "", accountId: "ANONYMOUS_PRINCIPAL" };
  const common = (type: string) => ({
    type,
    principalId: uniqueId || account,
    arn: id,
    accountId: account,
  });
  if (kind === "root") return { ...common("Root"), accessKeyId: keyId("AKIA", id) };
  if (kind !== "role")
    return { ...common("IAMUser"), accessKeyId: keyId("AKIA", id), userName: name };
  return ofSession(caller, { ...common("Role"), userName: name }, at);
}

function ofSession(caller: Caller, sessionIssuer: JsonObject, at: Date): JsonObject {
  const { id, name, account, uniqueId, session, federatedProvider } = caller;
  return {
    type: "AssumedRole",
    principalId: `${uniqueId}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    accountId: account,
    accessKeyId: keyId("ASIA", `${id} ${session}`),
    sessionContext: {
      sessionIssuer,
      ...(federatedProvider === undefined
        ? {}
        : { webIdFederationData: { federatedProvider, attributes: {} } }),
      attributes: { creationDate: secondsText(at), mfaAuthenticated: "false" },
    },
  };
}

/** The same caller, as another account is told whose resource it is: `AWSAccount` ("Example: Cross-account access initiated by another AWS account"). */
export function foreignIdentityOf({ kind, account, uniqueId, session }: Caller): JsonObject {
  const principalId = kind === "role" ? `${uniqueId}:${session}` : uniqueId || account;
  return { type: "AWSAccount", principalId, accountId: account };
}

/** Who presented a token ("Values for AWS STS APIs with SAML and web identity federation"). */
export function webIdentityOf({ issuer, audience, subject, account }: SignIn): JsonObject {
  const provider = `arn:aws:iam::${account}:oidc-provider/${issuer.replace(/^https:\/\//, "")}`;
  return {
    type: "WebIdentityUser",
    principalId: `${provider}:${audience}:${subject}`,
    userName: subject,
    identityProvider: provider,
  };
}

/** Access key ids have twenty characters (IAM API reference, "AccessKey"). */
export function keyId(prefix: "AKIA" | "ASIA", of: string): string {
  return `${prefix}${createHash("sha256").update(of).digest("hex").toUpperCase().slice(0, 16)}`;
}
