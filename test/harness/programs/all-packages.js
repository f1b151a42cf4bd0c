// About thirty resources of all packages, for tests that need the real engine many times.
// Some have names of their own, which can be taken; the others are named by their provider.
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as kms from "@pulumi/aws/kms/index.js";
import * as azureNetwork from "@pulumi/azure-native/network/index.js";
import * as azureResources from "@pulumi/azure-native/resources/index.js";
import { Application } from "@pulumi/azuread/application.js";
import { Group } from "@pulumi/azuread/group.js";
import { ServicePrincipal } from "@pulumi/azuread/servicePrincipal.js";
import * as compute from "@pulumi/gcp/compute/index.js";
import { Account } from "@pulumi/gcp/serviceaccount/account.js";
import * as kubernetes from "@pulumi/kubernetes/core/v1/index.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/index.js";
import { RandomPet } from "@pulumi/random/randomPet.js";
import { PrivateKey } from "@pulumi/tls/privateKey.js";

/** `2` changes something of most resources. */
const version = process.env.PROGRAM_VERSION ?? "1";
const tags = { version };

// --- random, tls
new RandomPet("pet", { length: 2 });
new PrivateKey("key", { algorithm: "ED25519" });

// --- aws
const vpc = new ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16", tags });
for (const [i, name] of ["web", "app", "data"].entries()) {
  new ec2.Subnet(name, { vpcId: vpc.id, cidrBlock: `10.0.${i}.0/24`, tags });
}
const group = new ec2.SecurityGroup("group", { vpcId: vpc.id, description: "group", tags });
for (const port of [80, 443]) {
  new ec2.SecurityGroupRule(`in-${port}`, {
    securityGroupId: group.id,
    type: "ingress",
    protocol: "tcp",
    fromPort: port,
    toPort: port,
    cidrBlocks: ["10.0.0.0/16"],
  });
}
const trust = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};
const role = new iam.Role("role", { name: "app", assumeRolePolicy: JSON.stringify(trust), tags });
new iam.RolePolicyAttachment("attached", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
});
const key = new kms.Key("key", { description: `version ${version}`, deletionWindowInDays: 7 });
new kms.Alias("alias", { name: "alias/app", targetKeyId: key.keyId });

// --- azure-native
const resourceGroup = new azureResources.ResourceGroup("rg", { location: "westeurope", tags });
const network = new azureNetwork.VirtualNetwork("vnet", {
  resourceGroupName: resourceGroup.name,
  location: "westeurope",
  addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
  tags,
});
const security = new azureNetwork.NetworkSecurityGroup("nsg", {
  resourceGroupName: resourceGroup.name,
  location: "westeurope",
  tags,
});
for (const [i, name] of ["web", "app"].entries()) {
  new azureNetwork.Subnet(name, {
    resourceGroupName: resourceGroup.name,
    virtualNetworkName: network.name,
    subnetName: name,
    addressPrefix: `10.1.${i}.0/24`,
    networkSecurityGroup: { id: security.id },
  });
}

// --- azuread
const application = new Application("application", {
  displayName: `application ${version}`,
});
new ServicePrincipal("principal", { clientId: application.clientId });
new Group("team", { displayName: `team ${version}`, securityEnabled: true });

// --- gcp
const gcpNetwork = new compute.Network("network", { autoCreateSubnetworks: false });
new compute.Subnetwork("subnetwork", {
  name: "app",
  network: gcpNetwork.id,
  region: "europe-west4",
  ipCidrRange: "10.2.0.0/24",
});
new compute.Firewall("allow", {
  network: gcpNetwork.name,
  description: `version ${version}`,
  sourceRanges: ["10.2.0.0/24"],
  allows: [{ protocol: "tcp", ports: ["443"] }],
});
new Account("robot", { accountId: "robot-app", displayName: `version ${version}` });

// --- kubernetes
const namespace = new kubernetes.Namespace("shop", {
  metadata: { name: "shop", labels: tags },
});
const metadata = { namespace: namespace.metadata.name, labels: tags };
new kubernetes.ConfigMap("settings", { metadata, data: { version } });
new kubernetes.ServiceAccount("web", { metadata: { ...metadata, name: "web" } });
new NetworkPolicy("closed", { metadata, spec: { podSelector: {}, policyTypes: ["Ingress"] } });
