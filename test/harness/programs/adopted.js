// A network that somebody made by hand: its VPC is taken over with `import`, its subnets are known by
// their ids; segments and machines are put into it. `made.json` beside the program holds the ids.
import { readFileSync } from "node:fs";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import { Provider } from "@pulumi/aws/provider.js";

const { root, intent, vpcId, subnetIds } = JSON.parse(readFileSync("made.json", "utf8"));
const { Network } = await import(`${root}/components/network/index.ts`);
const { Segmentation } = await import(`${root}/components/segmentation/index.ts`);

const provider = new Provider("aws", { region: "eu-central-1" });
const [place] = intent.places;
new ec2.Vpc("taken", { cidrBlock: place.cidr4 }, { import: vpcId, provider, retainOnDelete: true });

const existing = { [place.name]: { cloud: "aws", vpcId, subnetIds } };
const { places } = new Network("network", { intent, existing }, { providers: [provider] });
const { memberships } = new Segmentation("segmentation", { intent, places }, { providers: [provider] });

for (const [segment, [subnetId]] of Object.entries(subnetIds)) {
  const securityGroups = [memberships[place.name].securityGroupIds[segment]];
  new ec2.NetworkInterface(segment, { subnetId, securityGroups }, { provider });
}
