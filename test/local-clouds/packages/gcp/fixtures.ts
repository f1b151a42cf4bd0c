/** What most tests of Google's areas begin with. */

import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { type Lab, type Made, openLab } from "../../kit/lab.ts";

/** The project of the labs. */
export const project = "shop-dev";

/** A lab in a zone of europe-west4. */
export function openGoogle(): Lab {
  return openLab("gcp", { project, region: "europe-west4", zone: "europe-west4-a" });
}

/** A VPC network without subnets of its own. */
export function makeNetwork(lab: Lab, name = "net"): Made {
  return lab.create("gcp:compute/network:Network", name, { name, autoCreateSubnetworks: false });
}

/** A subnet of a network. */
export function makeSubnet(lab: Lab, name: string, range: string, more: JsonObject = {}): Made {
  return lab.create("gcp:compute/subnetwork:Subnetwork", name, {
    name,
    network: "net",
    ipCidrRange: range,
    ...more,
  });
}
