/**
 * The platform's own addresses.
 *
 * Azure Virtual Network, "Network security groups", "Azure platform considerations": DHCP, DNS,
 * metadata and health monitoring by 168.63.129.16 and 169.254.169.254 are not subject to groups
 * unless a rule denies the tags AzurePlatformDNS, AzurePlatformIMDS or AzurePlatformLKM.
 */

import { addressOf } from "../address.ts";
import type { Deployed } from "../deployed.ts";
import type { Packet } from "../packet.ts";
import { drops, passes, type Stage, type Walk } from "../walk.ts";
import type { AzureInterface } from "./interface.ts";
import { groupsOf, rulesOf } from "./security-groups.ts";
import { hostAddress } from "./tags.ts";

const stage: Stage = {
  stage: "platform services",
  document: "Azure Virtual Network: Network security groups, Azure platform considerations",
};

/** Ports of key management and of DNS at the platform's addresses. */
const keyPort = 1688;
const dnsPort = 53;

/** Whether the packet was for the platform, and so is done. */
export function* toPlatform(
  deployed: Deployed,
  packet: Packet,
  from: AzureInterface,
): Walk<boolean> {
  const { onLine, text } = packet.destination;
  const metadata = onLine === addressOf("169.254.169.254")?.onLine;
  const host = onLine === addressOf(hostAddress)?.onLine;
  if (!metadata && !host) return false;
  const tag = metadata ? "AzurePlatformIMDS" : hostTag(packet);
  const denied = groupsOf(deployed, from, "Outbound").flatMap(({ id }) =>
    rulesOf(deployed, id, "Outbound").filter(
      (rule) =>
        rule.access === "Deny" &&
        rule.destination.prefixes.some((prefix) => prefix.toLowerCase() === tag.toLowerCase()),
    ),
  );
  const [rule] = denied;
  yield rule === undefined
    ? passes(stage, text, `the platform's own, and no rule denies ${tag}`)
    : drops(stage, rule.owner, `${rule.name} (${rule.priority}) denies ${tag}`);
  return true;
}

function hostTag(packet: Packet): string {
  if (packet.port === dnsPort) return "AzurePlatformDNS";
  return packet.port === keyPort ? "AzurePlatformLKM" : "no tag";
}
