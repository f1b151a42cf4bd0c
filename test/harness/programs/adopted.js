// Networks that somebody made by hand are known by their ids, and segments are put into them; the
// second version takes them over with `import`. `made.json` beside the program says what there is:
// by token, the inputs and ids of what was made.
import { readFileSync } from "node:fs";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import { Provider as Aws } from "@pulumi/aws/provider.js";
import * as azureNetwork from "@pulumi/azure-native/network/index.js";
import { Provider as Azure } from "@pulumi/azure-native/provider.js";
import * as compute from "@pulumi/gcp/compute/index.js";
import { Provider as Gcp } from "@pulumi/gcp/provider.js";

const { root, intent, existing, made } = JSON.parse(readFileSync("made.json", "utf8"));
const { Network } = await import(`${root}/components/network/index.ts`);
const { Segmentation } = await import(`${root}/components/segmentation/index.ts`);

const aws = new Aws("aws", { region: "eu-central-1" });
const azure = new Azure("azure", { location: "westeurope" });
const gcp = new Gcp("gcp", { project: "bulkhead-local", region: "europe-west4" });
const providers = [aws, azure, gcp];

const kinds = {
  "aws:ec2/vpc:Vpc": [ec2.Vpc, aws],
  "aws:ec2/subnet:Subnet": [ec2.Subnet, aws],
  "azure-native:network:VirtualNetwork": [azureNetwork.VirtualNetwork, azure],
  "azure-native:network:NetworkSecurityGroup": [azureNetwork.NetworkSecurityGroup, azure],
  "azure-native:network:Subnet": [azureNetwork.Subnet, azure],
  "gcp:compute/network:Network": [compute.Network, gcp],
  "gcp:compute/subnetwork:Subnetwork": [compute.Subnetwork, gcp],
};
if (process.env.PROGRAM_VERSION === "2") {
  for (const { token, name, inputs, id } of made.filter(({ token }) => token in kinds)) {
    const [Kind, provider] = kinds[token];
    new Kind(`taken-${name}`, inputs, { import: id, provider, retainOnDelete: true });
  }
}
const { vpcId, subnetIds } = existing.aws;
// Members of a VPC's default group may call each other and everybody, until it is emptied.
new ec2.DefaultSecurityGroup("emptied", { vpcId }, { provider: aws });

const { places } = new Network("network", { intent, existing }, { providers });
const { memberships } = new Segmentation("segmentation", { intent, places }, { providers });
for (const [segment, [subnetId]] of Object.entries(subnetIds)) {
  const securityGroups = [memberships.aws.groupIds[segment]];
  new ec2.NetworkInterface(segment, { subnetId, securityGroups }, { provider: aws });
}
