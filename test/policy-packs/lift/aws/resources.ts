/** Short words for the resources of which test programs are made. */
import type { Reference, Written } from "./program.ts";
import { ref } from "./program.ts";

type More = Readonly<Record<string, unknown>>;

export function resource(type: string, name: string, inputs: More, outputs?: More): Written {
  return { type: `aws:${type}`, name, inputs, ...(outputs === undefined ? {} : { outputs }) };
}

export function vpc(name: string, cidrBlock: string, more: More = {}): Written {
  return resource("ec2/vpc:Vpc", name, { cidrBlock, ...more });
}

export function subnet(name: string, inVpc: string, cidrBlock: string, more: More = {}): Written {
  return resource("ec2/subnet:Subnet", name, { vpcId: ref(inVpc), cidrBlock, ...more });
}

/** A table with inline routes, and its association with each of the subnets. */
export function table(
  name: string,
  inVpc: string,
  routes: readonly More[],
  subnets: readonly string[],
): Written[] {
  return [
    resource("ec2/routeTable:RouteTable", name, { vpcId: ref(inVpc), routes }),
    ...subnets.map((one) =>
      resource("ec2/routeTableAssociation:RouteTableAssociation", `${name}-${one}`, {
        routeTableId: ref(name),
        subnetId: ref(one),
      }),
    ),
  ];
}

export function gateway(name: string, inVpc: string): Written {
  return resource("ec2/internetGateway:InternetGateway", name, { vpcId: ref(inVpc) });
}

export function group(name: string, inVpc: string, more: More = {}): Written {
  return resource("ec2/securityGroup:SecurityGroup", name, { vpcId: ref(inVpc), ...more });
}

/** An instance with a fixed address. */
export function instance(
  name: string,
  inSubnet: string,
  groups: readonly (string | Reference)[],
  privateIp: string,
  more: More = {},
): Written {
  return resource("ec2/instance:Instance", name, {
    subnetId: ref(inSubnet),
    privateIp,
    ...(groups.length === 0
      ? {}
      : { vpcSecurityGroupIds: groups.map((one) => (typeof one === "string" ? ref(one) : one)) }),
    ...more,
  });
}

/** An inline rule of a group: `tcp/80`, `tcp/1-99`, `icmp/8.-1`, `-1`. */
export function inline(ports: string, peers: More): More {
  const [protocol = "", range] = ports.split("/");
  const [fromPort, toPort = fromPort] = (range ?? "0").split(/(?<=\d)[-.]|\./).map(Number);
  return { protocol, fromPort, toPort, ...peers };
}

export const anywhere = { cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] };

/** A group that lets everything in and out, so that something else decides. */
export function openGroup(name: string, inVpc: string): Written {
  return group(name, inVpc, {
    ingress: [inline("-1", anywhere)],
    egress: [inline("-1", anywhere)],
  });
}

/** An inline rule of an ACL. */
export function aclEntry(ruleNo: number, action: string, ports: string, peers: More): More {
  const [protocol = "", range] = ports.split("/");
  const [fromPort = 0, toPort = fromPort] = (range ?? "0").split("-").map(Number);
  return { ruleNo, action, protocol, fromPort, toPort, ...peers };
}
