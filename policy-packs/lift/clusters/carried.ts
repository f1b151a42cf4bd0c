/** The rules of a cloud as they bind pods: those of what carries them, for what leaves its node. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { PeerTerm, Residual, Rule, Stage } from "../../../model/network/topology.ts";
import { unknownCondition } from "../uncertain.ts";

/** What of a cluster changes the rules of its cloud. */
export interface Carrying {
  readonly id: string;
  /** The cluster, to which evidence points. */
  readonly urn: string;
  /** Groups of all its pods and of its nodes. */
  readonly pods: string;
  readonly nodes: string;
  /** Whether packets between pods of one node never meet the rules. */
  readonly shortcut: boolean;
  /** Whether the cluster itself routes between its pods, whatever the cloud's routes say. */
  readonly inner: boolean;
  /** Ways around every stage that what carries the pods has. */
  readonly residuals: readonly Residual[];
}

/** The stage for pods; the same id for the same stage of the same cluster. */
export function carriedStage(stage: Stage, carrying: Carrying): Stage {
  const [first, ...rest] = stage.tiers;
  if (first === undefined) return stage;
  const rules = [...within(stage, carrying), ...around(stage, carrying), ...first.rules];
  return { ...stage, id: carriedId(stage.id, carrying), tiers: [{ ...first, rules }, ...rest] };
}

export function carriedId(id: string, carrying: Carrying): string {
  return `${id} | ${carrying.id}`;
}

function within({ plane }: Stage, { urn, pods, nodes, shortcut, inner }: Carrying): Rule[] {
  const peers = [{ group: pods }, { group: nodes }];
  if (inner && plane === "route") {
    const origin = { urn, path: "routes between its pods" };
    return [{ action: "allow", peers, selectors: everyLayer4, origin }];
  }
  const path = "whether both run on one node";
  return shortcut ? [openRule(urn, path, peers, everyLayer4)] : [];
}

/** What a node gets from its platform its pods may get as well, where their own rules let them. */
function around({ direction }: Stage, { urn, residuals }: Carrying): Rule[] {
  if (direction === "in") return [];
  return residuals.map(({ to, selectors, says }) =>
    openRule(urn, `whether its pods get at ${says}`, [{ addresses: to }], selectors),
  );
}

function openRule(
  urn: string,
  path: string,
  peers: readonly PeerTerm[],
  selectors: IntervalSet,
): Rule {
  const conditions = [unknownCondition({ urn, path })];
  return { action: "allow", peers, selectors, conditions, origin: { urn, path } };
}
