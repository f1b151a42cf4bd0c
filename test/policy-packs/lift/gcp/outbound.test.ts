/** How interfaces of Google Cloud find the internet, and it them, as Google documents it. */
import type { RawResource } from "../../../../policy-packs/kit/plan.ts";
import { liftGcp } from "../../../../policy-packs/lift/gcp/topology.ts";
import type { Row } from "../rows.ts";
import { testRows } from "../rows.ts";

const nat = "Google Cloud, Cloud NAT overview, Specifications";
const access = "Google Cloud, Private Google Access";
const addresses = "Google Cloud, VPC routes, Default route; RFC 1918";
const project = "projects/shop";
const region = `${project}/regions/europe-west4`;

type Props = Readonly<Record<string, unknown>>;

function resource(type: string, name: string, id: string, inputs: Props): RawResource {
  const urn = `urn:pulumi:test::test::gcp:compute/${type}::${name}`;
  const outputs = { id, name, selfLink: id };
  return { urn, type: `gcp:compute/${type}`, name, inputs: { name, ...inputs }, outputs };
}

function machine(name: string, subnetwork: string, more: Props = {}): RawResource {
  return resource("instance:Instance", name, `${project}/zones/europe-west4-a/instances/${name}`, {
    zone: "europe-west4-a",
    networkInterfaces: [{ subnetwork: `${region}/subnetworks/${subnetwork}`, ...more }],
  });
}

const network = `${project}/global/networks/base`;
const world: readonly RawResource[] = [
  resource("network:Network", "base", network, { autoCreateSubnetworks: false }),
  resource("subnetwork:Subnetwork", "plain", `${region}/subnetworks/plain`, {
    network,
    region: "europe-west4",
    ipCidrRange: "10.0.1.0/24",
  }),
  resource("subnetwork:Subnetwork", "served", `${region}/subnetworks/served`, {
    network,
    region: "europe-west4",
    ipCidrRange: "10.0.2.0/24",
    privateIpGoogleAccess: true,
  }),
  resource("router:Router", "router", `${region}/routers/router`, {
    network,
    region: "europe-west4",
  }),
  resource("routerNat:RouterNat", "nat", `${region}/routers/router/nat`, {
    router: "router",
    region: "europe-west4",
    sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
    subnetworks: [
      { name: `${region}/subnetworks/served`, sourceIpRangesToNats: ["ALL_IP_RANGES"] },
    ],
  }),
  resource("firewall:Firewall", "open", `${project}/global/firewalls/open`, {
    network,
    sourceRanges: ["0.0.0.0/0"],
    allows: [{ protocol: "all" }],
  }),
  machine("hidden", "plain"),
  machine("behind", "served"),
  machine("shown", "plain", { accessConfigs: [{}] }),
];

const rows: readonly Omit<Row, "resources">[] = [
  {
    document: nat,
    says: "Cloud NAT translates TCP, UDP and ICMP",
    packet: "behind 203.0.113.7 tcp/443",
    fate: "arrives",
    by: /route out .*behind/,
  },
  {
    document: nat,
    says: "Cloud NAT translates no other protocol",
    packet: "behind 203.0.113.7 sctp/443",
    fate: "is dropped",
    by: /route out it has no external address/,
  },
  {
    document: nat,
    says: "it serves the subnets it names",
    packet: "hidden 203.0.113.7 tcp/443",
    fate: "is dropped",
    by: /route out it has no external address/,
  },
  {
    document: access,
    says: "Google's services do not take the internet's addresses from anybody",
    packet: "203.0.113.7 shown tcp/443",
    fate: "arrives",
    by: /route in .*shown/,
  },
  {
    document: addresses,
    says: "the internet routes no private addresses",
    packet: "shown 192.168.7.7 tcp/443",
    fate: "is dropped",
    by: /route out/,
  },
];

describe("outbound ways of Google Cloud", () => {
  testRows(
    rows.map((row) => ({ ...row, resources: world })),
    liftGcp,
  );
});
