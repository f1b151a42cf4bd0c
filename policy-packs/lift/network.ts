/** The planned network of all clouds and clusters, whoever wrote it, in the model's own form. */
import type { Topology } from "../../model/network/topology.ts";
import { joinTopologies } from "../../model/network/topology.ts";
import type { Plan } from "../../model/policy/view.ts";
import type { LiftNote } from "./aws/lift.ts";
import { liftAws } from "./aws/topology.ts";
import { liftAzure } from "./azure/topology.ts";
import { joinClouds } from "./borders.ts";
import { withClusters } from "./clusters/join.ts";
import type { ClusterNote } from "./clusters/notes.ts";
import { liftGcp } from "./gcp/topology.ts";
import type { RuleNote } from "./rule-notes.ts";
import { ruleNotes } from "./rule-notes.ts";
import { translatorsOf } from "./translators.ts";

/** A lifted network, and what was noticed on the way that no packet shows. */
export interface LiftedNetwork {
  readonly topology: Topology;
  readonly notes: readonly (LiftNote | RuleNote | ClusterNote)[];
}

/** Rules and records ask about one plan several times. */
const lifted = new WeakMap<Plan, LiftedNetwork>();

/** Everything planned that has an address, and what decides about its packets. */
export function liftNetwork(plan: Plan): LiftedNetwork {
  const known = lifted.get(plan);
  if (known !== undefined) return known;
  const { topology, notes } = liftAws(plan);
  const clouds = joinClouds({ aws: topology, azure: liftAzure(plan), gcp: liftGcp(plan) });
  const joined = withClusters(plan, clouds);
  const network = {
    topology: joinTopologies([joined.topology, translatorsOf(plan)]),
    notes: [...notes, ...ruleNotes(plan), ...joined.notes],
  };
  lifted.set(plan, network);
  return network;
}
