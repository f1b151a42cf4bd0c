/** Ways around every filter that AWS keeps open. */
import {
  cidrInterval,
  everyAddress,
  tryParseAddress,
  tryParseCidr,
} from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { intervalSet } from "../../../model/base/interval-set.ts";
import type { PortRange } from "../../../model/base/layer4.ts";
import { everyLayer4, portsSet } from "../../../model/base/layer4.ts";
import type { Residual } from "../../../model/network/topology.ts";
import { readOr } from "../uncertain.ts";
import type { AwsEnd } from "./ends.ts";
import type { AwsNetwork } from "./networks.ts";

/** Says that neither groups nor ACLs filter these. */
const document = "Amazon VPC User Guide, Security groups and Network ACLs: not filtered";

const port = (protocol: "tcp" | "udp", number: number): PortRange => ({
  protocol,
  from: number,
  to: number,
});

/** Link-local services, the same everywhere (EC2 user guide: IMDS, Time Sync, Windows activation). */
const everywhere: readonly {
  readonly says: string;
  readonly addresses: readonly string[];
  readonly ports: readonly PortRange[];
}[] = [
  {
    says: "instance metadata",
    addresses: ["169.254.169.254", "fd00:ec2::254"],
    ports: [port("tcp", 80)],
  },
  { says: "ECS task metadata", addresses: ["169.254.170.2"], ports: [port("tcp", 80)] },
  {
    says: "Amazon Time Sync",
    addresses: ["169.254.169.123", "fd00:ec2::123"],
    ports: [port("udp", 123)],
  },
  {
    says: "Windows licence activation",
    addresses: ["169.254.169.250", "169.254.169.251"],
    ports: [port("tcp", 1688)],
  },
];
const resolvers = ["169.254.169.253", "fd00:ec2::253"];
const resolverPorts = [port("udp", 53), port("tcp", 53)];

/** The residual paths of all ends. */
export function awsResiduals(ends: readonly AwsEnd[]): Residual[] {
  if (ends.length === 0) return [];
  const ids = ends.map(({ id }) => id);
  const networks = new Map(ends.map(({ network }) => [network.id, network]));
  return [
    ...everywhere.map(({ says, addresses, ports }) => ({
      endpoints: ids,
      to: addressSet(addresses),
      selectors: portsSet(ports),
      says,
      document,
    })),
    ...controlPlanes(ends),
    ...[...networks.values()].filter(resolves).map((network) => ({
      endpoints: ends.filter((end) => end.network.id === network.id).map(({ id }) => id),
      to: intervalSet([...addressSet(resolvers), ...ownResolver(network)]),
      selectors: portsSet(resolverPorts),
      says: "Route 53 Resolver: names, and whatever can be said in them, leave by it",
      document,
    })),
  ];
}

function controlPlanes(ends: readonly AwsEnd[]): Residual[] {
  const found = ends.filter(({ groups }) => groups.some(({ id, members }) => id !== members));
  if (found.length === 0) return [];
  return [
    {
      endpoints: found.map(({ id }) => id),
      to: everyAddress,
      selectors: everyLayer4,
      says: "EKS's own group lets the control plane call everywhere",
      document: "EKS user guide, View Amazon EKS security group requirements for clusters",
    },
  ];
}

function resolves({ resource }: AwsNetwork): boolean {
  const asked = resource?.inputs.at("enableDnsSupport");
  return asked === undefined || readOr(() => asked.flag() ?? true, true).value;
}

/** The base of the VPC's primary block plus two. */
function ownResolver({ cidrs }: AwsNetwork): IntervalSet {
  const [primary] = cidrs.filter(({ family }) => family === 4);
  if (primary === undefined) return [];
  const address = cidrInterval(primary).from + 2n;
  return [{ from: address, to: address }];
}

function addressSet(texts: readonly string[]): IntervalSet {
  return intervalSet(
    texts.flatMap((text) => {
      const family = tryParseAddress(text)?.family;
      const cidr = tryParseCidr(`${text}/${family === 6 ? 128 : 32}`);
      return cidr === undefined ? [] : [cidrInterval(cidr)];
    }),
  );
}
