import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
const gateway = new aws.ec2.InternetGateway("shop", { vpcId: vpc.id });
const zones = aws.getAvailabilityZonesOutput({ state: "available" });
const routes = new aws.ec2.RouteTable("public", {
  vpcId: vpc.id,
  routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
});
const subnets = [0, 1].map((index) => {
  const subnet = new aws.ec2.Subnet(`public-${index}`, {
    vpcId: vpc.id,
    cidrBlock: `10.0.${index}.0/24`,
    availabilityZone: zones.names.apply((names) => names[index] ?? ""),
    mapPublicIpOnLaunch: true,
  });
  new aws.ec2.RouteTableAssociation(`public-${index}`, {
    subnetId: subnet.id,
    routeTableId: routes.id,
  });
  return subnet;
});

const balancerGroup = new aws.ec2.SecurityGroup("balancer", {
  vpcId: vpc.id,
  ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
  egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});
const taskGroup = new aws.ec2.SecurityGroup("task", {
  vpcId: vpc.id,
  ingress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: [balancerGroup.id] }],
  egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});

const balancer = new aws.lb.LoadBalancer("shop", {
  loadBalancerType: "application",
  securityGroups: [balancerGroup.id],
  subnets: subnets.map(({ id }) => id),
});
const target = new aws.lb.TargetGroup("shop", {
  port: 8080,
  protocol: "HTTP",
  targetType: "ip",
  vpcId: vpc.id,
  healthCheck: { path: "/healthz" },
});
const listener = new aws.lb.Listener("http", {
  loadBalancerArn: balancer.arn,
  port: 80,
  protocol: "HTTP",
  defaultActions: [{ type: "forward", targetGroupArn: target.arn }],
});

const role = new aws.iam.Role("task", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("task", {
  role: role.name,
  policyArn: aws.iam.ManagedPolicy.AmazonECSTaskExecutionRolePolicy,
});
const logs = new aws.cloudwatch.LogGroup("shop", { retentionInDays: 30 });
const repository = new aws.ecr.Repository("shop", {
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
  executionRoleArn: role.arn,
  containerDefinitions: pulumi.jsonStringify([
    {
      name: "shop",
      image: pulumi.interpolate`${repository.repositoryUrl}:1.0`,
      portMappings: [{ containerPort: 8080 }],
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": logs.name, "awslogs-stream-prefix": "shop" },
      },
    },
  ]),
});
const service = new aws.ecs.Service(
  "shop",
  {
    cluster: cluster.arn,
    taskDefinition: task.arn,
    desiredCount: 2,
    launchType: "FARGATE",
    networkConfiguration: {
      subnets: subnets.map(({ id }) => id),
      securityGroups: [taskGroup.id],
      assignPublicIp: true,
    },
    loadBalancers: [{ targetGroupArn: target.arn, containerName: "shop", containerPort: 8080 }],
  },
  { dependsOn: [listener] },
);
const scaling = new aws.appautoscaling.Target("shop", {
  minCapacity: 2,
  maxCapacity: 6,
  resourceId: pulumi.interpolate`service/${cluster.name}/${service.name}`,
  scalableDimension: "ecs:service:DesiredCount",
  serviceNamespace: "ecs",
});
new aws.appautoscaling.Policy("shop", {
  policyType: "TargetTrackingScaling",
  resourceId: scaling.resourceId,
  scalableDimension: scaling.scalableDimension,
  serviceNamespace: scaling.serviceNamespace,
  targetTrackingScalingPolicyConfiguration: {
    targetValue: 60,
    predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
  },
});

export const url = pulumi.interpolate`http://${balancer.dnsName}`;
