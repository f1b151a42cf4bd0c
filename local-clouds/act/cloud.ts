/** Which cloud an action is of, and who acts there. */

import { BadRequest } from "../lifecycle/bad-request.ts";
import type { Clouds } from "../lifecycle/session.ts";
import { parseJwt } from "../probe/token/jwt.ts";
import { clustersOfObject } from "../probe/token/kubernetes/aks-access.ts";
import { clustersOfRole } from "../probe/token/kubernetes/eks-access.ts";
import { clustersOfPrincipal } from "../probe/token/kubernetes/gke-access.ts";
import { type LiveWorld, textAt } from "../probe/token/live.ts";
import { probeToken } from "../probe/token/probe.ts";
import type { Identity, Verdict } from "../probe/token/verdict.ts";
import type { LogCloud } from "../records/call.ts";
import type { Acting } from "./acting.ts";
import { actInAws } from "./aws/act.ts";
import { awsActor } from "./aws/actor.ts";
import { actInAzure } from "./azure/act.ts";
import { azureActor } from "./azure/actor.ts";
import { actInGcp } from "./gcp/act.ts";
import { gcpActor } from "./gcp/actor.ts";
import { actInKubernetes } from "./kubernetes/act.ts";
import { type KubernetesActor, kubernetesActor, kubernetesSubject } from "./kubernetes/actor.ts";
import type { Question } from "./question.ts";

/** A compact JSON Web Token (RFC 7519). */
const tokenPattern = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** How each cloud writes its actions. */
const patterns: Readonly<Record<LogCloud, RegExp>> = {
  entra: /^microsoft\.directory\/[\w./-]+$/,
  azure: /^Microsoft\.\w+\/[\w./-]+$/i,
  kubernetes: /^[a-z][\w.-]*(\/[a-z]+)* [a-z]+$/,
  aws: /^[a-z][\w-]*:[A-Z]\w*$/,
  gcp: /^[a-z]\w*(\.\w+){2,}$/,
};

const examples =
  "sts:AssumeRole, Microsoft.KeyVault/vaults/secrets/getSecret/action, storage.objects.get, " +
  '"secrets get", microsoft.directory/users/disable';

/** The cloud whose words an action is in; throws `BadRequest` for words of none. */
export function cloudOf(action: string): LogCloud {
  const found = (Object.keys(patterns) as LogCloud[]).find((cloud) => patterns[cloud].test(action));
  if (found !== undefined) return found;
  throw new BadRequest(`${action} is no action as a cloud writes it: ${examples}`);
}

/** Looks at an action; nothing is changed yet. */
export function actingOf(clouds: Clouds, live: LiveWorld, question: Question, at: Date): Acting {
  const cloud = cloudOf(question.action);
  const nowSeconds = Math.floor(at.getTime() / 1000);
  const identity = tokenPattern.test(question.as)
    ? identityOf(clouds, cloud, question, at)
    : undefined;
  const name = identity?.id ?? question.as;
  switch (cloud) {
    case "aws":
      return ofToken(actInAws(live, awsActor(live, name), question, nowSeconds), question.as);
    case "azure":
    case "entra":
      return actInAzure(live, azureActor(live, name), cloud, question, at);
    case "gcp":
      return actInGcp(live, gcpActor(name, identity?.also ?? []), question, nowSeconds);
    case "kubernetes":
      return actInKubernetes(live, subjectOf(live, identity, question, nowSeconds), question);
  }
}

/** A session that a token made is told with its provider. */
function ofToken(acting: Acting, as: string): Acting {
  const token = tokenPattern.test(as) ? parseJwt(as) : "";
  if (typeof token === "string") return acting;
  const host = textAt(token.claims, "iss").replace(/^https:\/\//, "");
  const federatedProvider = `arn:aws:iam::${acting.caller.account}:oidc-provider/${host}`;
  return { ...acting, caller: { ...acting.caller, federatedProvider } };
}

/** A user of a cluster: named as such, become by a token, or a principal of a cloud that the cluster lets in. */
function subjectOf(
  live: LiveWorld,
  identity: Identity | undefined,
  { as, to }: Question,
  nowSeconds: number,
): KubernetesActor {
  if (identity !== undefined) return kubernetesSubject(live, identity.id, identity.also);
  if (/^(kubernetes|system):/.test(as)) return kubernetesActor(live, as);
  const found = letIn(live, as, nowSeconds).flatMap(({ identity: user, outcome }) =>
    outcome === "becomes" && user !== undefined && user.id.split(" ")[0]?.endsWith(to) === true
      ? [user]
      : [],
  );
  const [first, ...others] = found;
  if (first === undefined) throw new BadRequest(`no cluster lets ${as} in`);
  if (others.length === 0) return kubernetesSubject(live, first.id, first.also);
  const ids = found.map(({ id }) => id).join(", ");
  throw new BadRequest(`several clusters let ${as} in: ${ids}; name one with --to`);
}

/** What a cloud's principal is in the clusters of its cloud. */
function letIn(live: LiveWorld, as: string, nowSeconds: number): readonly Verdict[] {
  if (as.startsWith("arn:")) return clustersOfRole(live, awsActor(live, as).arn);
  if (/^(user|serviceAccount|principal(Set)?):|\.gserviceaccount\.com$/.test(as)) {
    const principal = gcpActor(as, []);
    const address = principal.name.replace(/^\w+:/, "");
    return clustersOfPrincipal(live, principal, address, nowSeconds);
  }
  return clustersOfObject(live, azureActor(live, as).objectId);
}

const kinds: Readonly<Record<LogCloud, readonly Identity["kind"][]>> = {
  aws: ["aws-role"],
  azure: ["azure-identity", "azure-application", "azure-user"],
  entra: ["azure-identity", "azure-application", "azure-user"],
  gcp: ["gcp-principal", "gcp-service-account"],
  kubernetes: ["kubernetes-user"],
};

/** What a token becomes in a cloud; throws `BadRequest` if that is nothing, or several things. */
function identityOf(clouds: Clouds, cloud: LogCloud, question: Question, at: Date): Identity {
  const { as: token, context, to } = question;
  const { verdicts } = probeToken(clouds.world, at.getTime(), { token, context });
  const found = verdicts.flatMap(({ identity, outcome, id }) =>
    outcome === "becomes" && identity !== undefined && kinds[cloud].includes(identity.kind)
      ? id.endsWith(to) || identity.id.endsWith(to)
        ? [identity]
        : []
      : [],
  );
  const [first, ...others] = found;
  if (first === undefined) {
    throw new BadRequest(`the token becomes nothing in ${cloud}: clouds probe token says why`);
  }
  if (others.length === 0) return first;
  const ids = found.map(({ id }) => id).join(", ");
  throw new BadRequest(`the token becomes several: ${ids}; name one with --to`);
}
