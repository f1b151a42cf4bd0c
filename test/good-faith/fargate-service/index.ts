/**
 * Follows "Learn how to create an Amazon ECS Linux task for Fargate" of Amazon ECS:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/getting-started-fargate.html
 * with tasks in private subnets, as "Connect Amazon ECS applications to the internet" advises:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-outbound.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const zones = ["eu-west-1a", "eu-west-1b"];
const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.20.0.0/16", enableDnsHostnames: true });
const gateway = new aws.ec2.InternetGateway("shop", { vpcId: vpc.id });
const publicRoutes = new aws.ec2.RouteTable("public", {
  vpcId: vpc.id,
  routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
});
const publicSubnets = zones.map((availabilityZone, index) => {
  const name = `public-${index}`;
  const cidrBlock = `10.20.${index}.0/24`;
  const subnet = new aws.ec2.Subnet(name, { vpcId: vpc.id, availabilityZone, cidrBlock });
  new aws.ec2.RouteTableAssociation(name, { subnetId: subnet.id, routeTableId: publicRoutes.id });
  return subnet.id;
});
const address = new aws.ec2.Eip("nat", { domain: "vpc" });
const nat = new aws.ec2.NatGateway("nat", {
  allocationId: address.id,
  subnetId: publicSubnets[0] ?? "",
});
const privateRoutes = new aws.ec2.RouteTable("private", {
  vpcId: vpc.id,
  routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id }],
});
const privateSubnets = zones.map((availabilityZone, index) => {
  const name = `private-${index}`;
  const cidrBlock = `10.20.${index + 100}.0/24`;
  const subnet = new aws.ec2.Subnet(name, { vpcId: vpc.id, availabilityZone, cidrBlock });
  new aws.ec2.RouteTableAssociation(name, { subnetId: subnet.id, routeTableId: privateRoutes.id });
  return subnet.id;
});

const anywhere = ["0.0.0.0/0"];
const balancerGroup = new aws.ec2.SecurityGroup("balancer", {
  vpcId: vpc.id,
  description: "Browsers to the load balancer",
  ingress: [
    { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: anywhere },
    { protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: anywhere },
  ],
  egress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: [vpc.cidrBlock] }],
});
const taskGroup = new aws.ec2.SecurityGroup("task", {
  vpcId: vpc.id,
  description: "The load balancer to the tasks",
  ingress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: [balancerGroup.id] }],
  egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: anywhere }],
});

const certificate = new aws.acm.Certificate("shop", {
  domainName: "shop.example",
  validationMethod: "DNS",
});
const balancer = new aws.lb.LoadBalancer("shop", {
  loadBalancerType: "application",
  securityGroups: [balancerGroup.id],
  subnets: publicSubnets,
  dropInvalidHeaderFields: true,
});
const target = new aws.lb.TargetGroup("shop", {
  port: 8080,
  protocol: "HTTP",
  targetType: "ip",
  vpcId: vpc.id,
  healthCheck: { path: "/healthz" },
});
const https = new aws.lb.Listener("https", {
  loadBalancerArn: balancer.arn,
  port: 443,
  protocol: "HTTPS",
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  certificateArn: certificate.arn,
  defaultActions: [{ type: "forward", targetGroupArn: target.arn }],
});
new aws.lb.Listener("http", {
  loadBalancerArn: balancer.arn,
  port: 80,
  protocol: "HTTP",
  defaultActions: [
    { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } },
  ],
});

const assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({
  Service: "ecs-tasks.amazonaws.com",
});
const executionRole = new aws.iam.Role("execution", { assumeRolePolicy });
new aws.iam.RolePolicyAttachment("execution", {
  role: executionRole.name,
  policyArn: aws.iam.ManagedPolicy.AmazonECSTaskExecutionRolePolicy,
});
const taskRole = new aws.iam.Role("task", { assumeRolePolicy });
const logs = new aws.cloudwatch.LogGroup("shop", { retentionInDays: 90 });
const images = new aws.ecr.Repository("shop", {
  imageTagMutability: "IMMUTABLE",
  imageScanningConfiguration: { scanOnPush: true },
});
const cluster = new aws.ecs.Cluster("shop", {
  settings: [{ name: "containerInsights", value: "enabled" }],
});
const task = new aws.ecs.TaskDefinition("shop", {
  family: "shop",
  cpu: "256",
  memory: "512",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  executionRoleArn: executionRole.arn,
  taskRoleArn: taskRole.arn,
  containerDefinitions: pulumi.jsonStringify([
    {
      name: "shop",
      image: pulumi.interpolate`${images.repositoryUrl}:1.4.2`,
      essential: true,
      readonlyRootFilesystem: true,
      portMappings: [{ containerPort: 8080, protocol: "tcp" }],
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": logs.name,
          "awslogs-region": "eu-west-1",
          "awslogs-stream-prefix": "shop",
        },
      },
    },
  ]),
});
new aws.ecs.Service(
  "shop",
  {
    cluster: cluster.arn,
    taskDefinition: task.arn,
    desiredCount: 2,
    launchType: "FARGATE",
    networkConfiguration: { subnets: privateSubnets, securityGroups: [taskGroup.id] },
    loadBalancers: [{ targetGroupArn: target.arn, containerName: "shop", containerPort: 8080 }],
  },
  { dependsOn: [https] },
);

export const host = balancer.dnsName;
