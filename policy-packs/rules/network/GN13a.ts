/** Compute Engine documentation, "External IP addresses": an empty access configuration asks for one. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { gcpTypes } from "../../lift/gcp/types.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import { everyMachineType } from "../shared/gcp-machines.ts";

const type = gcpTypes.instance;
const machine = (card: Json) => alone(type, { networkInterfaces: [card] });

export const GN13a: Rule = {
  id: "GN13a",
  sentence: "No machine has a public address.",
  why: "A machine with a public address is tried by everybody; one rule of the firewall is all that is left between.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [cis("cis-gcp-3.0.0", "4.9")],
  fix: "Take accessConfigs and ipv6AccessConfigs away; come by Identity-Aware Proxy or a load balancer, call out by Cloud NAT.",
  subjects: everyMachineType,
  needs: "resource",
  check: ({ inputs }, judge) => {
    for (const card of entriesOf(inputs.at("networkInterfaces"))) {
      for (const property of ["accessConfigs", "ipv6AccessConfigs"]) {
        judge.part(() => {
          const list = card.at(property);
          // Which address it is need not be known.
          if (list.items().length === 0) return;
          judge.fail(list, "a packet from the internet to the machine's own public address");
        });
      }
    }
  },
  examples: [
    {
      kind: "violating",
      says: "an address that is made at creation",
      expect: "fail",
      resources: machine({ network: "net", accessConfigs: [{}] }),
      path: "networkInterfaces[0].accessConfigs",
    },
    {
      kind: "violating",
      says: "a public address of IPv6 on a template",
      expect: "fail",
      resources: alone(gcpTypes.template, {
        networkInterfaces: [{ ipv6AccessConfigs: [{ networkTier: "PREMIUM" }] }],
      }),
      path: "networkInterfaces[0].ipv6AccessConfigs",
    },
    {
      kind: "clean",
      says: "a private address",
      expect: "pass",
      resources: machine({ subnetwork: "subnet", accessConfigs: [] }),
    },
    {
      kind: "unknown",
      says: "whether there is one is not known",
      expect: "unknown",
      resources: machine({ subnetwork: "subnet", accessConfigs: unknownHere }),
      path: "networkInterfaces[0].accessConfigs",
    },
    {
      kind: "absent",
      says: "no interfaces of its own",
      expect: "pass",
      resources: alone(gcpTypes.instanceFromTemplate, {}),
    },
  ],
};
