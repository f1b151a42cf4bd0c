/** The planned network of all clouds, whoever wrote it, in the model's own form. */
import type { Topology } from "../../model/network/topology.ts";
import { joinTopologies } from "../../model/network/topology.ts";
import type { Plan } from "../../model/policy/view.ts";
import { liftAws } from "./aws/topology.ts";
import { liftAzure } from "./azure/topology.ts";
import { liftGcp } from "./gcp/topology.ts";

/** Everything planned that has an address, and what decides about its packets. */
export function liftNetwork(plan: Plan): Topology {
  return joinTopologies([liftAws(plan).topology, liftAzure(plan), liftGcp(plan)]);
}
