/**
 * Which callers, workloads and ports a comparison must look at. Everything that a policy mentions
 * is cut out, and beside each class stands somebody whom nothing mentions; so no rule can let in
 * a caller for whom no representative asks.
 */
import { cidrInterval, formatAddress, parseCidr, tryParseCidr } from "../base/address.ts";
import type { Caller } from "./compile.ts";
import type { MeshClusterIntent, MeshIntent } from "./intent.ts";
import {
  applicationNamespaces,
  gatewayNamespace,
  ingressGateway,
  ingressPort,
  principalOf,
  serviceRef,
  workloadLabel,
  workloadPortOf,
} from "./intent.ts";
import type { Destination, Labels, Match, MeshPolicies } from "./policy.ts";

/** A caller with the name by which a report speaks of it. */
export interface NamedCaller extends Caller {
  readonly name: string;
}

/** A workload with the name by which a report speaks of it; `service` where it is a declared one. */
export interface NamedWorkload {
  readonly name: string;
  readonly service?: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly gateway?: boolean;
}

const stranger = "stranger";
const foreignDomain = "foreign.example";
const elsewhere = "namespace-that-nobody-declared";
/** An address of the documentation range (RFC 5737): outside every cluster. */
const outside = "192.0.2.1";
const unmentionedPort = 1;

/** Every class of callers of one cluster's workloads. */
export function callersOf(
  intent: MeshIntent,
  cluster: MeshClusterIntent,
  policies: MeshPolicies,
): NamedCaller[] {
  const inside = firstAddress(cluster.ranges[0]) ?? outside;
  const matches = allMatches(policies);
  const principals = [
    ...declaredPrincipals(intent),
    ...matches.flatMap((match) =>
      [...match.values, ...match.notValues].flatMap((value) =>
        mentioned(match.attribute, value, policies.trustDomain),
      ),
    ),
  ];
  const addresses = [
    inside,
    outside,
    ...(intent.ingress?.from ?? []).map(firstAddress),
    ...matches
      .filter(({ attribute }) => attribute === "source.ip")
      .flatMap(({ values, notValues }) => [...values, ...notValues].map(firstAddress)),
  ].filter((address) => address !== undefined);
  const known = principals.map(
    (principal): NamedCaller => ({
      name: nameOfPrincipal(intent, principal),
      transport: "mtls",
      principal,
      address: inside,
    }),
  );
  const nobody = addresses.flatMap((address): NamedCaller[] => [
    { name: `plaintext caller at ${address}`, transport: "plaintext", address },
    {
      name: `stranger at ${address}`,
      transport: "mtls",
      principal: principalOf(policies.trustDomain, stranger, stranger),
      address,
    },
  ]);
  return unique([...known, ...nobody], (caller) => JSON.stringify({ ...caller, name: "" }));
}

/** Declared services, the ingress gateway, and workloads that only policies or nobody mention. */
export function workloadsOf(intent: MeshIntent, policies: MeshPolicies): NamedWorkload[] {
  const namespaces = [...applicationNamespaces(intent), elsewhere];
  const declared = intent.services.map(
    (service): NamedWorkload => ({
      name: serviceRef(service),
      service: serviceRef(service),
      namespace: service.namespace,
      labels: { [workloadLabel]: service.name },
    }),
  );
  const undeclared = namespaces.map((namespace) => named(intent, namespace, {}));
  const selected = [...policies.peerAuthentications, ...policies.authorizationPolicies]
    .filter(({ selector }) => Object.keys(selector).length > 0)
    .flatMap(({ namespace, selector }) =>
      namespace === gatewayNamespace
        ? []
        : [...new Set([...namespaces, namespace])].map((each) => named(intent, each, selector)),
    );
  const gateway: NamedWorkload[] =
    intent.ingress === undefined
      ? []
      : [
          {
            name: `${gatewayNamespace}/${ingressGateway}`,
            namespace: gatewayNamespace,
            labels: { [workloadLabel]: ingressGateway, istio: "ingressgateway" },
            gateway: true,
          },
        ];
  return unique(
    [...declared, ...gateway, ...undeclared, ...selected],
    ({ namespace, labels }) => `${namespace} ${JSON.stringify(Object.entries(labels).sort())}`,
  );
}

/** The ports of one workload to compare: declared, mentioned, and one that nobody mentions. */
export function destinationsOf(
  intent: MeshIntent,
  workload: NamedWorkload,
  policies: MeshPolicies,
): Destination[] {
  const offers = intent.services.flatMap(({ offers: offer }) => (offer ? [offer] : []));
  const ports = new Set<number>([unmentionedPort, ingressPort, ...offers.map(workloadPortOf)]);
  for (const policy of policies.peerAuthentications) {
    for (const port of policy.ports.keys()) ports.add(port);
  }
  for (const { attribute, values, notValues } of allMatches(policies)) {
    if (attribute !== "destination.port") continue;
    for (const value of [...values, ...notValues]) ports.add(Number(value));
  }
  const own = intent.services.find((service) => serviceRef(service) === workload.service)?.offers;
  return [...ports].flatMap((port) => {
    // On a port that nobody declared the proxy guesses the protocol, so both readings count.
    const declared = own !== undefined && workloadPortOf(own) === port ? [own.protocol] : undefined;
    const { namespace, labels } = workload;
    return (declared ?? (["tcp", "http"] as const)).map((protocol) => ({
      namespace,
      labels,
      port,
      protocol,
      ...(workload.gateway === true ? { gateway: true } : {}),
    }));
  });
}

function declaredPrincipals(intent: MeshIntent): string[] {
  const { trustDomain } = intent;
  const identities = intent.services.map(({ namespace, name }) => [namespace, name] as const);
  const defaults = applicationNamespaces(intent).map((each) => [each, "default"] as const);
  const gateway = [[gatewayNamespace, ingressGateway]] as const;
  return [...identities, ...gateway, ...defaults].flatMap(([namespace, account]) => [
    principalOf(trustDomain, namespace, account),
    principalOf(foreignDomain, namespace, account),
  ]);
}

/** Identities that one value of a policy speaks of, with a stranger in place of each wildcard. */
function mentioned(attribute: string, value: string, trustDomain: string): string[] {
  const filled = value.replaceAll("*", stranger);
  switch (attribute) {
    case "source.principal":
      return [
        filled,
        value.replace(/^\*/, `${foreignDomain}/ns/${stranger}/sa/`),
        filled.replace(/^cluster\.local(?=\/)/, () => trustDomain),
      ];
    case "source.namespace":
      return [
        principalOf(trustDomain, filled, stranger),
        principalOf(foreignDomain, filled, stranger),
      ];
    case "source.serviceAccount": {
      const [namespace = stranger, account = stranger] = filled.includes("/")
        ? filled.split("/")
        : [undefined, filled];
      return [principalOf(trustDomain, namespace, account)];
    }
    case "source.trustDomain":
      return [principalOf(filled, stranger, stranger)];
    default:
      return [];
  }
}

function named(intent: MeshIntent, namespace: string, selector: Labels): NamedWorkload {
  const name = selector[workloadLabel];
  const ref = `${namespace}/${name}`;
  if (name !== undefined && intent.services.some((service) => serviceRef(service) === ref)) {
    return { name: ref, service: ref, namespace, labels: selector };
  }
  const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  return {
    name: `${namespace}/undeclared workload${labels.length > 0 ? ` (${labels.join(", ")})` : ""}`,
    namespace,
    labels: selector,
  };
}

function nameOfPrincipal(intent: MeshIntent, principal: string): string {
  const [domain, , namespace, , account] = principal.split("/");
  const ref = `${namespace}/${account}`;
  const known = intent.services.some((service) => serviceRef(service) === ref);
  return known && domain === intent.trustDomain ? ref : principal;
}

function allMatches(policies: MeshPolicies): Match[] {
  return policies.authorizationPolicies.flatMap(({ rules }) =>
    rules.flatMap((rule) => [...rule.from.flat(), ...rule.to.flat(), ...rule.when]),
  );
}

function firstAddress(prefix: string | undefined): string | undefined {
  if (prefix === undefined) return undefined;
  if (tryParseCidr(prefix) === undefined) return prefix.includes("/") ? undefined : prefix;
  return formatAddress(cidrInterval(parseCidr(prefix, prefix)).from);
}

function unique<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
