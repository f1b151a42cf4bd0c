/**
 * AWS as an issuer (IAM user guide, "Federating AWS identities to external services": an account that
 * enables outbound federation gets an issuer of its own; `sub` is the ARN of the caller's role or user).
 */

import type { Live } from "../live.ts";
import { textAt } from "../live.ts";
import { claim, type Issuer } from "./issuer.ts";

/** The type of an account's outbound federation. */
export const outboundToken = "aws:iam/outboundWebIdentityFederation:OutboundWebIdentityFederation";

/** An account's own issuer. */
export function outbound(federation: Live): Issuer {
  const { account, properties } = federation;
  return {
    name: `aws/${account}`,
    url: textAt(properties, "issuerIdentifier"),
    audience: "api://AzureADTokenExchange",
    lifetimeSeconds: 300,
    claims: (given) => {
      const sub = claim(given, "sub", `arn:aws:iam::${account}:role/deployer`);
      return {
        sub,
        jti: "0b8f5e0e-6f7f-4b6e-9c39-2f4c5f0b7d11",
        "https://sts.amazonaws.com/": {
          aws_account: account,
          principal_id: sub,
          original_session_exp: "2030-01-01T00:00:00Z",
        },
      };
    },
  };
}
