/** The rules with which the default network is born ("Pre-populated rules in the default network"). */
import { cidrSet, parseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { portsSet, tryParsePorts } from "../../../model/base/layer4.ts";
import { every4 } from "../address-set.ts";
import type { FirewallRule } from "./firewall-rules.ts";

const internal = cidrSet([parseCidr("10.128.0.0/9", "default network")]);
const priority = 65534;

/** They hold as long as nobody has deleted them, which is not seen here. */
export function defaultRules(): readonly FirewallRule[] {
  return [
    rule("default-allow-internal", internal, "tcp", "udp", "icmp"),
    rule("default-allow-ssh", every4, "tcp/22"),
    rule("default-allow-rdp", every4, "tcp/3389"),
    rule("default-allow-icmp", every4, "icmp"),
  ];
}

function rule(name: string, addresses: IntervalSet, ...ports: readonly string[]): FirewallRule {
  return {
    direction: "in",
    action: "allow",
    priority,
    selectors: portsSet(ports.flatMap((text) => tryParsePorts(text) ?? [])),
    peers: [{ kind: "addresses", addresses }],
    scope: undefined,
    scopeNetworks: [],
    own: [],
    targets: [],
    networks: [],
    conditions: [],
    origin: { urn: name, path: `priority ${priority}` },
  };
}
