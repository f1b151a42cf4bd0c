/** Whether one attribute of a request matches, written from Istio's reference text. */
import { cidrInterval, tryParseAddress, tryParseCidr } from "../base/address.ts";
import type { Match, MeshRequest } from "./policy.ts";
import type { Truth } from "./truth.ts";
import { every, not, some } from "./truth.ts";

/** `cluster.local` in a principal stands for the mesh's own trust domain, whatever its name. */
const localAlias = "cluster.local";

/** Any of the values matches (where there are values) and none of the excluded ones does. */
export function matchOf(
  match: Match,
  request: MeshRequest,
  trustDomain: string,
  policyNamespace: string,
): Truth {
  const one = (value: string) =>
    valueMatches(match.attribute, value, request, trustDomain, policyNamespace);
  return every([
    match.values.length === 0 ? true : some(match.values.map(one)),
    not(some(match.notValues.map(one))),
  ]);
}

function valueMatches(
  attribute: string,
  value: string,
  request: MeshRequest,
  trustDomain: string,
  policyNamespace: string,
): Truth {
  if (attribute === "destination.port") return String(request.destination.port) === value;
  if (attribute === "source.ip") return addressMatches(request.address, value);
  const principal = request.principal;
  switch (attribute) {
    case "source.principal":
      return principal !== undefined && textMatches(localised(value, trustDomain), principal);
    case "source.namespace":
      return principal !== undefined && namespaceMatches(value, principal);
    case "source.serviceAccount":
      return principal !== undefined && accountMatches(value, principal, policyNamespace);
    case "source.trustDomain":
      return principal !== undefined && domainMatches(value, principal);
    default:
      return "unknown";
  }
}

/** Exact, `prefix*`, `*suffix`, or `*` for "present and not empty". */
function textMatches(pattern: string, text: string): boolean {
  if (pattern === "*") return text !== "";
  if (pattern.startsWith("*")) return text.endsWith(pattern.slice(1));
  if (pattern.endsWith("*")) return text.startsWith(pattern.slice(0, -1));
  return text === pattern;
}

function localised(pattern: string, trustDomain: string): string {
  const parts = pattern.split("/");
  if (parts.length !== 5 || parts[0] !== localAlias) return pattern;
  return [trustDomain, ...parts.slice(1)].join("/");
}

/**
 * Istio looks for `/ns/<pattern>/` anywhere in the identity, and lets each `*` of the pattern run
 * across slashes; so a pattern may reach into what follows the namespace.
 */
function namespaceMatches(pattern: string, principal: string): boolean {
  return globMatches(`*/ns/${pattern}/*`, principal);
}

/** `account` (of the policy's own namespace) or `namespace/account`, with any further path parts. */
function accountMatches(value: string, principal: string, policyNamespace: string): boolean {
  const slash = value.indexOf("/");
  const namespace = slash < 0 ? policyNamespace : value.slice(0, slash);
  const account = value.slice(slash + 1);
  return [`*/ns/${namespace}/sa/${account}`, `*/ns/${namespace}/*/sa/${account}`].some(
    (pattern) => globMatches(pattern, principal) || globMatches(`${pattern}/*`, principal),
  );
}

function domainMatches(value: string, principal: string): boolean {
  const domain = principal.split("/")[0] ?? "";
  return value === "*" || globMatches(value, domain);
}

/** `*` stands for any run of characters; everything else for itself. */
function globMatches(pattern: string, text: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === text;
  if (!text.startsWith(pattern.slice(0, star))) return false;
  const rest = pattern.slice(star + 1);
  for (let from = star; from <= text.length; from++) {
    if (globMatches(rest, text.slice(from))) return true;
  }
  return false;
}

function addressMatches(address: string | undefined, value: string): Truth {
  if (address === undefined) return "unknown";
  const peer = tryParseAddress(address);
  const single = tryParseAddress(value);
  const cidr = tryParseCidr(
    single === undefined ? value : `${value}/${single.family === 4 ? 32 : 128}`,
  );
  if (peer === undefined || cidr === undefined) return "unknown";
  const { from, to } = cidrInterval(cidr);
  const onLine = cidrInterval({
    family: peer.family,
    base: peer.value,
    length: peer.family === 4 ? 32 : 128,
  }).from;
  return from <= onLine && onLine <= to;
}
