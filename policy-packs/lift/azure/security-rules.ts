/**
 * Security rules as the topology's rules (Microsoft Learn, "Network security groups": the lowest
 * number first, and the first match decides).
 */
import { everyAddress } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, emptySet, subtract, union } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type {
  Action,
  Condition,
  Direction,
  Origin,
  Rule,
} from "../../../model/network/topology.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import {
  azureAction,
  azureDirection,
  azureSelectors,
  azureSide,
  azureSidesOf,
  azureSourcePorts,
} from "../azure-rules.ts";
import type { Peer } from "../edge-rule.ts";
import { unreadable } from "../layer4.ts";
import { beginReading, settle, underConditions, unknownCondition } from "../uncertain.ts";
import type { Scope } from "./scope.ts";
import { endsOf, idsOfGroups } from "./scope.ts";

/** A rule as written, before it is known whom it guards. */
export interface SecurityRule {
  readonly direction: Direction;
  readonly action: Action;
  readonly priority: number;
  readonly selectors: IntervalSet;
  readonly sourcePorts: IntervalSet | undefined;
  readonly peers: readonly Peer[];
  readonly own: readonly Peer[];
  readonly conditions: readonly Condition[];
  readonly origin: Origin;
}

/** What a rule's meaning depends on beside itself. */
export interface Guarded {
  readonly scope: Scope;
  /** Ids of the application security groups of the guarded interface. */
  readonly applicationGroups: readonly string[];
}

/** How rules of one kind are written. */
export interface RuleForm {
  readonly actions: (at: View) => Action;
  readonly side: (at: View, side: "source" | "destination") => Peer[];
}

const securityForm: RuleForm = { actions: (at) => azureAction(at.at("access")), side: azureSide };

/**
 * The rule at `at`, once for each direction and action it may turn out to have. A rule of unknown
 * priority may be the first of all; as it counts for "may" and "must" alike only where it changes
 * nothing, it can stand there.
 */
export function readSecurityRule(at: View, form: RuleForm = securityForm): SecurityRule[] {
  const { read, conditions } = beginReading();
  const directions = read<Direction[]>(() => [azureDirection(at)], ["in", "out"]);
  const actions = read<Action[]>(() => [form.actions(at)], ["allow", "deny"]);
  const priority = read(() => at.at("priority").number(), 0) ?? Number.MAX_SAFE_INTEGER;
  const selectors = read(() => azureSelectors(at), everyLayer4);
  const sourcePorts = read(() => azureSourcePorts(at), undefined);
  return directions.flatMap((direction) => {
    const [other, own] = azureSidesOf(direction);
    const common = { direction, priority, selectors, sourcePorts, conditions };
    const sides = { peers: written(form, at, other), own: written(form, at, own) };
    const origin = { urn: at.urn, path: at.path };
    return actions.map((action) => ({ ...common, ...sides, action, origin }));
  });
}

/** The service refuses a side of which nothing is said: nobody can tell what it would mean. */
function written(form: RuleForm, at: View, side: "source" | "destination"): Peer[] {
  const peers = settle(() => form.side(at, side));
  if (!(peers instanceof Undecided) && peers.length > 0) return peers;
  const place = at.at(`${side}AddressPrefix`);
  const addresses = () => {
    throw peers instanceof Undecided ? peers : unreadable(place);
  };
  return [{ kind: "addresses", at: place, addresses }];
}

/** What the rule is for the guarded interface: nothing where it is not for it. */
export function compileRule(plan: Plan, rule: SecurityRule, guarded: Guarded): Rule[] {
  const own = ownSide(plan, rule, guarded);
  if (own.addresses.length === 0) return [];
  const ends = endsOf(plan, guarded.scope, rule.peers);
  const conditions = [...rule.conditions, ...own.conditions];
  const common = {
    action: rule.action,
    ...(covers(own.addresses, everyAddress) ? {} : { own: own.addresses }),
    selectors: rule.selectors,
    ...(rule.sourcePorts === undefined ? {} : { sourcePorts: rule.sourcePorts }),
    origin: rule.origin,
  };
  const sure = { ...common, peers: ends.sure, ...underConditions(conditions) };
  if (ends.perhaps.length === 0) return [sure];
  const more = [...conditions, ...ends.conditions];
  const perhaps = { ...common, peers: ends.perhaps, ...underConditions(more) };
  return ends.sure.length === 0 ? [perhaps] : [sure, perhaps];
}

interface Own {
  readonly addresses: IntervalSet;
  readonly conditions: readonly Condition[];
}

/** Addresses of the guarded side to which the rule is limited. */
function ownSide(plan: Plan, rule: SecurityRule, guarded: Guarded): Own {
  let addresses: IntervalSet = emptySet;
  const conditions: Condition[] = [];
  const add = (body: () => IntervalSet) => {
    const read = settle(body);
    if (read instanceof Undecided) conditions.push(unknownCondition(read));
    addresses = union(addresses, read instanceof Undecided ? everyAddress : read);
  };
  for (const peer of rule.own) add(() => ownAddresses(peer, guarded.scope));
  add(() => {
    // A rule that names groups is for their members only ("Application security groups").
    const named = idsOfGroups(plan, groupsIn(rule));
    return named.some((id) => guarded.applicationGroups.includes(id)) ? everyAddress : emptySet;
  });
  return { addresses, conditions };
}

function groupsIn({ own }: SecurityRule): View[] {
  return own.filter(({ kind }) => kind === "group").map(({ at }) => at);
}

function ownAddresses(peer: Peer, scope: Scope): IntervalSet {
  if (peer.kind === "tag") return ownAddressesOfTag(peer.tag.toLowerCase(), scope);
  return peer.kind === "addresses" ? peer.addresses() : emptySet;
}

/** What is guarded lies in the virtual network; how far that reaches may not be known. */
function ownAddressesOfTag(tag: string, { inside, open }: Scope): IntervalSet {
  if (tag === "virtualnetwork") return open.length > 0 ? everyAddress : inside;
  return tag === "internet" && open.length === 0 ? subtract(everyAddress, inside) : emptySet;
}

/** Ids of the application security groups by which the rules limit the side they guard. */
export function ownGroups(plan: Plan, rules: readonly SecurityRule[]): string[] {
  return rules.flatMap((rule) => {
    const ids = settle(() => idsOfGroups(plan, groupsIn(rule)));
    return ids instanceof Undecided ? [] : ids;
  });
}
