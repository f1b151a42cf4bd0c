/** A role of AWS that trusts GitHub, for examples. */
import type { Json } from "../../../model/policy/view.ts";
import { githubHost } from "../../lift/role-trust.ts";

/** A GitHub trust as it stands in a role, for examples. */
export function githubTrust(condition: Json): string {
  const provider = `arn:aws:iam::123456789012:oidc-provider/${githubHost}`;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: provider },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition,
      },
    ],
  });
}
