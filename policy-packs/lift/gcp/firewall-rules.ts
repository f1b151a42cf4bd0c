/** VPC firewall rules and rules of firewall policies, read as written. */
import { everyAddress } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Action, Condition, Direction, Origin } from "../../../model/network/topology.ts";
import type { View } from "../../../model/policy/view.ts";
import { every4 } from "../address-set.ts";
import { entriesOf, isEmpty } from "../entries.ts";
import { gcpDirection, gcpSelectors } from "../gcp-rules.ts";
import { meaningOf } from "../layer4.ts";
import { beginReading } from "../uncertain.ts";

/** Entries by which a rule names other ends, or those it is for. */
export type Named =
  | { readonly kind: "range"; readonly at: View }
  | { readonly kind: "addresses"; readonly addresses: IntervalSet }
  | { readonly kind: "network-tag"; readonly at: View }
  | { readonly kind: "secure-tag"; readonly at: View }
  | { readonly kind: "account"; readonly at: View }
  | { readonly kind: "address-group"; readonly at: View }
  /** Names, countries, threat lists: what addresses they have is Google's to say. */
  | { readonly kind: "unseen"; readonly at: View };

/** A rule before it is known whom it guards. */
export interface FirewallRule {
  readonly direction: Direction;
  readonly action: Action;
  readonly priority: number;
  readonly selectors: IntervalSet;
  readonly peers: readonly Named[];
  /** What kind of network the other side is in; undefined where that does not matter. */
  readonly scope: View | undefined;
  readonly scopeNetworks: readonly View[];
  /** Ranges of the guarded side; empty where it is not limited. */
  readonly own: readonly View[];
  /** Those it is for; empty where it is for all. */
  readonly targets: readonly Named[];
  /** Networks it is for (hierarchical policies); empty where it is for all. */
  readonly networks: readonly View[];
  readonly conditions: readonly Condition[];
  readonly origin: Origin;
}

/** Priority of a VPC firewall that names none. */
const firewallPriorityDefault = 1000;

/** The VPC firewall rule, once for each direction and action it may turn out to have. */
export function readVpcRule(at: View): FirewallRule[] {
  const { read, conditions } = beginReading();
  if (read(() => at.at("disabled").flag(), false) === true) return [];
  const directions = read<Direction[]>(
    () => [gcpDirection(at.at("direction"), "INGRESS")],
    ["in", "out"],
  );
  const priority = read(() => at.at("priority").number(), 0) ?? firewallPriorityDefault;
  const lists = { allow: at.at("allows"), deny: at.at("denies") } as const;
  const kinds = ["deny", "allow"] as const;
  const listed = kinds.filter((kind) => lists[kind].state === "unknown" || !isEmpty(lists[kind]));
  // A rule with neither list is refused: nobody can tell what it would do.
  const actions = listed.length > 0 ? listed : kinds;
  return directions.flatMap((direction) => {
    const sides = vpcSides(at, direction);
    const common = { direction, priority, ...sides, scope: undefined, scopeNetworks: [] };
    return actions.flatMap((action) => {
      const selectors = read(() => gcpSelectors(lists[action], "protocol"), everyLayer4);
      const origin = { urn: at.urn, path: at.path };
      return [{ ...common, action, selectors, networks: [], conditions, origin }];
    });
  });
}

function vpcSides(at: View, direction: Direction) {
  const [other, own] =
    direction === "in"
      ? (["source", "destination"] as const)
      : (["destination", "source"] as const);
  const tags = direction === "in" ? named(at.at("sourceTags"), "network-tag") : [];
  const accounts = direction === "in" ? named(at.at("sourceServiceAccounts"), "account") : [];
  const peers = [...named(at.at(`${other}Ranges`), "range"), ...tags, ...accounts];
  // Without any source or destination a rule means every IPv4 address.
  const everybody: Named[] = [{ kind: "addresses", addresses: every4 }];
  return {
    peers: peers.length > 0 ? peers : everybody,
    own: listed(at.at(`${own}Ranges`)),
    targets: [
      ...named(at.at("targetTags"), "network-tag"),
      ...named(at.at("targetServiceAccounts"), "account"),
    ],
  };
}

/** The rule of a firewall policy, likewise. */
export function readPolicyRule(at: View): FirewallRule[] {
  const { read, conditions } = beginReading();
  if (read(() => at.at("disabled").flag(), false) === true) return [];
  const directions = read<Direction[]>(
    () => [gcpDirection(at.at("direction"), "INGRESS")],
    ["in", "out"],
  );
  const actions = read(() => actionsOf(at.at("action")), ["allow", "deny", "pass"] as const);
  const priority = read(() => at.at("priority").number(), 0) ?? 0;
  const match = at.at("match");
  const selectors = read(() => gcpSelectors(match.at("layer4Configs"), "ipProtocol"), everyLayer4);
  return directions.flatMap((direction) => {
    const [other, own] =
      direction === "in" ? (["src", "dest"] as const) : (["dest", "src"] as const);
    const scopes = [`${other}NetworkScope`, `${other}NetworkContext`].map((key) => match.at(key));
    const rule = {
      direction,
      priority,
      selectors,
      peers: policyPeers(match, other),
      scope: scopes.find(({ state }) => state !== "absent"),
      scopeNetworks: listed(match.at(`${other}Networks`)),
      own: listed(match.at(`${own}IpRanges`)),
      targets: [
        ...tagsIn(at.at("targetSecureTags")),
        ...named(at.at("targetServiceAccounts"), "account"),
      ],
      networks: listed(at.at("targetResources")),
      origin: { urn: at.urn, path: at.path },
    };
    const inspected: Condition[] = isInspection(at.at("action"))
      ? [{ kind: "request", says: "traffic that the security profile group lets pass" }]
      : [];
    const all = [...conditions, ...inspected];
    return actions.map((action) => ({ ...rule, action, conditions: all }));
  });
}

const inspection = "apply_security_profile_group";

function isInspection(action: View): boolean {
  return action.state === "known" && action.text()?.toLowerCase() === inspection;
}

function actionsOf(view: View): readonly Action[] {
  const actions: Record<string, readonly Action[]> = {
    allow: ["allow"],
    deny: ["deny"],
    goto_next: ["pass"],
    // What the inspection does not let pass, it drops.
    [inspection]: ["allow", "deny"],
  };
  return meaningOf(view, actions);
}

function policyPeers(match: View, side: "src" | "dest"): Named[] {
  const secure = side === "src" ? tagsIn(match.at("srcSecureTags")) : [];
  const unseen = ["Fqdns", "RegionCodes", "ThreatIntelligences"].flatMap((kind) =>
    named(match.at(`${side}${kind}`), "unseen"),
  );
  const peers: Named[] = [
    ...named(match.at(`${side}IpRanges`), "range"),
    ...named(match.at(`${side}AddressGroups`), "address-group"),
    ...secure,
    ...unseen,
  ];
  if (peers.length > 0) return peers;
  const scoped = ["NetworkScope", "NetworkContext"].some(
    (kind) => match.at(`${side}${kind}`).state !== "absent",
  );
  // A kind of network alone means everybody in it; nothing at all, nobody can tell what.
  return [
    scoped
      ? { kind: "addresses", addresses: everyAddress }
      : { kind: "unseen", at: match.at(`${side}IpRanges`) },
  ];
}

function named(list: View, kind: Exclude<Named["kind"], "addresses">): Named[] {
  return listed(list).map((at) => ({ kind, at }));
}

function tagsIn(list: View): Named[] {
  return listed(list).map((entry) => ({ kind: "secure-tag", at: entry.at("name") }));
}

function listed(list: View): readonly View[] {
  return entriesOf(list);
}
