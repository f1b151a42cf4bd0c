/**
 * The default network of every project: auto mode, with four rules that let machines in ("VPC
 * networks", "Default network"; "VPC firewall rules", "Pre-populated rules in the default network").
 */

import type { JsonObject } from "../../protocol/value.ts";
import type { Native } from "../../types/native.ts";
import { autoRange } from "./types/auto-subnets.ts";

const networkName = "default";
const anywhere = "0.0.0.0/0";

/** What a project has before anybody makes anything; it is the same from every region. */
export function gcpNatives(): readonly Native[] {
  return [
    {
      token: "gcp:compute/network:Network",
      name: networkName,
      inputs: () => ({
        name: networkName,
        description: "Default network for the project",
        autoCreateSubnetworks: true,
        deleteDefaultRoutesOnCreate: false,
        networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
      }),
    },
    rule("default-allow-internal", "Allow internal traffic on the default network", autoRange, [
      { protocol: "tcp", ports: ["0-65535"] },
      { protocol: "udp", ports: ["0-65535"] },
      { protocol: "icmp" },
    ]),
    rule("default-allow-ssh", "Allow SSH from anywhere", anywhere, [
      { protocol: "tcp", ports: ["22"] },
    ]),
    rule("default-allow-rdp", "Allow RDP from anywhere", anywhere, [
      { protocol: "tcp", ports: ["3389"] },
    ]),
    rule("default-allow-icmp", "Allow ICMP from anywhere", anywhere, [{ protocol: "icmp" }]),
  ];
}

function rule(
  name: string,
  description: string,
  from: string,
  allows: readonly JsonObject[],
): Native {
  return {
    token: "gcp:compute/firewall:Firewall",
    name,
    inputs: (of) => ({
      name,
      description,
      network: of(networkName).id,
      direction: "INGRESS",
      priority: lowestPriority,
      sourceRanges: [from],
      allows,
    }),
  };
}

/** Every other rule comes before them. */
const lowestPriority = 65_534;
