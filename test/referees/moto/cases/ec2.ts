/** Networks and security groups. */
import { at, type Case, call, form, from, refusal, refusalOf, some } from "../case.ts";

const vpcToken = "aws:ec2/vpc:Vpc";
const subnetToken = "aws:ec2/subnet:Subnet";
const groupToken = "aws:ec2/securityGroup:SecurityGroup";
const ruleToken = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const missing = (kind: string) => `${kind}-0123456789abcdef0`;

const makeVpc = call("vpc", "ec2", "create_vpc", { CidrBlock: "10.0.0.0/16" });
const vpcId = from("vpc.Vpc.VpcId");
const makeGroup = call("group", "ec2", "create_security_group", {
  GroupName: "web",
  Description: "web",
  VpcId: vpcId,
});
const groupId = from("group.GroupId");
const ssh = [
  {
    IpProtocol: "tcp",
    FromPort: 22,
    ToPort: 22,
    IpRanges: [{ CidrIp: "10.0.0.0/8" }],
  },
];

/** Which zone a subnet without a wish gets, EC2 chooses; its region is certain. */
function regionOf(zone: unknown): string {
  return String(zone).replace(/[a-c]$/, "");
}

export const ec2Cases: Readonly<Record<string, Case>> = {
  "a VPC and what comes with it": {
    ours: (lab) => {
      const vpc = lab.create(vpcToken, "v", { cidrBlock: "10.0.0.0/16" });
      const of = (token: string) =>
        lab.clouds.world
          .ofToken(token, {})
          .filter(({ outputs }) => outputs["vpcId"] === vpc.id)
          .map(({ id }) => form(id));
      return {
        id: form(vpc.id),
        ...some(vpc.outputs, ["cidrBlock", "instanceTenancy", "dhcpOptionsId", "ownerId"]),
        ...some(vpc.outputs, ["enableDnsSupport", "enableDnsHostnames"]),
        groups: of(groupToken),
        tables: of("aws:ec2/routeTable:RouteTable"),
        acls: of("aws:ec2/networkAcl:NetworkAcl"),
      };
    },
    steps: [
      makeVpc,
      call("support", "ec2", "describe_vpc_attribute", {
        VpcId: vpcId,
        Attribute: "enableDnsSupport",
      }),
      call("names", "ec2", "describe_vpc_attribute", {
        VpcId: vpcId,
        Attribute: "enableDnsHostnames",
      }),
      ...["security_groups", "route_tables", "network_acls"].map((kind) =>
        call(kind, "ec2", `describe_${kind}`, { Filters: [{ Name: "vpc-id", Values: [vpcId] }] }),
      ),
    ],
    theirs: (answers) => {
      const list = (path: string, id: string) =>
        (at(answers, path) as Record<string, unknown>[]).map((one) => form(one[id]));
      return {
        id: form(at(answers, "vpc.Vpc.VpcId")),
        cidrBlock: at(answers, "vpc.Vpc.CidrBlock"),
        instanceTenancy: at(answers, "vpc.Vpc.InstanceTenancy"),
        dhcpOptionsId: form(at(answers, "vpc.Vpc.DhcpOptionsId")),
        ownerId: form(at(answers, "vpc.Vpc.OwnerId")),
        enableDnsSupport: at(answers, "support.EnableDnsSupport.Value"),
        enableDnsHostnames: at(answers, "names.EnableDnsHostnames.Value"),
        groups: list("security_groups.SecurityGroups", "GroupId"),
        tables: list("route_tables.RouteTables", "RouteTableId"),
        acls: list("network_acls.NetworkAcls", "NetworkAclId"),
      };
    },
    differs: {
      dhcpOptionsId:
        "moto writes `default`; DescribeVpcs gives the id of the region's default set of options (VPC user guide, DHCP option sets)",
    },
  },
  "a VPC larger than a /16": {
    ours: (lab) => refusal(lab, () => lab.create(vpcToken, "v", { cidrBlock: "10.0.0.0/8" })),
    steps: [call("vpc", "ec2", "create_vpc", { CidrBlock: "10.0.0.0/8" })],
    theirs: (answers) => refusalOf(answers, "vpc"),
  },
  "a VPC with a range that is none": {
    ours: (lab) => refusal(lab, () => lab.create(vpcToken, "v", { cidrBlock: "10.0.0.0/33" })),
    steps: [call("vpc", "ec2", "create_vpc", { CidrBlock: "10.0.0.0/33" })],
    theirs: (answers) => refusalOf(answers, "vpc"),
  },
  "a subnet": {
    ours: (lab) => {
      const vpc = lab.create(vpcToken, "v", { cidrBlock: "10.0.0.0/16" });
      const subnet = lab.create(subnetToken, "s", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
      return {
        id: form(subnet.id),
        arn: form(subnet.outputs["arn"]),
        zone: regionOf(subnet.outputs["availabilityZone"]),
        ...some(subnet.outputs, [
          "mapPublicIpOnLaunch",
          "assignIpv6AddressOnCreation",
          "ipv6Native",
        ]),
      };
    },
    steps: [
      makeVpc,
      call("subnet", "ec2", "create_subnet", { VpcId: vpcId, CidrBlock: "10.0.1.0/24" }),
    ],
    theirs: (answers) => ({
      id: form(at(answers, "subnet.Subnet.SubnetId")),
      arn: form(at(answers, "subnet.Subnet.SubnetArn")),
      mapPublicIpOnLaunch: at(answers, "subnet.Subnet.MapPublicIpOnLaunch"),
      assignIpv6AddressOnCreation: at(answers, "subnet.Subnet.AssignIpv6AddressOnCreation"),
      zone: regionOf(at(answers, "subnet.Subnet.AvailabilityZone")),
      ipv6Native: at(answers, "subnet.Subnet.Ipv6Native"),
    }),
  },
  "a subnet of no VPC": {
    ours: (lab) =>
      refusal(lab, () =>
        lab.create(subnetToken, "s", { vpcId: missing("vpc"), cidrBlock: "10.0.1.0/24" }),
      ),
    steps: [
      call("subnet", "ec2", "create_subnet", { VpcId: missing("vpc"), CidrBlock: "10.0.1.0/24" }),
    ],
    theirs: (answers) => refusalOf(answers, "subnet"),
  },
  "a subnet outside of its VPC": {
    ours: (lab) => {
      const vpc = lab.create(vpcToken, "v", { cidrBlock: "10.0.0.0/16" });
      return refusal(lab, () =>
        lab.create(subnetToken, "s", { vpcId: vpc.id, cidrBlock: "10.1.0.0/24" }),
      );
    },
    steps: [
      makeVpc,
      call("subnet", "ec2", "create_subnet", { VpcId: vpcId, CidrBlock: "10.1.0.0/24" }),
    ],
    theirs: (answers) => refusalOf(answers, "subnet"),
  },
  "two subnets that overlap": {
    ours: (lab) => {
      const vpc = lab.create(vpcToken, "v", { cidrBlock: "10.0.0.0/16" });
      lab.create(subnetToken, "s", { vpcId: vpc.id, cidrBlock: "10.0.0.0/20" });
      return refusal(lab, () =>
        lab.create(subnetToken, "t", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" }),
      );
    },
    steps: [
      makeVpc,
      call("one", "ec2", "create_subnet", { VpcId: vpcId, CidrBlock: "10.0.0.0/20" }),
      call("two", "ec2", "create_subnet", { VpcId: vpcId, CidrBlock: "10.0.1.0/24" }),
    ],
    theirs: (answers) => refusalOf(answers, "two"),
  },
  "a VPC deleted before its subnet": {
    ours: (lab) => {
      const vpc = lab.create(vpcToken, "v", { cidrBlock: "10.0.0.0/16" });
      lab.create(subnetToken, "s", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
      return refusal(lab, () => lab.delete(vpc));
    },
    steps: [
      makeVpc,
      call("subnet", "ec2", "create_subnet", { VpcId: vpcId, CidrBlock: "10.0.1.0/24" }),
      call("gone", "ec2", "delete_vpc", { VpcId: vpcId }),
    ],
    theirs: (answers) => refusalOf(answers, "gone"),
  },
  "a second internet gateway at a VPC": {
    ours: (lab) => {
      const vpc = lab.create(vpcToken, "v", { cidrBlock: "10.0.0.0/16" });
      const token = "aws:ec2/internetGateway:InternetGateway";
      const first = lab.create(token, "g", { vpcId: vpc.id });
      return {
        id: form(first.id),
        ...refusal(lab, () => lab.create(token, "h", { vpcId: vpc.id })),
      };
    },
    steps: [
      makeVpc,
      call("one", "ec2", "create_internet_gateway"),
      call("two", "ec2", "create_internet_gateway"),
      call("attached", "ec2", "attach_internet_gateway", {
        VpcId: vpcId,
        InternetGatewayId: from("one.InternetGateway.InternetGatewayId"),
      }),
      call("again", "ec2", "attach_internet_gateway", {
        VpcId: vpcId,
        InternetGatewayId: from("two.InternetGateway.InternetGatewayId"),
      }),
    ],
    theirs: (answers) => ({
      id: form(at(answers, "one.InternetGateway.InternetGatewayId")),
      ...refusalOf(answers, "again"),
    }),
    differs: {
      refused:
        "AWS answers InvalidParameterValue or Resource.AlreadyAssociated by what is attached; moto does not look at the VPC (EC2 API reference, client error codes: Resource.AlreadyAssociated)",
    },
  },
  "a security group": {
    ours: (lab) => {
      const vpc = lab.create(vpcToken, "v", { cidrBlock: "10.0.0.0/16" });
      const group = lab.create(groupToken, "g", { vpcId: vpc.id, name: "web" });
      return {
        id: form(group.id),
        arn: form(group.outputs["arn"]),
        ownerId: form(group.outputs["ownerId"]),
        egress: (group.outputs["egress"] as unknown[] | undefined)?.length ?? 0,
      };
    },
    steps: [
      makeVpc,
      makeGroup,
      call("described", "ec2", "describe_security_groups", { GroupIds: [groupId] }),
    ],
    theirs: (answers) => ({
      id: form(at(answers, "group.GroupId")),
      arn: form(at(answers, "described.SecurityGroups.0.SecurityGroupArn")),
      ownerId: form(at(answers, "described.SecurityGroups.0.OwnerId")),
      egress: (at(answers, "described.SecurityGroups.0.IpPermissionsEgress") as unknown[]).length,
    }),
    differs: {
      egress:
        "the service adds a rule that allows everything out; the provider removes it at once (aws.ec2.SecurityGroup, note on the default egress rule)",
    },
  },
  "two security groups of one name": {
    ours: (lab) => {
      const vpc = lab.create(vpcToken, "v", { cidrBlock: "10.0.0.0/16" });
      lab.create(groupToken, "g", { vpcId: vpc.id, name: "web" });
      return refusal(lab, () => lab.create(groupToken, "h", { vpcId: vpc.id, name: "web" }));
    },
    steps: [makeVpc, makeGroup, { ...makeGroup, as: "again" }],
    theirs: (answers) => refusalOf(answers, "again"),
  },
  "a security group of no VPC": {
    ours: (lab) =>
      refusal(lab, () => lab.create(groupToken, "g", { vpcId: missing("vpc"), name: "web" })),
    steps: [
      call("group", "ec2", "create_security_group", {
        GroupName: "web",
        Description: "web",
        VpcId: missing("vpc"),
      }),
    ],
    theirs: (answers) => refusalOf(answers, "group"),
    differs: {
      refused:
        "moto takes any id; CreateSecurityGroup lists InvalidVpcID.NotFound (EC2 API reference, client error codes)",
    },
  },
  "a rule twice": {
    ours: (lab) => {
      const vpc = lab.create(vpcToken, "v", { cidrBlock: "10.0.0.0/16" });
      const group = lab.create(groupToken, "g", { vpcId: vpc.id });
      const rule = {
        securityGroupId: group.id,
        ipProtocol: "tcp",
        fromPort: 22,
        toPort: 22,
        cidrIpv4: "10.0.0.0/8",
      };
      const first = lab.create(ruleToken, "r", rule);
      return { id: form(first.id), ...refusal(lab, () => lab.create(ruleToken, "s", rule)) };
    },
    steps: [
      makeVpc,
      makeGroup,
      call("rule", "ec2", "authorize_security_group_ingress", {
        GroupId: groupId,
        IpPermissions: ssh,
      }),
      call("again", "ec2", "authorize_security_group_ingress", {
        GroupId: groupId,
        IpPermissions: ssh,
      }),
    ],
    theirs: (answers) => ({
      id: form(at(answers, "rule.SecurityGroupRules.0.SecurityGroupRuleId")),
      ...refusalOf(answers, "again"),
    }),
  },
  "a rule in no group": {
    ours: (lab) =>
      refusal(lab, () =>
        lab.create(ruleToken, "r", {
          securityGroupId: missing("sg"),
          ipProtocol: "-1",
          cidrIpv4: "10.0.0.0/8",
        }),
      ),
    steps: [
      call("rule", "ec2", "authorize_security_group_ingress", {
        GroupId: missing("sg"),
        IpPermissions: ssh,
      }),
    ],
    theirs: (answers) => refusalOf(answers, "rule"),
  },
  "a group deleted while another's rule names it": {
    ours: (lab) => {
      const vpc = lab.create(vpcToken, "v", { cidrBlock: "10.0.0.0/16" });
      const web = lab.create(groupToken, "g", { vpcId: vpc.id });
      const app = lab.create(groupToken, "h", { vpcId: vpc.id });
      lab.create(ruleToken, "r", {
        securityGroupId: app.id,
        ipProtocol: "tcp",
        fromPort: 80,
        toPort: 80,
        referencedSecurityGroupId: web.id,
      });
      return refusal(lab, () => lab.delete(web));
    },
    steps: [
      makeVpc,
      makeGroup,
      call("app", "ec2", "create_security_group", {
        GroupName: "app",
        Description: "app",
        VpcId: vpcId,
      }),
      call("rule", "ec2", "authorize_security_group_ingress", {
        GroupId: from("app.GroupId"),
        IpPermissions: [
          {
            IpProtocol: "tcp",
            FromPort: 80,
            ToPort: 80,
            UserIdGroupPairs: [{ GroupId: groupId }],
          },
        ],
      }),
      call("gone", "ec2", "delete_security_group", { GroupId: groupId }),
    ],
    theirs: (answers) => refusalOf(answers, "gone"),
    differs: {
      refused:
        "moto deletes it; DeleteSecurityGroup fails with DependencyViolation while a rule of another group names it",
    },
  },
};
