/**
 * Amazon VPC Peering Guide, "VPC peering configurations with routes to specific subnets". A block of
 * a VPC is a /16 at most, of IPv6 a /44 (Amazon VPC User Guide, "VPC CIDR blocks").
 */
import { tryParseCidr } from "../../../model/base/address.ts";
import { covers } from "../../../model/base/interval-set.ts";
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { addressesOf } from "../../lift/address-set.ts";
import { awsTypes, vpcTypes } from "../../lift/aws/types.ts";
import { entriesOf } from "../../lift/entries.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { peeringExamples } from "../shared/peering-examples.ts";
import { isGiven } from "../shared/refers-to.ts";

const blockBitsMin = { 4: 16, 6: 44 } as const;
const tableTypes = [awsTypes.routeTable, awsTypes.defaultRouteTable];

export const AN19: Rule = {
  id: "AN19",
  sentence: "A route to a peer is no wider than the peer's network.",
  why: "Packets for addresses that are not the peer's go to the peer as well: whoever is in it reads or answers them.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["AC-4", "SC-7"],
  frameworks: [
    cis("cis-aws-3.0.0", "5.5"),
    iso("aws", "A.8.22", "vpc_peering_routing_tables_with_least_privilege"),
  ],
  fix: "Route the prefix of the peer's tier that is called.",
  subjects: [awsTypes.route, ...tableTypes],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (subject.type === awsTypes.route) {
      const { inputs } = subject;
      const to = [inputs.at("destinationCidrBlock"), inputs.at("destinationIpv6CidrBlock")];
      return judgeRoute(judge, plan, subject, inputs, to);
    }
    for (const entry of entriesOf(subject.inputs.at("routes"))) {
      const to = [entry.at("cidrBlock"), entry.at("ipv6CidrBlock")];
      judgeRoute(judge, plan, subject, entry, to);
    }
  },
  examples: peeringExamples,
};

function judgeRoute(
  judge: Judge,
  plan: Plan,
  subject: PlannedResource,
  entry: View,
  destinations: readonly View[],
): void {
  const peering = entry.at("vpcPeeringConnectionId");
  if (!isGiven(entry, "vpcPeeringConnectionId")) return;
  for (const destination of destinations) {
    judge.part(() => {
      const text = destination.text() ?? "";
      if (text === "") return;
      const cidr = tryParseCidr(text);
      const tooWide =
        (cidr !== undefined && cidr.length < blockBitsMin[cidr.family]) ||
        isWider(destination, peerOf(plan, subject, peering));
      if (tooWide)
        judge.fail(destination, `a packet to another network in ${text} goes to the peer`);
    });
  }
}

/** The planned VPC on the other side, where the plan has both sides. */
function peerOf(plan: Plan, subject: PlannedResource, peering: View): PlannedResource | undefined {
  const connection = plan.follow(peering, awsTypes.peering);
  if (connection.state !== "resource") return undefined;
  const table =
    subject.type === awsTypes.route
      ? plan.follow(subject.inputs.at("routeTableId"), ...tableTypes)
      : { state: "resource" as const, resource: subject };
  if (table.state !== "resource") return undefined;
  const own = plan.follow(table.resource.inputs.at("vpcId"), ...vpcTypes);
  if (own.state !== "resource") return undefined;
  const { inputs } = connection.resource;
  const sides = [inputs.at("vpcId"), inputs.at("peerVpcId")].flatMap((side) => {
    const vpc = plan.follow(side, ...vpcTypes);
    return vpc.state === "resource" && vpc.resource !== own.resource ? [vpc.resource] : [];
  });
  return sides[0];
}

function isWider(destination: View, peer: PlannedResource | undefined): boolean {
  const block = peer?.inputs.at("cidrBlock");
  if (block === undefined || block.state === "absent") return false;
  const to = addressesOf(destination);
  const network = addressesOf(block);
  return covers(to, network) && !covers(network, to);
}
