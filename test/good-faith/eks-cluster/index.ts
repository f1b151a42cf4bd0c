/**
 * Follows "Get started with Amazon EKS – AWS Management Console and AWS CLI" of Amazon EKS:
 * https://docs.aws.amazon.com/eks/latest/userguide/getting-started-console.html
 * with the application of "Deploy a sample application on Linux":
 * https://docs.aws.amazon.com/eks/latest/userguide/sample-deployment.html
 */
import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

const zones = ["eu-west-1a", "eu-west-1b"];
const vpc = new aws.ec2.Vpc("eks", {
  cidrBlock: "192.168.0.0/16",
  enableDnsHostnames: true,
  enableDnsSupport: true,
});
const gateway = new aws.ec2.InternetGateway("eks", { vpcId: vpc.id });
const publicRoutes = new aws.ec2.RouteTable("public", {
  vpcId: vpc.id,
  routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
});

/** A subnet in each zone, with the tag that tells load balancers where to go. */
function subnets(name: string, routeTableId: pulumi.Input<string>, first: number, role: string) {
  return zones.map((availabilityZone, index) => {
    const subnet = new aws.ec2.Subnet(`${name}-${index}`, {
      vpcId: vpc.id,
      availabilityZone,
      cidrBlock: `192.168.${first + index * 64}.0/18`,
      tags: { [`kubernetes.io/role/${role}`]: "1" },
    });
    new aws.ec2.RouteTableAssociation(`${name}-${index}`, { subnetId: subnet.id, routeTableId });
    return subnet.id;
  });
}
const publicSubnets = subnets("public", publicRoutes.id, 0, "elb");
const nat = new aws.ec2.NatGateway("nat", {
  allocationId: new aws.ec2.Eip("nat", { domain: "vpc" }).id,
  subnetId: publicSubnets[0] ?? "",
});
const privateRoutes = new aws.ec2.RouteTable("private", {
  vpcId: vpc.id,
  routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id }],
});
const privateSubnets = subnets("private", privateRoutes.id, 128, "internal-elb");

const clusterRole = new aws.iam.Role("cluster", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "eks.amazonaws.com" }),
});
const clusterPolicy = new aws.iam.RolePolicyAttachment("cluster", {
  role: clusterRole.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
});
const key = new aws.kms.Key("secrets", {
  description: "Secrets of the cluster",
  enableKeyRotation: true,
});
const cluster = new aws.eks.Cluster(
  "shop",
  {
    roleArn: clusterRole.arn,
    accessConfig: { authenticationMode: "API" },
    vpcConfig: {
      subnetIds: [...publicSubnets, ...privateSubnets],
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["203.0.113.0/24"],
    },
    encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] },
    enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
  },
  { dependsOn: [clusterPolicy] },
);

const nodeRole = new aws.iam.Role("node", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
const nodePolicies = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEC2ContainerRegistryReadOnly",
  "AmazonEKS_CNI_Policy",
].map(
  (policy) =>
    new aws.iam.RolePolicyAttachment(policy, {
      role: nodeRole.name,
      policyArn: `arn:aws:iam::aws:policy/${policy}`,
    }),
);
const nodes = new aws.eks.NodeGroup(
  "shop",
  {
    clusterName: cluster.name,
    nodeRoleArn: nodeRole.arn,
    subnetIds: privateSubnets,
    instanceTypes: ["t3.medium"],
    scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 },
  },
  { dependsOn: nodePolicies },
);

const named = { name: "shop" };
const exec = {
  apiVersion: "client.authentication.k8s.io/v1beta1",
  command: "aws",
  args: ["eks", "get-token", "--cluster-name", cluster.name],
};
const certificate = cluster.certificateAuthority.data;
const kubeconfig = pulumi.jsonStringify({
  apiVersion: "v1",
  kind: "Config",
  "current-context": "shop",
  contexts: [{ ...named, context: { cluster: "shop", user: "shop" } }],
  clusters: [
    {
      ...named,
      cluster: { server: cluster.endpoint, "certificate-authority-data": certificate },
    },
  ],
  users: [{ ...named, user: { exec } }],
});
const provider = new kubernetes.Provider("shop", { kubeconfig }, { dependsOn: [nodes] });
const labels = { app: "eks-sample-linux-app" };
const space = new kubernetes.core.v1.Namespace("eks-sample-app", {}, { provider });
const namespace = space.metadata.name;
const container = {
  name: "nginx",
  image: "public.ecr.aws/nginx/nginx:1.23",
  ports: [{ name: "http", containerPort: 80 }],
};
const template = { metadata: { labels }, spec: { containers: [container] } };
new kubernetes.apps.v1.Deployment(
  "eks-sample-linux-deployment",
  {
    metadata: { namespace, labels },
    spec: { replicas: 3, selector: { matchLabels: labels }, template },
  },
  { provider },
);
new kubernetes.core.v1.Service(
  "eks-sample-linux-service",
  {
    metadata: { namespace, labels },
    spec: { selector: labels, ports: [{ port: 80, targetPort: 80 }] },
  },
  { provider },
);

export const clusterName = cluster.name;
