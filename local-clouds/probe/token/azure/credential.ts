/**
 * One federated credential against a token (Microsoft Entra Workload ID, "Important considerations
 * and restrictions for federated identity credentials"; Microsoft identity platform, "What's new for
 * authentication?", "Federated identity credentials now use case-sensitive matching").
 */

import type { Presented } from "../presented.ts";
import { because, type Check, every, no, type Reason, unclear, yes } from "../verdict.ts";
import { expressionHolds } from "./flexible.ts";
import type { Credential } from "./holders.ts";

/** The page on federated credentials. */
export const considerations =
  "Microsoft Entra Workload ID, Important considerations and restrictions for federated identity credentials";
const caseSensitive =
  "Microsoft identity platform, What's new for authentication?, Federated identity credentials now use case-sensitive matching";

/** Whether a credential takes a token, and how many of its parts did. */
export function credentialTakes(
  credential: Credential,
  token: Presented,
): { readonly check: Check; readonly fitted: number } {
  let fitted = 0;
  const counted = (check: Check) => {
    if (check.says === "yes") fitted++;
    return check;
  };
  const check = every([
    () => counted(issuerFits(credential, token)),
    () => counted(subjectFits(credential, token)),
    () => counted(audienceFits(credential, token)),
  ]);
  if (check.says !== "yes") return { check, fitted };
  return { check: because(admission(credential, token)), fitted };
}

/** Issuers are compared as they are: a slash or a space more is another issuer. */
function issuerFits(credential: Credential, token: Presented): Check {
  if (credential.issuer !== credential.issuer.trim()) {
    return no(
      reasonOf(
        credential,
        "issuer",
        "white space around it, which blocks the exchange",
        token.issuer,
      ),
    );
  }
  return credential.issuer === token.issuer
    ? yes
    : no(reasonOf(credential, "issuer (AADSTS700211)", token.issuer, credential.issuer));
}

/** Subjects match exactly, case included; wildcards are not supported. */
function subjectFits(credential: Credential, token: Presented): Check {
  const { subject, expression, name } = credential;
  if (expression !== "") return expressionHolds(name, expression, token);
  if (subject === token.subject) return yes;
  if (subject.toLowerCase() === token.subject.toLowerCase()) {
    const reason = reasonOf(credential, "subject (AADSTS7002138)", token.subject, subject);
    return no({ ...reason, source: caseSensitive });
  }
  return no(reasonOf(credential, "subject (AADSTS700213)", token.subject, subject));
}

function audienceFits(credential: Credential, token: Presented): Check {
  const wanted = credential.audiences.join(" or ");
  const reason = reasonOf(
    credential,
    "audience (AADSTS700212)",
    token.audiences.join(", "),
    wanted,
  );
  const fits = token.audiences.some((audience) => credential.audiences.includes(audience));
  if (!fits) return no(reason);
  return token.audiences.length === 1 ? yes : unclear({ ...reason, got: `several: ${reason.got}` });
}

function reasonOf({ name }: Credential, part: string, got: string, wanted: string): Reason {
  return {
    stage: part.replace(/ .*/, ""),
    rule: `credential ${name}: ${part}`,
    got,
    wanted,
    source: considerations,
  };
}

function admission(credential: Credential, token: Presented): Reason {
  const { name, issuer, subject, expression } = credential;
  return {
    stage: "federated credential",
    rule: `credential ${name}`,
    got: token.subject,
    wanted: `${issuer} ${expression === "" ? subject : expression}`,
    source: considerations,
  };
}
