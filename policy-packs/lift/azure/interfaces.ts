/** What stands in subnets: network interfaces, scale sets, private endpoints, gateways, nodes. */
import type { Family } from "../../../model/base/address.ts";
import { intersect, union } from "../../../model/base/interval-set.ts";
import type { Marks } from "../../../model/network/marks.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { addressesOf, every4, every6 } from "../address-set.ts";
import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { marksOf } from "../marks.ts";
import { settle } from "../uncertain.ts";
import type { Balanced } from "./balancers.ts";
import { balancedBy } from "./balancers.ts";
import { agentPool, clusterNodes } from "./clusters.ts";
import type { AzureInterface } from "./interface.ts";
import { anywhereIn, mustSubnet, plain } from "./interface.ts";
import type { AzureNetworks, AzureSubnet } from "./networks.ts";
import { azureTypes } from "./types.ts";

/**
 * Everything in the plan's subnets, and each subnet for whatever may be put there: with each
 * application security group that it may carry, and with none.
 */
export function readInterfaces(plan: Plan, found: AzureNetworks, draft: Draft): AzureInterface[] {
  const all = found.subnets.flatMap((subnet) => standIns(plan, subnet, draft));
  const each = (type: string, read: (resource: PlannedResource) => AzureInterface[]) => {
    for (const resource of plan.ofType(type)) draft.attempt(() => all.push(...read(resource)));
  };
  const of = (resource: PlannedResource, at: View, kind: AzureInterface["kind"]) =>
    readInterface(plan, found, resource, at, kind);
  each(azureTypes.interface, (resource) => [of(resource, resource.inputs, "machine")]);
  each(azureTypes.machine, (resource) =>
    configurations(resource, "networkProfile").map((at) => of(resource, at, "machine")),
  );
  each(azureTypes.scaleSet, (resource) =>
    configurations(resource, "virtualMachineProfile", "networkProfile").map((at) =>
      of(resource, at, "machine"),
    ),
  );
  each(azureTypes.privateEndpoint, (resource) => [privateEndpoint(found, resource)]);
  each(azureTypes.applicationGateway, (resource) => [applicationGateway(found, resource)]);
  each(azureTypes.cluster, (resource) => clusterNodes(found, resource));
  each(azureTypes.agentPool, (resource) => agentPool(plan, found, resource));
  return all;
}

function standIns(plan: Plan, subnet: AzureSubnet, draft: Draft): AzureInterface[] {
  const { id, name } = subnet;
  const place = { ...plain, ...anywhereIn(subnet), kind: "subnet" } as const;
  const reference = subnet.at.at("networkSecurityGroup", "id");
  const guarded = draft.attempt(() => {
    const guard = plan.follow(reference, azureTypes.securityGroup);
    return guard.state === "resource" ? marksOf(guard.resource) : undefined;
  });
  const groups = plan.ofType(azureTypes.applicationGroup).map((group) => ({
    group,
    marks: draft.attempt(() => marksOf(group)),
  }));
  const same = (marks: Marks | undefined) =>
    marks?.segment === guarded?.segment && marks?.place === guarded?.place;
  const carriers = groups
    .filter(({ marks }) => marks === undefined || same(marks))
    .map(({ group, marks }) => ({
      ...place,
      id: `${group.urn} in ${id}`,
      name: `${group.name} in ${name}`,
      carries: [group.urn],
      marks,
    }));
  // Where a segment's members carry a group, what merely stands in its subnet is none of them.
  const marked = groups.some(({ marks }) => marks !== undefined && same(marks));
  return [{ ...place, id, name, marks: marked ? undefined : guarded }, ...carriers];
}

/** Interfaces that are written inside a machine or scale set. */
function configurations({ inputs }: PlannedResource, ...path: readonly string[]): readonly View[] {
  return entriesOf(inputs.at(...path, "networkInterfaceConfigurations"));
}

function readInterface(
  plan: Plan,
  found: AzureNetworks,
  resource: PlannedResource,
  at: View,
  kind: AzureInterface["kind"],
): AzureInterface {
  const list = entriesOf(at.at("ipConfigurations"));
  const [first] = list;
  const subnet = mustSubnet(found, (first ?? at.at("ipConfigurations")).at("subnet", "id"));
  const parts = list.map((one) => addressesIn(subnet, one));
  const label = at.path === "" ? "" : ` ${at.path}`;
  return {
    id: `${resource.urn}${label}`,
    name: `${resource.name}${label}`,
    kind,
    subnet,
    addresses: parts.map(({ addresses }) => addresses).reduce(union, []),
    unknownAddresses: families(parts.flatMap(({ unknownAddresses }) => unknownAddresses)),
    securityGroup: at.at("networkSecurityGroup", "id"),
    applicationGroups: list.flatMap((one) => ids(one.at("applicationSecurityGroups"))),
    carries: [],
    publicFamilies: families(list.flatMap(publicFamily)),
    closed: list.every((one) => isClosed(plan, one)),
    balanced: list.flatMap((one) => balancers(plan, one)),
    marks: marksOf(resource),
  };
}

function families(all: readonly Family[]): readonly Family[] {
  return [...new Set(all)];
}

function ids(list: View): View[] {
  return entriesOf(list).map((entry) => entry.at("id"));
}

function familyOfConfiguration(at: View): Family {
  const version = settle(() => at.at("privateIPAddressVersion").text());
  return version === "IPv6" ? 6 : 4;
}

/** A fixed address, or any that the subnet has in that family. */
function addressesIn(subnet: AzureSubnet, at: View) {
  const method = settle(() => at.at("privateIPAllocationMethod").text());
  const single = at.at("privateIPAddress");
  if (method !== "Dynamic" && !(method instanceof Undecided) && single.state === "known") {
    return { addresses: addressesOf(single), unknownAddresses: [] };
  }
  const family = familyOfConfiguration(at);
  const addresses = intersect(subnet.addresses, family === 4 ? every4 : every6);
  const unknownAddresses: Family[] = subnet.open.length > 0 ? [family] : [];
  return { addresses, unknownAddresses };
}

function publicFamily(at: View): Family[] {
  const isPublic =
    at.at("publicIPAddress").state !== "absent" ||
    at.at("publicIPAddressConfiguration").state !== "absent";
  return isPublic ? [familyOfConfiguration(at)] : [];
}

/** Without a word about it an address is a Basic one ("Public IP addresses", SKU). */
function isClosed(plan: Plan, at: View): boolean {
  const written = at.at("publicIPAddressConfiguration");
  if (written.state !== "absent") return isStandard(written);
  const reference = at.at("publicIPAddress", "id");
  const found = settle(() => plan.follow(reference, azureTypes.publicAddress));
  if (found instanceof Undecided) return false;
  return (
    found.state === "absent" || (found.state === "resource" && isStandard(found.resource.inputs))
  );
}

function isStandard(address: View): boolean {
  const name = settle(() => address.at("sku", "name").text());
  return typeof name === "string" && name.toLowerCase() !== "basic";
}

function balancers(plan: Plan, at: View): Balanced[] {
  const lists = {
    loadBalancerBackendAddressPools: "backendAddressPools",
    loadBalancerInboundNatRules: "inboundNatRules",
    loadBalancerInboundNatPools: "inboundNatPools",
  } as const;
  return Object.entries(lists).flatMap(([list, kind]) =>
    ids(at.at(list)).map((reference) => balancedBy(plan, reference, kind)),
  );
}

function privateEndpoint(found: AzureNetworks, resource: PlannedResource): AzureInterface {
  const { urn, name, inputs } = resource;
  const subnet = mustSubnet(found, inputs.at("subnet", "id"));
  return {
    ...plain,
    ...anywhereIn(subnet),
    id: urn,
    name,
    kind: "private-endpoint",
    applicationGroups: ids(inputs.at("applicationSecurityGroups")),
    marks: marksOf(resource),
  };
}

function applicationGateway(found: AzureNetworks, resource: PlannedResource): AzureInterface {
  const { urn, name, inputs } = resource;
  const [first] = entriesOf(inputs.at("gatewayIPConfigurations"));
  const reference = (first ?? inputs.at("gatewayIPConfigurations")).at("subnet", "id");
  const subnet = mustSubnet(found, reference);
  const isPublic = entriesOf(inputs.at("frontendIPConfigurations")).some(
    (frontend) => frontend.at("publicIPAddress").state !== "absent",
  );
  const publicFamilies: Family[] = isPublic ? [4] : [];
  const place = { ...anywhereIn(subnet), id: urn, name, kind: "gateway" } as const;
  // Its address is a front end of the service's own: it is not closed before a group stands.
  return { ...plain, ...place, publicFamilies, closed: false, marks: marksOf(resource) };
}
