/**
 * What an organization's policies leave to an account (AWS Organizations user guide): resource control
 * policies limit who may act on the account's resources, `sts:AssumeRoleWithWebIdentity` included,
 * service control policies what the account's own principals may do; neither affects the management
 * account.
 */

import { type Live, type LiveWorld, textAt } from "../live.ts";
import { type Check, every, no, type Reason, unclear, yes } from "../verdict.ts";
import { evaluatePolicy } from "./evaluate.ts";
import { parsePolicy } from "./policy.ts";
import type { Request } from "./request.ts";

const policyToken = "aws:organizations/policy:Policy";
const attachmentToken = "aws:organizations/policyAttachment:PolicyAttachment";
const accountToken = "aws:organizations/account:Account";
const unitToken = "aws:organizations/organizationalUnit:OrganizationalUnit";

const organizationToken = "aws:organizations/organization:Organization";

/** The two kinds of policies that only limit. */
export type Control = "RESOURCE_CONTROL_POLICY" | "SERVICE_CONTROL_POLICY";

const names: Readonly<Record<Control, string>> = {
  RESOURCE_CONTROL_POLICY: "resource control policy",
  SERVICE_CONTROL_POLICY: "service control policy",
};
const sources: Readonly<Record<Control, string>> = {
  RESOURCE_CONTROL_POLICY: "AWS Organizations user guide, Resource control policies (RCPs)",
  SERVICE_CONTROL_POLICY: "AWS Organizations user guide, Service control policies (SCPs)",
};

/** Whether the control policies of an account let a request by or to it through. */
export function controlsAllow(
  live: LiveWorld,
  account: string,
  request: Request,
  control: Control = "RESOURCE_CONTROL_POLICY",
): Check {
  const manages = live
    .of(organizationToken)
    .some(({ properties }) => textAt(properties, "masterAccountId") === account);
  if (manages) return yes;
  const above = placesAbove(live, account);
  return every(
    live.of(attachmentToken).flatMap((attachment) => {
      const target = textAt(attachment.properties, "targetId");
      const policy = controlPolicy(live, control, textAt(attachment.properties, "policyId"));
      if (policy === undefined) return [];
      if (above.has(target)) return [() => judged(policy, control, request)];
      return known(live, target) ? [] : [() => openPlace(policy, control, target, account)];
    }),
  );
}

/** A policy without type is a service control policy (AWS Organizations API reference, "CreatePolicy"). */
function controlPolicy(live: LiveWorld, control: Control, id: string): Live | undefined {
  return live
    .of(policyToken)
    .find(
      (one) =>
        one.id === id && (textAt(one.properties, "type") || "SERVICE_CONTROL_POLICY") === control,
    );
}

/**
 * They only deny here: `RCPFullAWSAccess` allows everything and cannot be detached, and whether
 * somebody detached `FullAWSAccess` from an account, only a list of allowed things would tell.
 */
function judged(policy: Live, control: Control, request: Request): Check {
  const document = parsePolicy(policy.properties["content"]);
  const what = `${names[control]} ${textAt(policy.properties, "name")}`;
  const source = sources[control];
  const reason: Reason = { stage: what, rule: "content", got: "no policy", wanted: "JSON", source };
  if (document === undefined) return unclear(reason);
  const full = parsePolicy(
    JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Principal: "*", Resource: "*" } }),
  );
  const statements = [...document.statements, ...(full?.statements ?? [])];
  const answer = evaluatePolicy({ ...document, statements }, request, what);
  return answer.says === "no" ? no({ ...answer.reason, source }) : answer;
}

/** The account and every unit and root it lies in, as far as the world tells. */
function placesAbove(live: LiveWorld, account: string): ReadonlySet<string> {
  const places = new Set([account]);
  let here = parentOf(live, account);
  while (here !== "" && !places.has(here)) {
    places.add(here);
    here = parentOf(live, here);
  }
  return places;
}

function parentOf(live: LiveWorld, id: string): string {
  const found = live.of(accountToken, unitToken).find((one) => one.id === id);
  return textAt(found?.properties, "parentId");
}

/** Whether the world tells where a target lies in relation to all accounts: it is itself an account. */
function known(live: LiveWorld, target: string): boolean {
  return /^\d{12}$/.test(target) || live.of(unitToken).some(({ id }) => id === target);
}

function openPlace(policy: Live, control: Control, target: string, account: string): Check {
  return unclear({
    stage: `${names[control]} ${textAt(policy.properties, "name")}`,
    rule: `attached to ${target}`,
    got: `whether account ${account} lies in it is not told`,
    wanted: "the account's place in the organization",
    source: sources[control],
  });
}
