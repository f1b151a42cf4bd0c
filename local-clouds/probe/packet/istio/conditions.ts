/**
 * Rules of authorization policies against a caller.
 *
 * Istio, "Authorization Policy", "Rule", "Source", "Operation", "Condition": the fields of one source
 * are all to match, sources are alternatives; texts match exactly, by prefix `a*`, by suffix `*a`, or
 * by presence `*`. Identities are there only with mutual TLS. On ports that carry no HTTP an ALLOW
 * rule with HTTP fields never matches, and a DENY rule loses those fields.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Address, holds } from "../address.ts";
import { objectOf, objectsOf, textOf, textsOf } from "../deployed.ts";

/** What the receiver's proxy knows of a caller. */
export interface Caller {
  /** `TRUST_DOMAIN/ns/NAMESPACE/sa/ACCOUNT`; `undefined` without mutual TLS. */
  readonly principal: string | undefined;
  readonly namespace: string | undefined;
  readonly serviceAccount: string | undefined;
  /** The trust domain of the receiver's cluster, which `cluster.local` stands for. */
  readonly trustDomain: string;
  readonly address: Address | undefined;
  readonly port: number;
  /** Whether the port carries HTTP; `undefined` where nothing says. */
  readonly http: boolean | undefined;
}

/** Whether a rule matches the connection, only some of its requests, or something not in this world. */
export type RuleMatch = "yes" | "some requests" | "no" | "unknown";

/** Fields that only HTTP requests have. */
const httpFields = {
  source: ["requestPrincipals", "notRequestPrincipals", "remoteIpBlocks", "notRemoteIpBlocks"],
  operation: ["hosts", "notHosts", "methods", "notMethods", "paths", "notPaths"],
};

/** Whether a rule of a policy with an action, in a namespace, matches a caller. */
export function matchRule(
  rule: JsonObject,
  action: string,
  namespace: string,
  caller: Caller,
): RuleMatch {
  const parts = [
    alternatives(
      objectsOf(rule, "from").map((item) => sourceOf(objectOf(item, "source"), namespace, caller)),
    ),
    alternatives(
      objectsOf(rule, "to").map((item) => operationOf(objectOf(item, "operation"), caller)),
    ),
    ...objectsOf(rule, "when").map((condition) => conditionOf(condition, caller)),
  ];
  if (parts.includes("no")) return "no";
  if (parts.includes("unknown")) return "unknown";
  if (!parts.includes("some requests")) return "yes";
  if (caller.http === true) return "some requests";
  if (caller.http === undefined) return "unknown";
  return action === "DENY" ? "yes" : "no";
}

function alternatives(matches: readonly RuleMatch[]): RuleMatch {
  if (matches.length === 0) return "yes";
  const order: readonly RuleMatch[] = ["yes", "some requests", "unknown"];
  return order.find((match) => matches.includes(match)) ?? "no";
}

function sourceOf(source: JsonObject, namespace: string, caller: Caller): RuleMatch {
  const account = caller.serviceAccount;
  const fits = [
    within(source, "principals", caller.principal, (text) => local(text, caller)),
    within(source, "namespaces", caller.namespace),
    within(source, "serviceAccounts", account, (text) =>
      text.includes("/") ? text : `${namespace}/${text}`,
    ),
  ];
  if (fits.includes(false)) return "no";
  const byAddress = inBlocks(source, "ipBlocks", caller.address);
  if (byAddress !== "yes") return byAddress;
  return httpFields.source.some((field) => field in source) ? "some requests" : "yes";
}

/** `cluster.local` in a principal means the mesh's own trust domain ("Trust Domain Migration"). */
function local(text: string, caller: Caller): string {
  return text.replace(/^cluster\.local\//, `${caller.trustDomain}/`);
}

/** A field and its negation: `principals` and `notPrincipals`. */
function within(
  source: JsonObject,
  field: string,
  value: string | undefined,
  read: (text: string) => string = (text) => text,
): boolean {
  const none = textsOf(source, notOf(field)).map(read);
  const some = textsOf(source, field).map(read);
  const meets = (patterns: readonly string[]) => patterns.some((one) => matchesText(one, value));
  return (some.length === 0 || meets(some)) && !meets(none);
}

function notOf(field: string): string {
  return `not${field.charAt(0).toUpperCase()}${field.slice(1)}`;
}

function matchesText(pattern: string, value: string | undefined): boolean {
  if (value === undefined) return false;
  if (pattern === "*") return value !== "";
  if (pattern.endsWith("*")) return value.startsWith(pattern.slice(0, -1));
  return pattern.startsWith("*") ? value.endsWith(pattern.slice(1)) : value === pattern;
}

function inBlocks(source: JsonObject, field: string, address: Address | undefined): RuleMatch {
  const some = textsOf(source, field);
  const none = textsOf(source, notOf(field));
  if (some.length + none.length === 0) return "yes";
  if (address === undefined) return "unknown";
  const inside = (blocks: readonly string[]) => blocks.some((block) => holds(block, address));
  return (some.length === 0 || inside(some)) && !inside(none) ? "yes" : "no";
}

function operationOf(operation: JsonObject, caller: Caller): RuleMatch {
  if (!within(operation, "ports", String(caller.port))) return "no";
  return httpFields.operation.some((field) => field in operation) ? "some requests" : "yes";
}

/** Conditions on what the connection shows; everything else is the request's. */
function conditionOf(condition: JsonObject, caller: Caller): RuleMatch {
  const asField = (field: string) => ({
    [field]: condition["values"] ?? [],
    [notOf(field)]: condition["notValues"] ?? [],
  });
  switch (textOf(condition, "key")) {
    case "source.principal":
      return yesNo(
        within(asField("principals"), "principals", caller.principal, (text) =>
          local(text, caller),
        ),
      );
    case "source.namespace":
      return yesNo(within(asField("namespaces"), "namespaces", caller.namespace));
    case "source.ip":
      return inBlocks(asField("ipBlocks"), "ipBlocks", caller.address);
    case "destination.port":
      return yesNo(within(asField("ports"), "ports", String(caller.port)));
    case "connection.sni":
    case "destination.ip":
      return "unknown";
    default:
      return "some requests";
  }
}

function yesNo(fits: boolean): RuleMatch {
  return fits ? "yes" : "no";
}
