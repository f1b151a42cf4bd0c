/**
 * Security admin rules, which are read before every security group: `Allow` hands on to the groups,
 * `AlwaysAllow` and `Deny` end there (Microsoft Learn, "Security admin rules in Azure Virtual
 * Network Manager").
 */
import { everyAddress } from "../../../model/base/address.ts";
import type { Action, Condition } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { addressesOf } from "../address-set.ts";
import type { Draft } from "../draft.ts";
import type { Peer } from "../edge-rule.ts";
import { entriesOf } from "../entries.ts";
import { meaningOf } from "../layer4.ts";
import { settle, unknownCondition } from "../uncertain.ts";
import type { AzureNetwork, AzureNetworks } from "./networks.ts";
import { regionAt } from "./networks.ts";
import type { RuleForm, SecurityRule } from "./security-rules.ts";
import { readSecurityRule } from "./security-rules.ts";
import { azureTypes } from "./types.ts";

/** Admin rules with the networks that they are for. */
export interface AdminRules {
  /** The rules for a network, in the order in which they are read. */
  of(network: AzureNetwork): readonly SecurityRule[];
}

interface Applied {
  readonly rules: readonly SecurityRule[];
  /** By id of the network: what it hangs on that the rules are for it. */
  readonly networks: ReadonlyMap<string, readonly Condition[]>;
  /** Why the rules may be for every network. */
  readonly anywhere: readonly Condition[];
}

/** Reads the admin rules of a plan. */
export function readAdminRules(plan: Plan, found: AzureNetworks, draft: Draft): AdminRules {
  const applied: Applied[] = [];
  for (const rule of plan.ofType(azureTypes.adminRule)) {
    draft.attempt(() => applied.push(readAdminRule(plan, found, rule)));
  }
  // What a default rule says is the service's to fill in by its flag.
  draft.open(...plan.ofType(azureTypes.defaultAdminRule).map(({ urn }) => ({ urn, path: "flag" })));
  const of = (network: AzureNetwork) =>
    applied
      .flatMap(({ rules, networks, anywhere }) => {
        const sure = networks.get(network.id);
        if (sure === undefined && anywhere.length === 0) return [];
        return rules.map((rule) => under(rule, sure ?? anywhere));
      })
      .sort((a, b) => a.priority - b.priority);
  return { of };
}

function under(rule: SecurityRule, conditions: readonly Condition[]): SecurityRule {
  return { ...rule, conditions: [...rule.conditions, ...conditions] };
}

const form: RuleForm = { actions: readAccess, side: readSide };

function readAdminRule(plan: Plan, found: AzureNetworks, { inputs }: PlannedResource): Applied {
  const collection = plan.follow(inputs.at("ruleCollectionName"), azureTypes.adminCollection);
  const rules = readSecurityRule(inputs, form);
  const networks = new Map<string, readonly Condition[]>();
  const anywhere: Condition[] = [];
  if (collection.state !== "resource") {
    return { rules, networks, anywhere: [unknownCondition(inputs.at("ruleCollectionName"))] };
  }
  for (const entry of entriesOf(collection.resource.inputs.at("appliesToGroups"))) {
    const members = settle(() => membersOf(plan, found, entry.at("networkGroupId")));
    if (members instanceof Undecided) anywhere.push(unknownCondition(members));
    else for (const one of members) networks.set(one.id, deployment(plan, inputs, one));
  }
  return { rules, networks, anywhere };
}

/**
 * What it hangs on that a configuration is in force in a network: it does nothing before it is
 * deployed to the network's region ("Configuration deployments").
 */
function deployment(plan: Plan, inputs: View, { region }: AzureNetwork): readonly Condition[] {
  const property = inputs.at("configurationName");
  const configuration = settle(() => plan.follow(property, azureTypes.adminConfiguration));
  if (configuration instanceof Undecided || configuration.state !== "resource") {
    return [unknownCondition(property)];
  }
  const { urn } = configuration.resource;
  const names = (id: View) => {
    const target = settle(() => plan.follow(id, azureTypes.adminConfiguration));
    return (
      !(target instanceof Undecided) && target.state === "resource" && target.resource.urn === urn
    );
  };
  const isDeployed = plan.ofType(azureTypes.commit).some(({ inputs: commit }) => {
    const locations = entriesOf(commit.at("properties", "targetLocations"));
    return (
      entriesOf(commit.at("properties", "configurationIds")).some(names) &&
      locations.some((at) => region !== undefined && regionAt(at) === region)
    );
  });
  return isDeployed ? [] : [unknownCondition({ urn, path: "deployment" })];
}

/** Networks put into a group one by one. Of a group filled by a policy nobody knows the members. */
function membersOf(plan: Plan, found: AzureNetworks, id: View): AzureNetwork[] {
  const group = plan.follow(id, azureTypes.networkGroup);
  const members = plan.ofType(azureTypes.staticMember).flatMap(({ inputs }) => {
    const owner = plan.follow(inputs.at("networkGroupName"), azureTypes.networkGroup);
    if (owner.state !== "resource" || group.state !== "resource") return [];
    const isMember = owner.resource === group.resource;
    const network = isMember ? found.networkOf(inputs.at("resourceId")) : undefined;
    return network === undefined ? [] : [network];
  });
  if (members.length === 0) throw new Undecided(id.urn, id.path, "unknown");
  return members;
}

function readAccess(at: View): Action {
  return meaningOf(at.at("access"), { allow: "pass", alwaysallow: "allow", deny: "deny" } as const);
}

/** A side of which nothing is said means every address. */
function readSide(at: View, side: "source" | "destination"): Peer[] {
  const list = at.at(`${side}s`);
  const entries = entriesOf(list).map(readEntry);
  return entries.length > 0
    ? entries
    : [{ kind: "addresses", at: list, addresses: () => everyAddress }];
}

function readEntry(entry: View): Peer {
  const at = entry.at("addressPrefix");
  const text = settle(() => at.text());
  if (text === "*") return { kind: "addresses", at, addresses: () => everyAddress };
  const type = settle(() => entry.at("addressPrefixType").text());
  if (type === "ServiceTag" && typeof text === "string") return { kind: "tag", at, tag: text };
  return { kind: "addresses", at, addresses: () => addressesOf(at) };
}
