/** Global context keys of requests to AWS STS (IAM user guide, "AWS global condition context keys"). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import { objectAt, textAt } from "../live.ts";
import { type Known, value } from "./request.ts";

/** Keys that only requests of signed-in principals carry; a web identity is none yet. */
const ofPrincipals: readonly RegExp[] = [
  /^aws:principal/,
  /^aws:multifactorauth/,
  /^aws:tokenissuetime$/,
  /^aws:user(id|name)$/,
  /^aws:ec2instancesource/,
  /^aws:calledvia/,
  /^aws:sourceidentity$/,
  /^sts:externalid$/,
  /^saml:/,
];

/** What the world tells of a request for a role. */
export interface Circumstances {
  readonly nowSeconds: number;
  /** `ip`, `region`, `sessionName`, `vpce` where somebody told them. */
  readonly context: JsonObject;
  /** The role that is asked for, as it is deployed. */
  readonly role: JsonObject;
  /** Account of the role. */
  readonly account: string;
  /** The caller has signed in with AWS credentials. */
  readonly signed: boolean;
}

/** A global key; `undefined` for what is no global key. */
export function globalKey(now: Circumstances, key: string): Known | undefined {
  const date = new Date(now.nowSeconds * 1000).toISOString();
  if (key === "aws:currenttime") return value(date);
  if (key === "aws:epochtime") return value(String(now.nowSeconds));
  if (key === "aws:securetransport") return value("true");
  if (key === "aws:viaawsservice") return value("false");
  if (key === "aws:principalisawsservice") return value("false");
  if (key === "aws:resourceaccount") return value(now.account);
  if (key.startsWith("aws:resourcetag/")) return roleTag(now, key.slice("aws:resourcetag/".length));
  if (key.startsWith("iam:resourcetag/")) return roleTag(now, key.slice("iam:resourcetag/".length));
  if (key === "aws:sourceip") return told(now.context["ip"], key);
  if (key === "aws:requestedregion") return told(now.context["region"], key);
  if (key === "sts:rolesessionname") return told(now.context["sessionName"], key);
  if (/^aws:sourcevpc/.test(key)) return told(now.context[key.slice("aws:".length)], key);
  if (!now.signed && ofPrincipals.some((pattern) => pattern.test(key))) return { kind: "absent" };
  if (/^(aws|sts):/.test(key)) return { kind: "open", why: `the value of ${key} is not told` };
  return undefined;
}

/** Keys of tags are not case-sensitive in IAM ("Tagging IAM resources", "Case sensitivity"). */
function roleTag({ role }: Circumstances, name: string): Known {
  const tags = { ...objectAt(role, "tags"), ...objectAt(role, "tagsAll") };
  const found = Object.keys(tags).find((key) => key.toLowerCase() === name);
  return found === undefined ? { kind: "absent" } : value(textAt(tags, found));
}

function told(given: Json | undefined, key: string): Known {
  return typeof given === "string"
    ? value(given)
    : { kind: "open", why: `the value of ${key} is not told` };
}
