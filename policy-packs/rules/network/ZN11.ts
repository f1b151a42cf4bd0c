/**
 * Microsoft Learn, "Default outbound access in Azure": a subnet has it unless told otherwise by all
 * versions of the API that the provider knows. Subnets handed to a service are that service's.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { isEmpty } from "../../lift/entries.ts";
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
  fix: "Set defaultOutboundAccess to false; give what must call out a NAT gateway or a firewall.",
  // Machines that call out by it lose that the next time they start.
  remedy: {
    kind: "opt-in",
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
  needs: "resource",
  check: (subject, judge) => {
    let asked = false;
    for (const subnet of subnetsIn(subject)) {
      judge.part(() => {
        if (!isConcerned(subnet, subject)) return;
        asked = true;
        const access = subnet.at(property);
        if (access.flag() === false) return;
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
