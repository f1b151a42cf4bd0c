/**
 * Resource control policies on an account's roles (AWS Organizations user guide, "Resource control
 * policies (RCPs)": they limit who may act on the account's resources, `sts:AssumeRoleWithWebIdentity`
 * included; the management account is not affected).
 */

import { type Live, type LiveWorld, textAt } from "../live.ts";
import { type Check, every, no, type Reason, unclear } from "../verdict.ts";
import { evaluatePolicy } from "./evaluate.ts";
import { parsePolicy } from "./policy.ts";
import type { Request } from "./request.ts";

const policyToken = "aws:organizations/policy:Policy";
const attachmentToken = "aws:organizations/policyAttachment:PolicyAttachment";
const accountToken = "aws:organizations/account:Account";
const unitToken = "aws:organizations/organizationalUnit:OrganizationalUnit";

const source = "AWS Organizations user guide, Resource control policies (RCPs)";

/** Whether the RCPs of an account let a request to one of its resources through. */
export function controlsAllow(live: LiveWorld, account: string, request: Request): Check {
  const above = placesAbove(live, account);
  return every(
    live.of(attachmentToken).flatMap((attachment) => {
      const target = textAt(attachment.properties, "targetId");
      const policy = controlPolicy(live, textAt(attachment.properties, "policyId"));
      if (policy === undefined) return [];
      if (above.has(target)) return [() => judged(policy, request)];
      return known(live, target) ? [] : [() => openPlace(policy, target, account)];
    }),
  );
}

function controlPolicy(live: LiveWorld, id: string): Live | undefined {
  return live
    .of(policyToken)
    .find((one) => one.id === id && textAt(one.properties, "type") === "RESOURCE_CONTROL_POLICY");
}

/** RCPs only deny: `RCPFullAWSAccess` allows everything and cannot be detached. */
function judged(policy: Live, request: Request): Check {
  const document = parsePolicy(policy.properties["content"]);
  const what = `resource control policy ${textAt(policy.properties, "name")}`;
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

function openPlace(policy: Live, target: string, account: string): Check {
  return unclear({
    stage: `resource control policy ${textAt(policy.properties, "name")}`,
    rule: `attached to ${target}`,
    got: `whether account ${account} lies in it is not told`,
    wanted: "the account's place in the organization",
    source,
  });
}
