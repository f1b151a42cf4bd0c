/**
 * Microsoft Learn, "Create, change, or delete a virtual network peering": both are off unless set; and
 * "Hub-spoke network topology": a hub's gateway is shared by `allowGatewayTransit`, and what its firewall
 * passes on is taken by `allowForwardedTraffic` in the spoke.
 */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { entriesOf } from "../../lift/entries.ts";
import { hubExamples } from "../shared/hub-examples.ts";
import { quietly, refersTo, tellDoubts } from "../shared/refers-to.ts";

const firewallSubnet = "AzureFirewallSubnet";
const gatewaySubnet = "GatewaySubnet";

export const ZN09: Rule = {
  id: "ZN09",
  sentence: "A peering carries packets of others only from a hub's firewall, or to its gateway.",
  why: "Who has taken over one network reaches by its neighbour networks that were never joined to it.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set allowForwardedTraffic and allowGatewayTransit to false, and peer the networks that shall talk, or a hub with a firewall.",
  subjects: [azureTypes.peering, azureTypes.network],
  needs: "plan",
  check: (subject, judge, plan) => {
    const isNetwork = subject.type === azureTypes.network;
    const peerings = isNetwork
      ? entriesOf(subject.inputs.at("virtualNetworkPeerings"))
      : [subject.inputs];
    if (peerings.length === 0) return judge.notApplicable("no peering is written in it");
    for (const peering of peerings) {
      const own = isNetwork ? subject : networkOf(plan, peering.at("virtualNetworkName"));
      judge.part(() => {
        const far = networkOf(plan, peering.at("remoteVirtualNetwork", "id"));
        demandOff(judge, plan, peering.at("allowForwardedTraffic"), far, {
          subnet: firewallSubnet,
          witness: "a packet that the neighbour passes on from a third network",
        });
      });
      judge.part(() => {
        demandOff(judge, plan, peering.at("allowGatewayTransit"), own, {
          subnet: gatewaySubnet,
          witness: "a packet between the neighbour and whatever is behind the gateway",
        });
      });
    }
  },
  examples: hubExamples,
};

/** The flag is off, or the network, where it is planned, has the subnet that the flag is for. */
function demandOff(
  judge: Judge,
  plan: Plan,
  flag: View,
  network: PlannedResource | undefined,
  { subnet, witness }: { readonly subnet: string; readonly witness: string },
): void {
  if (flag.flag() !== true) return;
  if (network !== undefined) {
    const inside = entriesOf(network.inputs.at("subnets")).some((one) => isNamed(one, subnet));
    const beside = quietly(
      judge,
      plan.ofType(azureTypes.subnet),
      (one) =>
        (isNamed(one.inputs, subnet) || one.name === subnet) &&
        refersTo(plan, one.inputs.at("virtualNetworkName"), network),
    );
    if (inside || beside.is === "yes") return;
    tellDoubts(judge, beside);
    if (beside.is === "open") return;
  }
  judge.fail(flag, witness);
}

function isNamed(subnet: View, name: string): boolean {
  return [subnet.at("subnetName").text(), subnet.at("name").text()].includes(name);
}

/** The planned network that the property means. */
function networkOf(plan: Plan, property: View): PlannedResource | undefined {
  const target = plan.follow(property, azureTypes.network);
  return target.state === "resource" ? target.resource : undefined;
}
