/** Subnets of AWS that reach the internet through address translation only. */
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { entriesOf } from "../../lift/entries.ts";
import { settle } from "../../lift/uncertain.ts";
import { addTo, perPlan } from "./per-plan.ts";

const tableTypes = [awsTypes.routeTable, awsTypes.defaultRouteTable] as const;

/** By VPC, and what may yet turn out to be such a subnet. */
export interface PrivateSubnets {
  readonly of: (vpc: PlannedResource) => readonly PlannedResource[];
  readonly doubts: readonly Undecided[];
}

/** A subnet whose own route table leads to a NAT gateway. */
export const privateSubnets = perPlan((plan: Plan): PrivateSubnets => {
  const doubts: Undecided[] = [];
  const follow = (property: View, ...types: readonly string[]) => {
    const target = settle(() => plan.follow(property, ...types));
    if (target instanceof Undecided) doubts.push(target);
    else if (target.state === "resource") return target.resource;
    return undefined;
  };
  const translating = new Set<PlannedResource>();
  for (const { inputs } of plan.ofType(awsTypes.route)) {
    if (inputs.at("natGatewayId").state === "absent") continue;
    const table = follow(inputs.at("routeTableId"), ...tableTypes);
    if (table !== undefined) translating.add(table);
  }
  for (const table of plan.ofType(...tableTypes)) {
    const routes = settle(() => entriesOf(table.inputs.at("routes")));
    if (routes instanceof Undecided) doubts.push(routes);
    else if (routes.some((route) => route.at("natGatewayId").state !== "absent")) {
      translating.add(table);
    }
  }
  const byVpc = new Map<PlannedResource, PlannedResource[]>();
  for (const { inputs } of plan.ofType(awsTypes.tableOfSubnet)) {
    const table = follow(inputs.at("routeTableId"), ...tableTypes);
    if (table === undefined || !translating.has(table)) continue;
    const subnet = follow(inputs.at("subnetId"), awsTypes.subnet);
    const vpc = subnet && follow(subnet.inputs.at("vpcId"), awsTypes.vpc);
    if (vpc !== undefined && subnet !== undefined) addTo(byVpc, vpc, subnet);
  }
  return { of: (vpc) => byVpc.get(vpc) ?? [], doubts };
});
