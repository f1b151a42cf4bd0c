/** A shop in each cloud, with and without a way from the internet to its data. */
import { markTags } from "../../../model/network/marks.ts";
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { segmentationType } from "./network-plans.ts";
import { stackType } from "./stack-type.ts";

type Props = ExampleResource["props"];
type Resources = readonly [ExampleResource, ...ExampleResource[]];

/** A resource whose ids of others are not known yet. */
function refer(
  type: string,
  name: string,
  props: Props,
  references: Readonly<Record<string, string>>,
): ExampleResource {
  const unknown = Object.fromEntries(Object.keys(references).map((key) => [key, unknownHere]));
  const dependsOn = Object.fromEntries(
    Object.entries(references).map(([key, name]) => [key, [name]]),
  );
  return { type, name, props: { ...unknown, ...props }, dependsOn };
}

function group(name: string, segment?: string): ExampleResource {
  const tags = segment === undefined ? {} : { tags: markTags({ place: "here", segment }) };
  return refer("aws:ec2/securityGroup:SecurityGroup", name, tags, { vpcId: "vpc" });
}

/** Lets in a port from addresses, or from another group. */
function letIn(name: string, to: string, port: Json, from: { cidr: string } | { group: string }) {
  const props = { ipProtocol: "tcp", fromPort: port, toPort: port };
  const source = "cidr" in from ? { cidrIpv4: from.cidr } : {};
  const references = "cidr" in from ? {} : { referencedSecurityGroupId: from.group };
  return refer(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    name,
    { ...props, ...source },
    { securityGroupId: to, ...references },
  );
}

function letOut(name: string, from: string): ExampleResource {
  return refer(
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    name,
    { ipProtocol: "-1", cidrIpv4: "10.1.0.0/16" },
    { securityGroupId: from },
  );
}

const internetWay: readonly ExampleResource[] = [
  refer("aws:ec2/internetGateway:InternetGateway", "gateway", {}, { vpcId: "vpc" }),
  refer("aws:ec2/routeTable:RouteTable", "table", {}, { vpcId: "vpc" }),
  refer(
    "aws:ec2/route:Route",
    "out",
    { destinationCidrBlock: "0.0.0.0/0" },
    { routeTableId: "table", gatewayId: "gateway" },
  ),
  refer(
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "front-table",
    {},
    { subnetId: "front", routeTableId: "table" },
  ),
];

function subnet(name: string, cidrBlock: string): ExampleResource {
  return refer("aws:ec2/subnet:Subnet", name, { cidrBlock }, { vpcId: "vpc" });
}

function instance(name: string, where: string, of: string, isPublic: Json): ExampleResource {
  return refer(
    "aws:ec2/instance:Instance",
    name,
    { associatePublicIpAddress: isPublic, vpcSecurityGroupIds: [unknownHere] },
    { subnetId: where, vpcSecurityGroupIds: of },
  );
}

/** A database in the back, and what stands in front of it. */
function shop(...more: readonly ExampleResource[]): Resources {
  return [
    { type: stackType, name: "shop-dev", props: {} },
    { type: "aws:ec2/vpc:Vpc", name: "vpc", props: { cidrBlock: "10.1.0.0/16" } },
    subnet("front", "10.1.0.0/24"),
    subnet("back", "10.1.1.0/24"),
    subnet("other", "10.1.2.0/24"),
    ...internetWay,
    refer(
      "aws:rds/subnetGroup:SubnetGroup",
      "rows",
      { subnetIds: [unknownHere, unknownHere] },
      { subnetIds: "back" },
    ),
    refer(
      "aws:rds/instance:Instance",
      "orders",
      { vpcSecurityGroupIds: [unknownHere], publiclyAccessible: false },
      { vpcSecurityGroupIds: "data", dbSubnetGroupName: "rows" },
    ),
    ...more,
  ];
}

const everybody = { cidr: "0.0.0.0/0" };
const orders = letIn("orders-in", "data", 5432, { group: "web" });

function web(port: Json, isPublic: Json, segments = false): readonly ExampleResource[] {
  return [
    group("web", segments ? "web" : undefined),
    group("data", segments ? "app" : undefined),
    letIn("web-in", "web", port, everybody),
    letOut("web-out", "web"),
    instance("server", "front", "web", isPublic),
    orders,
  ];
}

const declared: Json = {
  places: [{ name: "here", cloud: "aws", region: "somewhere", cidr4: "10.1.0.0/16" }],
  segments: [
    { name: "web", purpose: "pages", egress: "none" },
    { name: "app", purpose: "orders", egress: "none" },
  ],
  flows: [
    { from: "internet", to: "web", ports: "tcp/443", because: "people read pages" },
    { from: "web", to: "app", ports: "tcp/5432", because: "pages need orders" },
  ],
};

function azureSubnet(name: string, addressPrefix: string): ExampleResource {
  return refer(
    "azure-native:network:Subnet",
    name,
    { addressPrefix },
    { virtualNetworkName: "vnet" },
  );
}

/** A machine with a public address, and a vault's private endpoint beside it. */
function azureShop(port: string): Resources {
  const rule = {
    name: "in",
    direction: "Inbound",
    access: "Allow",
    priority: 100,
    protocol: "Tcp",
    sourcePortRange: "*",
    sourceAddressPrefix: "Internet",
    destinationAddressPrefix: "*",
    destinationPortRange: port,
  };
  return [
    { type: stackType, name: "shop-dev", props: {} },
    {
      type: "azure-native:network:VirtualNetwork",
      name: "vnet",
      props: { addressSpace: { addressPrefixes: ["10.2.0.0/16"] } },
    },
    azureSubnet("front", "10.2.0.0/24"),
    azureSubnet("back", "10.2.1.0/24"),
    {
      type: "azure-native:network:NetworkSecurityGroup",
      name: "front-group",
      props: { securityRules: [rule] },
    },
    {
      type: "azure-native:network:PublicIPAddress",
      name: "address",
      props: { sku: { name: "Standard" }, publicIPAllocationMethod: "Static" },
    },
    refer(
      "azure-native:network:NetworkInterface",
      "server",
      {
        ipConfigurations: [
          {
            name: "main",
            privateIPAddress: "10.2.0.4",
            subnet: { id: unknownHere },
            publicIPAddress: { id: unknownHere },
          },
        ],
        networkSecurityGroup: { id: unknownHere },
      },
      { ipConfigurations: "front", networkSecurityGroup: "front-group" },
    ),
    refer(
      "azure-native:network:PrivateEndpoint",
      "vault",
      { subnet: { id: unknownHere } },
      { subnet: "back" },
    ),
  ];
}

function gcpMachine(name: string, tag: string, open: boolean): ExampleResource {
  const at = { subnetwork: unknownHere, ...(open ? { accessConfigs: [{}] } : {}) };
  return refer(
    "gcp:compute/instance:Instance",
    name,
    { tags: [tag], networkInterfaces: [at] },
    { networkInterfaces: "subnet" },
  );
}

function gcpRule(name: string, port: string, target: string, from: Props): ExampleResource {
  const allows = [{ protocol: "tcp", ports: [port] }];
  return refer(
    "gcp:compute/firewall:Firewall",
    name,
    { allows, targetTags: [target], ...from },
    { network: "network" },
  );
}

/** A machine that the internet may call, and one with a database. */
function gcpShop(open: boolean): Resources {
  return [
    { type: stackType, name: "shop-dev", props: {} },
    {
      type: "gcp:compute/network:Network",
      name: "network",
      props: { autoCreateSubnetworks: false },
    },
    refer(
      "gcp:compute/subnetwork:Subnetwork",
      "subnet",
      { ipCidrRange: "10.3.0.0/24", region: "europe-west4" },
      { network: "network" },
    ),
    gcpMachine("server", "web", open),
    gcpMachine("orders", "data", false),
    gcpRule("web-in", "443", "web", { sourceRanges: ["0.0.0.0/0"] }),
    gcpRule("data-in", "5432", "data", { sourceTags: ["web"] }),
  ];
}

/** Machines without addresses of their own behind a load balancer. */
function balanced(port: number): Resources {
  return shop(
    group("door"),
    group("web"),
    group("data"),
    letIn("door-in", "door", port, everybody),
    letOut("door-out", "door"),
    letIn("web-in", "web", 8080, { group: "door" }),
    letOut("web-out", "web"),
    orders,
    instance("server", "other", "web", false),
    refer(
      "aws:lb/loadBalancer:LoadBalancer",
      "balancer",
      { internal: false, securityGroups: [unknownHere], subnets: [unknownHere] },
      { securityGroups: "door", subnets: "front" },
    ),
  );
}

export const pathExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "a server with a public address, and the database behind it",
    expect: "fail",
    resources: shop(...web(22, true)),
    witness: "tcp/22, then server",
  },
  {
    kind: "violating",
    says: "the same over a second machine",
    expect: "fail",
    resources: shop(
      group("web"),
      group("jobs"),
      group("data"),
      letIn("web-in", "web", 443, everybody),
      letOut("web-out", "web"),
      letIn("jobs-in", "jobs", 8080, { group: "web" }),
      letOut("jobs-out", "jobs"),
      instance("server", "front", "web", true),
      instance("worker", "other", "jobs", false),
      letIn("orders-in", "data", 5432, { group: "jobs" }),
    ),
    witness: "tcp/443, then server (10.1.0.4) → worker (10.1.2.4) tcp/8080, then worker",
  },
  {
    kind: "violating",
    says: "declared flows, and one hop that is wider than declared",
    expect: "fail",
    resources: shop(...web(22, true, true), {
      type: segmentationType,
      name: "segmentation",
      props: { intent: declared },
    }),
  },
  {
    kind: "violating",
    says: "Azure: a machine that is administered from anywhere, beside a vault's endpoint",
    expect: "fail",
    resources: azureShop("22"),
    witness: "tcp/22, then server (10.2.0.4) → vault",
  },
  {
    kind: "violating",
    says: "Google Cloud: a public machine that may call a database",
    expect: "fail",
    resources: gcpShop(true),
    witness: "tcp/443, then server",
  },
  {
    kind: "violating",
    says: "a load balancer that hands on more than web requests",
    expect: "fail",
    resources: balanced(5432),
    witness: "balancer",
  },
  {
    kind: "clean",
    says: "Google Cloud: no machine has an address of its own",
    expect: "pass",
    resources: gcpShop(false),
  },
  {
    kind: "clean",
    says: "exactly the declared flows",
    expect: "pass",
    resources: shop(...web(443, true, true), {
      type: segmentationType,
      name: "segmentation",
      props: { intent: declared },
    }),
  },
  {
    kind: "clean",
    says: "a server without a public address",
    expect: "pass",
    resources: shop(...web(443, false)),
  },
  {
    kind: "clean",
    says: "a load balancer that takes web requests, and machines behind it",
    expect: "pass",
    resources: balanced(443),
  },
  {
    kind: "unknown",
    says: "whether the server has a public address is not known",
    expect: "unknown",
    resources: shop(...web(443, unknownHere)),
  },
  {
    kind: "absent",
    says: "nothing in a network",
    expect: "not-applicable",
    resources: [{ type: stackType, name: "shop-dev", props: {} }],
  },
];
