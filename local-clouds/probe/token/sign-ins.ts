/** Sign-ins that a presentation of a token was: each target that took it, or refused it for its own reasons. */

import type { JsonObject } from "../../protocol/value.ts";
import type { SignIn } from "../../records/sign-in.ts";
import { textAt, textsAt } from "./live.ts";
import type { ProbeAnswer } from "./probe.ts";
import type { Verdict } from "./verdict.ts";

/** Address of who told none (RFC 5737). */
const somewhere = "192.0.2.1";

/**
 * The sign-ins. A target that does not know the token's issuer or finds another audience was not what the
 * token was meant for: nobody would have presented it there.
 */
export function signInsOf(answer: ProbeAnswer, context: JsonObject, at: Date): readonly SignIn[] {
  return answer.verdicts
    .filter(
      ({ outcome, reason }) =>
        outcome === "becomes" || (outcome === "refused" && !isStranger(reason.stage)),
    )
    .flatMap((verdict) => signInOf(verdict, answer.claims, context, at));
}

function isStranger(stage: string): boolean {
  return /^(issuer|audience|provider|identity provider|token exchange|federated credential)/.test(
    stage,
  );
}

function signInOf(
  verdict: Verdict,
  claims: JsonObject,
  context: JsonObject,
  at: Date,
): readonly SignIn[] {
  const { cloud, id, outcome, reason, identity, as = "" } = verdict;
  const error =
    outcome === "becomes"
      ? undefined
      : { code: "AccessDenied", message: `${reason.stage}: ${reason.rule}, got ${reason.got}` };
  const common = {
    target: id,
    issuer: textAt(claims, "iss"),
    subject: textAt(claims, "sub"),
    audience: textsAt(claims, "aud").join(","),
    at,
    error,
    sourceIp: textAt(context, "ip") || somewhere,
  };
  const caller = {
    name: as || id,
    uniqueId: "",
    session: textAt(context, "sessionName") || "session",
    groups: [],
  };
  switch (cloud) {
    case "aws": {
      const account = id.split(":")[4] ?? "";
      const region = textAt(context, "region") || "us-east-1";
      return [
        { ...common, cloud, account, region, caller: { ...caller, kind: "role", id, account } },
      ];
    }
    case "azure": {
      const tenant = identity?.also[0] ?? /tenant (\S+)/.exec(id)?.[1] ?? "";
      const kinds: Readonly<Record<string, string>> = {
        "azure-user": "user",
        "azure-application": "service principal",
      };
      const kind =
        kinds[identity?.kind ?? ""] ??
        (verdict.kind === "application" ? "service principal" : "managed identity");
      const who = { ...caller, kind, id: identity?.id ?? textAt(claims, "oid"), account: tenant };
      return [{ ...common, cloud: "entra", account: tenant, region: "", caller: who }];
    }
    case "gcp": {
      const project = projectOf(id);
      const kind = verdict.kind === "service account" ? "service account" : "principal";
      return [
        {
          ...common,
          cloud,
          account: project,
          region: "",
          caller: { ...caller, kind, id: identity?.id ?? id, account: project },
        },
      ];
    }
    default:
      // An API server logs requests, not sign-ins (Kubernetes docs, "Auditing").
      return [];
  }
}

/** A pool's provider names its project by its number, a service account by its address. */
function projectOf(id: string): string {
  return (
    /@([^.]+)\.iam\.gserviceaccount\.com$/.exec(id)?.[1] ??
    /projects\/([^/]+)\//.exec(id)?.[1] ??
    ""
  );
}
