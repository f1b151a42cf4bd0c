/**
 * Microsoft Learn, "Default outbound access in Azure": a subnet has it unless told otherwise by all
 * versions of the API that the provider knows. Subnets handed to a service are that service's.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { isEmpty } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { isManaged, subnetsIn, subnetWriters } from "../shared/azure-subnets.ts";

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
  examples: [
    {
      kind: "violating",
      says: "said so",
      expect: "fail",
      resources: alone(azureTypes.subnet, { [property]: true }),
      path: property,
    },
    {
      kind: "violating",
      says: "inside its network, beside Azure's own",
      expect: "fail",
      resources: alone(azureTypes.network, {
        subnets: [{ name: "AzureBastionSubnet" }, { name: "app" }],
      }),
      path: `subnets[1].${property}`,
    },
    {
      kind: "clean",
      says: "a private subnet",
      expect: "pass",
      resources: alone(azureTypes.subnet, { [property]: false }),
    },
    {
      kind: "clean",
      says: "a subnet handed to a service",
      expect: "not-applicable",
      resources: alone(azureTypes.subnet, {
        delegations: [{ name: "db", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }],
      }),
    },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: alone(azureTypes.subnet, { [property]: unknownHere }),
      path: property,
    },
    {
      kind: "absent",
      says: "not set",
      expect: "fail",
      resources: alone(azureTypes.subnet, {}),
      path: property,
    },
  ],
};

function isConcerned(subnet: View, subject: PlannedResource): boolean {
  return !isManaged(subnet, subject) && isEmpty(subnet.at("delegations"));
}
