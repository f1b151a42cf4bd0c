/** Whom rules mean: ranges, tags, service accounts, address groups, kinds of network. */
import { cidrSet, everyAddress, parseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { subtract, union } from "../../../model/base/interval-set.ts";
import type { Condition, PeerTerm } from "../../../model/network/topology.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { addressesOf } from "../address-set.ts";
import { entriesOf } from "../entries.ts";
import { idsOfEach } from "../follow-each.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { settle, unknownCondition } from "../uncertain.ts";
import type { FirewallRule, Named } from "./firewall-rules.ts";
import type { GcpNetwork, GcpNetworks } from "./networks.ts";
import { allRanges } from "./networks.ts";
import {
  accountGroup,
  gcpTypes,
  googleServices,
  networkTagGroup,
  secureTagGroup,
} from "./types.ts";

/** Other ends, those that surely are meant and those that may be. */
export interface Ends {
  readonly sure: readonly PeerTerm[];
  readonly perhaps: readonly PeerTerm[];
  readonly conditions: readonly Condition[];
}

/** URNs of the planned secure tags among the entries of one list, or their ids. */
export function secureTagsOf(plan: Plan, named: readonly Named[]): readonly string[] {
  const entries = named.flatMap((one) => (one.kind === "secure-tag" ? [one.at] : []));
  return idsOfEach(plan, entries, gcpTypes.tagValue);
}

/** URN of the planned service account, or its address. */
export function accountOf(plan: Plan, at: View): string {
  return followed(plan, at, gcpTypes.account);
}

function followed(plan: Plan, at: View, type: string): string {
  const found = plan.follow(at, type);
  if (found.state === "absent") throw new Undecided(at.urn, at.path, "unreadable");
  return found.state === "resource" ? found.resource.urn : found.value;
}

/** The ends that the rule means in the network. */
export function endsOf(
  plan: Plan,
  found: GcpNetworks,
  network: GcpNetwork,
  rule: FirewallRule,
): Ends {
  const sure: PeerTerm[] = [];
  const perhaps: PeerTerm[] = [];
  const conditions: Condition[] = [];
  const add = (body: () => PeerTerm[]) => {
    const terms = settle(body);
    if (!(terms instanceof Undecided)) return sure.push(...terms);
    conditions.push(unknownCondition(terms));
    return perhaps.push({});
  };
  for (const peer of rule.peers) add(() => termsOf(plan, network, peer));
  add(() => secureTagsOf(plan, rule.peers).map((id) => ({ group: secureTagGroup(id) })));
  if (rule.scope === undefined) return { sure, perhaps, conditions };
  const scope = settle(() => scopeOf(found, network, rule));
  if (scope instanceof Undecided) {
    return {
      sure: [],
      perhaps: [...sure, ...perhaps],
      conditions: [...conditions, unknownCondition(scope)],
    };
  }
  return { sure: within(sure, scope), perhaps: within(perhaps, scope), conditions };
}

/** Tags and accounts are those of interfaces in the same network ("Source network tags"). */
function termsOf(plan: Plan, network: GcpNetwork, peer: Named): PeerTerm[] {
  switch (peer.kind) {
    case "addresses":
      return [{ addresses: peer.addresses }];
    case "range":
      return [{ addresses: addressesOf(peer.at) }];
    case "network-tag":
      return [{ group: networkTagGroup(network.id, peer.at.text() ?? "") }];
    case "secure-tag":
      return [];
    case "account":
      return [{ group: accountGroup(network.id, accountOf(plan, peer.at)) }];
    case "address-group":
      return [{ addresses: addressesOfGroup(plan, peer.at) }];
    case "unseen":
      throw new Undecided(peer.at.urn, peer.at.path, "unknown");
  }
}

function addressesOfGroup(plan: Plan, at: View): IntervalSet {
  const found = plan.follow(at, gcpTypes.addressGroup);
  if (found.state !== "resource") throw new Undecided(at.urn, at.path, "unknown");
  return entriesOf(found.resource.inputs.at("items")).map(addressesOf).reduce(union, []);
}

const reserved = cidrSet(
  ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"].map((text) =>
    parseCidr(text, text),
  ),
);

/** The ends of one kind of network ("Network contexts", formerly "Network scopes"). */
function scopeOf(found: GcpNetworks, network: GcpNetwork, rule: FirewallRule): PeerTerm[] {
  const { scope, scopeNetworks } = rule;
  const planned = found.subnets.map((subnet) => allRanges(subnet).addresses);
  const internet = subtract(everyAddress, planned.reduce(union, reserved));
  switch (scope?.text()) {
    case "INTERNET":
      return [{ addresses: internet }, { group: googleServices }];
    case "NON_INTERNET":
      return [{ group: anyNetwork }, { addresses: reserved }];
    case "INTRA_VPC":
      return [{ group: networkGroup(network.id) }];
    case "VPC_NETWORKS":
      return scopeNetworks.map((at) => {
        const one = found.networkOf(at);
        return { group: networkGroup(one?.id ?? "") };
      });
    default:
      throw new Undecided(scope?.urn ?? "", scope?.path ?? "", "unreadable");
  }
}

/** Terms that hold for both lists. Who is named by a tag is in a network of the same organisation. */
function within(terms: readonly PeerTerm[], scope: readonly PeerTerm[]): PeerTerm[] {
  return terms.flatMap((term) =>
    scope.flatMap((one): PeerTerm[] => {
      if (term.group !== undefined && one.group !== undefined) return [term];
      if (term.group !== undefined) return [];
      const addresses =
        term.addresses === undefined || one.addresses === undefined
          ? (term.addresses ?? one.addresses)
          : subtract(term.addresses, subtract(everyAddress, one.addresses));
      const group = one.group;
      return [
        {
          ...(addresses === undefined ? {} : { addresses }),
          ...(group === undefined ? {} : { group }),
        },
      ];
    }),
  );
}
