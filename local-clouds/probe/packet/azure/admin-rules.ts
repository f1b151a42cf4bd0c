/**
 * Security admin rules.
 *
 * Azure Virtual Network Manager, "Security admin rules": they are evaluated before network security
 * groups, by priority. Allow goes on to the groups, Always allow passes them by, Deny ends. A rule
 * applies to the networks of its collection's network groups, once its configuration is deployed to
 * their region ("Configuration deployments"); what is changed afterwards counts as deployed, too.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import {
  type Deployed,
  type Live,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
} from "../deployed.ts";
import { cannotTell, drops, passes, type Stage, type Walk } from "../walk.ts";
import type { AzureInterface } from "./interface.ts";
import { byId, childrenOf, parentOf, sameId, spaceOf } from "./networks.ts";
import { type Direction, deciding, type Rule, type Side, type Sight } from "./rules.ts";
import { azure } from "./tokens.ts";

/** Whether network security groups are still asked. */
export type Admitted = "groups decide" | "groups are passed by";

/** What the admin rules of an end's network say about the packet. */
export function* adminRules(
  deployed: Deployed,
  direction: Direction,
  end: AzureInterface,
  sight: Sight,
): Walk<Admitted> {
  const stage: Stage = {
    stage: `security admin rules, ${direction.toLowerCase()}`,
    document:
      "Azure Virtual Network Manager: Security admin rules in Azure Virtual Network Manager",
  };
  const found = deciding(rulesFor(deployed, end.network, direction), sight);
  if (found === undefined) return "groups decide";
  const { rule, certain } = found;
  const text = `${rule.name} (${rule.priority}) ${rule.access}`;
  if (!certain) {
    yield cannotTell(stage, rule.owner, `which addresses the service tag of ${text} holds`);
  }
  if (rule.access === "Deny") yield drops(stage, rule.owner, text);
  yield passes(stage, rule.owner, text);
  return rule.access === "AlwaysAllow" ? "groups are passed by" : "groups decide";
}

function rulesFor(deployed: Deployed, network: string, direction: Direction): readonly Rule[] {
  return deployed
    .all(azure.adminCollection)
    .filter((collection) => appliesTo(deployed, collection, network))
    .filter((collection) => isDeployed(deployed, collection, network))
    .flatMap((collection) =>
      childrenOf(deployed, collection.id, azure.adminRule)
        .filter(({ properties }) => properties["direction"] === direction)
        .map((rule) => ruleOf(deployed, collection.id, rule.properties)),
    );
}

function appliesTo(deployed: Deployed, collection: Live, network: string): boolean {
  return objectsOf(collection.properties, "appliesToGroups").some((item) =>
    membersOf(deployed, textOf(item, "networkGroupId") ?? "").some((member) =>
      sameId(member, network),
    ),
  );
}

function isDeployed(deployed: Deployed, collection: Live, network: string): boolean {
  const configuration = parentOf(collection.id);
  const region = textOf(byId(deployed, network, azure.network)?.properties ?? {}, "location");
  return deployed.all(azure.commit).some(({ properties }) => {
    const commit = objectOf(properties, "properties");
    return (
      textsOf(commit, "configurationIds").some((id) => sameId(id, configuration)) &&
      textsOf(commit, "targetLocations").some((one) => folded(one) === folded(region ?? ""))
    );
  });
}

/** `West Europe` is `westeurope`. */
function folded(region: string): string {
  return region.replaceAll(" ", "").toLowerCase();
}

/** The networks of a network group. */
function membersOf(deployed: Deployed, group: string): readonly string[] {
  return childrenOf(deployed, group, azure.staticMember).flatMap(
    ({ properties }) => textOf(properties, "resourceId") ?? [],
  );
}

function ruleOf(deployed: Deployed, owner: string, rule: JsonObject): Rule {
  const side = (addresses: string, ports: string): Side => ({
    prefixes: objectsOf(rule, addresses).flatMap((item) => prefixesOf(deployed, item)),
    groups: [],
    ports: textsOf(rule, ports).length > 0 ? textsOf(rule, ports) : ["*"],
  });
  return {
    name: textOf(rule, "name") ?? "",
    owner,
    priority: numberOf(rule, "priority") ?? 0,
    access: textOf(rule, "access") ?? "Deny",
    protocol: textOf(rule, "protocol") ?? "Any",
    source: withDefault(side("sources", "sourcePortRanges")),
    destination: withDefault(side("destinations", "destinationPortRanges")),
  };
}

/** A rule without addresses means every address. */
function withDefault(side: Side): Side {
  return side.prefixes.length > 0 ? side : { ...side, prefixes: ["*"] };
}

function prefixesOf(deployed: Deployed, item: JsonObject): readonly string[] {
  const text = textOf(item, "addressPrefix") ?? "";
  if (textOf(item, "addressPrefixType") !== "NetworkGroup") return [text];
  return membersOf(deployed, text).flatMap((network) => spaceOf(deployed, network));
}
