/**
 * Follows "Improve the security of EC2 instances by using VPC endpoints for Systems Manager":
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html
 * with flow logs as in "Create a flow log that publishes to CloudWatch Logs":
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl-create-flow-log.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const region = "eu-west-1";
const vpc = new aws.ec2.Vpc("back-office", {
  cidrBlock: "10.40.0.0/16",
  enableDnsHostnames: true,
  enableDnsSupport: true,
});
// No gateway: these subnets reach AWS by endpoints and nothing else.
const routes = new aws.ec2.RouteTable("inner", { vpcId: vpc.id });
const subnetIds = ["a", "b"].map((zone, index) => {
  const subnet = new aws.ec2.Subnet(`inner-${zone}`, {
    vpcId: vpc.id,
    availabilityZone: `${region}${zone}`,
    cidrBlock: `10.40.${index}.0/24`,
  });
  new aws.ec2.RouteTableAssociation(`inner-${zone}`, {
    subnetId: subnet.id,
    routeTableId: routes.id,
  });
  return subnet.id;
});

const flow = new aws.cloudwatch.LogGroup("flow", { retentionInDays: 365 });
const flowRole = new aws.iam.Role("flow", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({
    Service: "vpc-flow-logs.amazonaws.com",
  }),
});
new aws.iam.RolePolicy("flow", {
  role: flowRole.id,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: [
          "logs:CreateLogStream",
          "logs:PutLogEvents",
          "logs:DescribeLogGroups",
          "logs:DescribeLogStreams",
        ],
        Resource: pulumi.interpolate`${flow.arn}:*`,
      },
    ],
  }),
});
new aws.ec2.FlowLog("back-office", {
  vpcId: vpc.id,
  trafficType: "ALL",
  logDestinationType: "cloud-watch-logs",
  logDestination: flow.arn,
  iamRoleArn: flowRole.arn,
});

const server = new aws.ec2.SecurityGroup("server", {
  vpcId: vpc.id,
  description: "Servers: nothing in, HTTPS to the endpoints out",
  egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [vpc.cidrBlock] }],
});
const endpoints = new aws.ec2.SecurityGroup("endpoints", {
  vpcId: vpc.id,
  description: "HTTPS from the servers",
  ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [server.id] }],
});
for (const service of ["ssm", "ssmmessages", "ec2messages", "logs"]) {
  new aws.ec2.VpcEndpoint(service, {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.${region}.${service}`,
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds,
    securityGroupIds: [endpoints.id],
  });
}
new aws.ec2.VpcEndpoint("s3", {
  vpcId: vpc.id,
  serviceName: `com.amazonaws.${region}.s3`,
  vpcEndpointType: "Gateway",
  routeTableIds: [routes.id],
});

const role = new aws.iam.Role("server", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("session-manager", {
  role: role.name,
  policyArn: aws.iam.ManagedPolicy.AmazonSSMManagedInstanceCore,
});
const profile = new aws.iam.InstanceProfile("server", { role: role.name });
const image = aws.ec2.getAmiOutput({
  mostRecent: true,
  owners: ["amazon"],
  filters: [{ name: "name", values: ["al2023-ami-2023*-x86_64"] }],
});
const instance = new aws.ec2.Instance("back-office", {
  ami: image.id,
  instanceType: "t3.small",
  subnetId: subnetIds[0] ?? "",
  vpcSecurityGroupIds: [server.id],
  iamInstanceProfile: profile.name,
  metadataOptions: { httpTokens: "required", httpEndpoint: "enabled" },
  rootBlockDevice: { encrypted: true, volumeType: "gp3" },
});

export const instanceId = instance.id;
