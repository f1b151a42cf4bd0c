/** A small GCP network as plain planned resources: what rows of tables change. */
import type { RawResource } from "../../../../policy-packs/kit/plan.ts";

type Props = Readonly<Record<string, unknown>>;

export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A planned resource; `known` is its id. */
export function resource(token: string, name: string, inputs: Props, known = ""): RawResource {
  const type = token.startsWith("gcp:") ? token : compute(token);
  const outputs = known === "" ? {} : { id: known };
  return { urn: `urn:pulumi:dev::test::${type}::${name}`, type, name, inputs, outputs };
}

function compute(name: string): string {
  return `gcp:compute/${name[0]?.toLowerCase()}${name.slice(1)}:${name}`;
}

export function network(name: string, more: Props = {}): RawResource {
  const inputs = { name, autoCreateSubnetworks: false, ...more };
  return resource("Network", name, inputs, `projects/p/global/networks/${name}`);
}

export function subnet(name: string, of: string, range: string, more: Props = {}): RawResource {
  const inputs = { name, network: of, ipCidrRange: range, region: "europe-west4", ...more };
  return resource(
    "Subnetwork",
    name,
    inputs,
    `projects/p/regions/europe-west4/subnetworks/${name}`,
  );
}

/** An instance without an external address. */
export function instance(name: string, of: string, address: string, more: Props = {}): RawResource {
  const { nic = {}, ...rest } = more as { nic?: Props };
  const inputs = {
    name,
    networkInterfaces: [{ subnetwork: of, networkIp: address, ...nic }],
    ...rest,
  };
  return resource("Instance", name, inputs, `projects/p/zones/a/instances/${name}`);
}

/** `allow 1000 INGRESS tcp 443` in the network, as a VPC firewall rule. */
export function firewall(text: string, more: Props = {}): RawResource {
  const [action, priority, direction, protocol = "all", ports] = text.split(" ");
  const list = [{ protocol, ...(ports === undefined ? {} : { ports: ports.split(",") }) }];
  const inputs = {
    name: text,
    network: "net",
    priority: Number(priority),
    direction,
    [action === "allow" ? "allows" : "denies"]: list,
    ...more,
  };
  return resource("Firewall", text, inputs);
}

const everywhere = { srcIpRanges: ["0.0.0.0/0"], destIpRanges: ["0.0.0.0/0"] };

/** `goto_next 1000 INGRESS tcp 443`: a rule of the policy `policy`. */
export function policyRule(text: string, match: Props = {}, more: Props = {}): RawResource {
  const [action, priority, direction, protocol = "all", ports] = text.split(" ");
  const config = {
    ipProtocol: protocol,
    ...(ports === undefined ? {} : { ports: ports.split(",") }),
  };
  const side = direction === "INGRESS" ? "srcIpRanges" : "destIpRanges";
  const peers = Object.keys(match).length > 0 ? match : { [side]: everywhere[side] };
  const inputs = {
    firewallPolicy: "policy",
    priority: Number(priority),
    direction,
    action,
    match: { layer4Configs: [config], ...peers },
    ...more,
  };
  return resource("NetworkFirewallPolicyRule", `policy ${text}`, inputs);
}

/** A global policy that is attached to the network, and its rules. */
export function policy(...rules: readonly RawResource[]): RawResource[] {
  return [
    resource("NetworkFirewallPolicy", "policy", { name: "policy" }),
    resource("NetworkFirewallPolicyAssociation", "attached", {
      firewallPolicy: "policy",
      attachmentTarget: "net",
    }),
    ...rules,
  ];
}

/** A secure tag value; its id is `tagValues/NAME`. */
export function secureTag(name: string): RawResource {
  return resource("gcp:tags/tagValue:TagValue", name, { shortName: name }, `tagValues/${name}`);
}

export const tagged = (tag: string) => ({
  params: { resourceManagerTags: { key: `tagValues/${tag}` } },
});
export const secure = (tag: string) => [{ name: `tagValues/${tag}` }];
/** An external IPv4 address on the interface. */
export const external = { nic: { accessConfigs: [{}] } };

/** Two subnets with a machine in each; `web` carries the network tag `web`, `app` `app-tier`. */
export const base: readonly RawResource[] = [
  network("net"),
  subnet("web-net", "net", "10.2.1.0/24"),
  subnet("app-net", "net", "10.2.2.0/24"),
  instance("web", "web-net", "10.2.1.4", { tags: ["web"] }),
  instance("app", "app-net", "10.2.2.4", { tags: ["app-tier"] }),
];

/** The base with more, where a resource of the same type and name takes the other's place. */
export function withMore(...more: readonly RawResource[]): readonly RawResource[] {
  const replaced = new Set(more.map(({ urn }) => urn));
  return [...base.filter(({ urn }) => !replaced.has(urn)), ...more];
}

/** A second network with a machine in it that lets everybody in. */
export const other: readonly RawResource[] = [
  network("other"),
  subnet("far-net", "other", "10.3.1.0/24"),
  instance("far", "far-net", "10.3.1.4"),
  { ...firewall("allow 900 INGRESS all", { network: "other" }), name: "far-open" },
];

export function peering(from: string, to: string, more: Props = {}): RawResource {
  return resource("NetworkPeering", `${from}-${to}`, { network: from, peerNetwork: to, ...more });
}
