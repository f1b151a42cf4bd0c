/**
 * Network security groups.
 *
 * Azure Virtual Network, "Network security groups": the lowest priority number that matches
 * decides, default rules come last; flows are stateful. "How network security groups filter
 * network traffic": inbound the subnet's group first, then the interface's; outbound the other way
 * round; both must allow; traffic inside a subnet is judged, too; without any group all is allowed.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Deployed, type Live, numberOf, objectsOf, textOf, textsOf } from "../deployed.ts";
import { cannotTell, drops, passes, type Stage, type Walk } from "../walk.ts";
import type { AzureInterface } from "./interface.ts";
import { byId, childrenOf, idIn } from "./networks.ts";
import { type Direction, deciding, type Rule, type Side, type Sight } from "./rules.ts";
import { azure } from "./tokens.ts";

const document = "Azure Virtual Network: How network security groups filter network traffic";

/** The groups an end's packets meet, in the order in which they meet them. */
export function groupsOf(
  deployed: Deployed,
  end: AzureInterface,
  direction: Direction,
): readonly { readonly at: string; readonly id: string }[] {
  const subnet = judgedAtSubnet(end)
    ? idIn(end.subnet.properties, "networkSecurityGroup")
    : undefined;
  const found = [
    { at: "subnet", id: subnet },
    { at: "network interface", id: end.group },
  ].flatMap(({ at, id }) => {
    const live = byId(deployed, id, azure.group);
    return live === undefined ? [] : [{ at, id: live.id }];
  });
  return direction === "Inbound" ? found : found.reverse();
}

/** Groups pass private endpoints by unless the subnet's policies say otherwise ("Manage network policies for private endpoints"). */
function judgedAtSubnet(end: AzureInterface): boolean {
  if (!end.privateEndpoint) return true;
  const policies = textOf(end.subnet.properties, "privateEndpointNetworkPolicies") ?? "Disabled";
  return policies === "Enabled" || policies === "NetworkSecurityGroupEnabled";
}

/** Whether the groups of one end let the packet in or out. */
export function* securityGroups(
  deployed: Deployed,
  direction: Direction,
  end: AzureInterface,
  sight: Sight,
): Walk {
  const groups = groupsOf(deployed, end, direction);
  const way = direction.toLowerCase();
  if (groups.length === 0) {
    const stage = { stage: `network security groups, ${way}`, document };
    yield passes(stage, end.id, "no network security group applies: all traffic is allowed");
  }
  for (const { at, id } of groups) {
    yield verdict({ stage: `network security group of the ${at}, ${way}`, document }, id, {
      rules: rulesOf(deployed, id, direction),
      sight,
    });
  }
}

function verdict(
  stage: Stage,
  group: string,
  judged: { readonly rules: readonly Rule[]; readonly sight: Sight },
) {
  const found = deciding(judged.rules, judged.sight);
  if (found === undefined) return drops(stage, group, "no rule matches");
  const { rule, certain } = found;
  const text = `${rule.name} (${rule.priority}) ${rule.access}`;
  if (!certain) return cannotTell(stage, group, `which addresses the service tag of ${text} holds`);
  return rule.access === "Allow" ? passes(stage, group, text) : drops(stage, group, text);
}

/** All rules of a group in one direction, default rules included. */
export function rulesOf(deployed: Deployed, group: string, direction: Direction): readonly Rule[] {
  return deployed.once(direction === "Inbound" ? inbound : outbound, group);
}

function inbound(deployed: Deployed, group: string): readonly Rule[] {
  return readRules(deployed, group, "Inbound");
}

function outbound(deployed: Deployed, group: string): readonly Rule[] {
  return readRules(deployed, group, "Outbound");
}

function readRules(deployed: Deployed, group: string, direction: Direction): readonly Rule[] {
  const live = byId(deployed, group, azure.group);
  const apart = childrenOf(deployed, group, azure.rule).map(({ properties }) => properties);
  const inline = objectsOf(live?.properties ?? {}, "securityRules").filter(
    ({ name }) => !apart.some((one) => one["name"] === name),
  );
  return [...inline, ...apart, ...defaultsOf(live)]
    .filter((rule) => rule["direction"] === direction)
    .map((rule) => ruleOf(group, rule));
}

function defaultsOf(group: Live | undefined): readonly JsonObject[] {
  return objectsOf(group?.properties ?? {}, "defaultSecurityRules");
}

function ruleOf(owner: string, rule: JsonObject): Rule {
  return {
    name: textOf(rule, "name") ?? "",
    owner,
    priority: numberOf(rule, "priority") ?? 0,
    access: textOf(rule, "access") ?? "Deny",
    protocol: textOf(rule, "protocol") ?? "*",
    source: sideOf(rule, "source"),
    destination: sideOf(rule, "destination"),
  };
}

function sideOf(rule: JsonObject, side: "source" | "destination"): Side {
  const both = (one: string, many: string) =>
    [textOf(rule, one) ?? [], ...textsOf(rule, many)].flat();
  return {
    prefixes: both(`${side}AddressPrefix`, `${side}AddressPrefixes`),
    ports: both(`${side}PortRange`, `${side}PortRanges`),
    groups: objectsOf(rule, `${side}ApplicationSecurityGroups`).flatMap(
      (group) => textOf(group, "id") ?? [],
    ),
  };
}
