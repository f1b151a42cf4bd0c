/**
 * A rule of an AuthorizationPolicy as rules of a stage. Addresses and ports are settled; what asks
 * for HTTP is a condition, both ways: on a TCP port Istio drops an ALLOW rule that needs HTTP, and
 * widens a DENY rule by leaving those parts out.
 */
import {
  cidrSet,
  everyAddress,
  tryParseAddress,
  tryParseCidr,
} from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { intersect, intervalSet, subtract } from "../../../model/base/interval-set.ts";
import { protocolInterval, protocolNumbers } from "../../../model/base/layer4.ts";
import { matchOf } from "../../../model/mesh/match.ts";
import type { AuthorizationPolicy, Match } from "../../../model/mesh/policy.ts";
import type { Truth } from "../../../model/mesh/truth.ts";
import { every } from "../../../model/mesh/truth.ts";
import type { Condition, PeerTerm, Rule } from "../../../model/network/topology.ts";
import { trustDomain } from "./callers.ts";

/** All TCP ports. */
export const everyTcp: IntervalSet = [protocolInterval(protocolNumbers.tcp, 0, 65535)];

/** One way in which a rule matches: an alternative of its `from` with one of its `to`. */
export interface Alternative {
  readonly policy: AuthorizationPolicy;
  /** E.g. `spec.rules[0]`. */
  readonly path: string;
  /** Tells alternatives of one rule apart. */
  readonly key: string;
  readonly identities: readonly Match[];
  readonly addresses: IntervalSet | undefined;
  readonly selectors: IntervalSet;
  readonly conditions: readonly Condition[];
}

const identityAttributes = [
  "source.principal",
  "source.namespace",
  "source.serviceAccount",
  "source.trustDomain",
];

/** The alternatives of all rules of a policy. */
export function alternativesOf(policy: AuthorizationPolicy): Alternative[] {
  return policy.rules.flatMap((rule, index) => {
    const either = (groups: readonly (readonly Match[])[]) => (groups.length === 0 ? [[]] : groups);
    return either(rule.from).flatMap((from, source) =>
      either(rule.to).map((to, operation): Alternative => {
        const matches = [...from, ...to, ...rule.when];
        const path = `spec.rules[${index}]`;
        const key = `${policy.origin} ${path} ${source}/${operation}`;
        return { policy, path, key, ...partsOf(matches) };
      }),
    );
  });
}

function partsOf(matches: readonly Match[]): Omit<Alternative, "policy" | "path" | "key"> {
  const of = (attribute: string) => matches.filter((match) => match.attribute === attribute);
  const known = [...identityAttributes, "source.ip", "destination.port"];
  const ips = of("source.ip");
  return {
    identities: matches.filter(({ attribute }) => identityAttributes.includes(attribute)),
    addresses: ips.length === 0 ? undefined : allOf(ips, everyAddress, blockOf),
    selectors: allOf(of("destination.port"), everyTcp, portOf),
    conditions: matches
      .filter(({ attribute }) => !known.includes(attribute))
      .map((match): Condition => ({ kind: "request", says: textOf(match) })),
  };
}

function allOf(
  matches: readonly Match[],
  everything: IntervalSet,
  setOf: (value: string) => IntervalSet,
): IntervalSet {
  return matches.reduce<IntervalSet>((left, { values, notValues }) => {
    const wanted = values.length === 0 ? everything : intervalSet(values.flatMap(setOf));
    return subtract(intersect(left, wanted), intervalSet(notValues.flatMap(setOf)));
  }, everything);
}

function portOf(value: string): IntervalSet {
  const port = Number(value);
  const sound = Number.isInteger(port) && port >= 0 && port <= 65535;
  return sound ? [protocolInterval(protocolNumbers.tcp, port, port)] : [];
}

function blockOf(value: string): IntervalSet {
  const single = tryParseAddress(value);
  const length = single?.family === 6 ? 128 : 32;
  const cidr = tryParseCidr(single === undefined ? value : `${value}/${length}`);
  return cidr === undefined ? [] : cidrSet([cidr]);
}

function textOf({ attribute, values, notValues }: Match): string {
  const not = notValues.length === 0 ? "" : ` not ${notValues.join(", ")}`;
  return `${attribute} ${values.join(", ")}${not}`.replace("  ", " ");
}

/** Trust domains that the alternative names: manifests do not tell whether one is the mesh's own. */
export function domainsIn({ identities }: Alternative): string[] {
  const named = identities.flatMap(({ attribute, values, notValues }) => {
    const all = [...values, ...notValues];
    if (attribute === "source.trustDomain") return all;
    return attribute === "source.principal" ? all.map((value) => value.split("/")[0] ?? "") : [];
  });
  return [...new Set(named)].filter((name) => name !== trustDomain && /^[^*]+$/.test(name));
}

/**
 * Whether a caller with this identity, or without any, is among those the alternative names, in a mesh
 * of that trust domain.
 */
export function namesCaller(
  { identities, policy }: Alternative,
  principal: string | undefined,
  domain: string,
): Truth {
  const destination = {
    namespace: policy.namespace,
    labels: {},
    port: 0,
    protocol: "tcp",
  } as const;
  const request =
    principal === undefined
      ? ({ transport: "plaintext", destination } as const)
      : ({ transport: "mtls", principal, destination } as const);
  return every(identities.map((match) => matchOf(match, request, domain, policy.namespace)));
}

/** The rule for some callers and ports; none where it cannot match. */
export function ruleFor(
  { policy, path, selectors, conditions }: Alternative,
  urn: string,
  peers: readonly PeerTerm[],
  ports: IntervalSet,
  more: readonly Condition[] = [],
): Rule[] {
  const both = intersect(selectors, ports);
  if (peers.length === 0 || both.length === 0) return [];
  const outside: Condition[] =
    policy.action === "CUSTOM" ? [{ kind: "request", says: "an outside service decides" }] : [];
  const all = [...conditions, ...outside, ...more];
  return [
    {
      action: policy.action === "ALLOW" ? "allow" : "deny",
      peers,
      selectors: both,
      ...(all.length > 0 ? { conditions: all } : {}),
      origin: { urn, path },
    },
  ];
}
