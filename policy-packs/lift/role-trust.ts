/** The trust policy of a planned AWS role. */
import type { Statement } from "../../model/identity/aws/document.ts";
import { parseDocument } from "../../model/identity/aws/document.ts";
import { coversWebIdentity } from "../../model/identity/aws/trust-policy.ts";
import type { Json, PlannedResource, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";

/** Canonical type of roles. */
export const roleType = "aws:iam/role:Role";
/** GitHub's issuer as AWS names the provider. */
export const githubHost = "token.actions.githubusercontent.com";

/** A trust policy that has been read. */
export interface RoleTrust {
  readonly at: View;
  readonly document: Json;
  readonly statements: readonly Statement[];
}

/** The role's trust policy. Throws `Undecided` where it is unknown or no policy document. */
export function roleTrust(role: PlannedResource): RoleTrust {
  const at = role.inputs.at("assumeRolePolicy");
  const document = at.document().plain() ?? null;
  const statements = parseDocument(document);
  if (statements === undefined) throw new Undecided(at.urn, at.path, "unreadable");
  return { at, document, statements };
}

/** Statements that let holders of an OpenID Connect token in. */
export function webIdentityGrants(trust: RoleTrust): readonly Statement[] {
  return trust.statements.filter(
    (statement) =>
      statement.effect === "Allow" &&
      statement.actions.some(coversWebIdentity) &&
      statement.principals.some(({ kind }) => kind === "Federated" || kind === "*"),
  );
}

/** Whether the statement lets GitHub's tokens in. */
export function isForGithub(statement: Statement): boolean {
  return statement.principals.some(({ value }) => value === "*" || value.endsWith(githubHost));
}

const subjectClaims = /:(sub|repository_id|repository_owner_id|namespace_id|project_id)$/;

/** Whether the statement asks who the token is about. */
export function asksForSubject(statement: Statement): boolean {
  return statement.conditions.some(({ key }) => subjectClaims.test(key));
}

/** Condition keys of GitHub's tokens. */
export const githubKeys = { aud: `${githubHost}:aud`, sub: `${githubHost}:sub` } as const;
