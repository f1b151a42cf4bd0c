/**
 * Microsoft Learn, "Default outbound access in Azure": a subnet has it unless told otherwise by all
 * versions of the API that the provider knows. Subnets handed to a service are that service's. It is
 * never taken by what leaves by a NAT gateway or a route of its own, nor by nodes of a cluster, which
 * have a way out of their own (Azure Kubernetes Service, "Outbound types"); private endpoints do not call.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { isEmpty } from "../../lift/entries.ts";
import { hasOwnWayOut, holdsEndpointsOnly, holdsNodesOnly } from "../shared/azure-subnet-users.ts";
import { isManaged, subnetsIn, subnetWriters } from "../shared/azure-subnets.ts";
import { outboundExamples } from "../shared/outbound-examples.ts";

const property = "defaultOutboundAccess";

export const ZN11: Rule = {
  id: "ZN11",
  sentence: "No subnet has Azure's default way out to the internet.",
  why: "Machines call out by an address that nobody planned, logs or filters: tools come in and data leaves by it.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set defaultOutboundAccess to false; give what must call out a NAT gateway, or a route to a firewall.",
  // Machines that call out by it lose that the next time they start.
  remedy: {
    kind: "opt-in",
    unasked: true,
    edits: (subject) =>
      subnetsIn(subject).flatMap((subnet, index) =>
        isConcerned(subnet, subject) && subnet.at(property).flag() !== false
          ? [
              {
                path: subnet.path === "" ? [property] : ["subnets", index, property],
                value: false,
              },
            ]
          : [],
      ),
  },
  subjects: subnetWriters,
  needs: "plan",
  check: (subject, judge, plan) => {
    let asked = false;
    for (const subnet of subnetsIn(subject)) {
      judge.part(() => {
        if (!isConcerned(subnet, subject)) return;
        if (holdsEndpointsOnly(plan, subject) || holdsNodesOnly(plan, subject)) return;
        asked = true;
        const access = subnet.at(property);
        if (access.flag() === false || hasOwnWayOut(judge, plan, subnet) !== "no") return;
        judge.fail(access, "a call from a machine in the subnet to 203.0.113.7");
      });
    }
    if (!asked) judge.notApplicable("no subnet for machines");
  },
  examples: outboundExamples,
};

function isConcerned(subnet: View, subject: PlannedResource): boolean {
  return !isManaged(subnet, subject) && isEmpty(subnet.at("delegations"));
}
