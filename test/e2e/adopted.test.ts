/**
 * Places that exist already, by `import` and by id: made by hand in the local clouds, filled with
 * segments by the real engine, proven; and what is then done to them by hand is found.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { provePlaces } from "../../automation/reach/proofs.ts";
import { readStateFile } from "../../automation/reach/state.ts";
import { planPlace } from "../../model/network/address-plan.ts";
import type { NetworkIntent } from "../../model/network/intent.ts";
import { allow, internet } from "../../model/network/intent.ts";
import { markDescription, markTags } from "../../model/network/marks.ts";
import { EngineProject } from "../harness/engine-project.ts";

const minutes = 60_000;
const root = join(import.meta.dirname, "..", "..");

const intent: NetworkIntent = {
  places: [
    { name: "aws", cloud: "aws", region: "eu-central-1", cidr4: "10.20.0.0/16" },
    {
      name: "azure",
      cloud: "azure",
      region: "westeurope",
      cidr4: "10.21.0.0/16",
      cidr6: "fd21:1:1::/48",
    },
    {
      name: "gcp",
      cloud: "gcp",
      region: "europe-west4",
      cidr4: "10.22.0.0/16",
      cidr6: "fd20:22:1::/48",
    },
  ],
  segments: ["web", "app"].map((name) => ({ name, purpose: name, egress: "none" })),
  flows: [
    allow(internet, "web", "tcp/443", "browsers"),
    allow("web", "app", "tcp/8080", "pages ask the logic"),
  ],
};

type Made = { readonly id: string; readonly outputs: Readonly<Record<string, string>> };

/** The networks as somebody clicks them together. */
async function makeByHand(project: EngineProject) {
  const configs: Readonly<Record<string, object>> = {
    aws: { region: "eu-central-1" },
    "azure-native": { location: "westeurope" },
    gcp: { project: "bulkhead-local", region: "europe-west4" },
  };
  const made: { token: string; name: string; inputs: object; id: string }[] = [];
  const make = async (token: string, name: string, inputs: object): Promise<Made> => {
    const config = configs[token.split(":")[0] ?? ""];
    const one = (await project.ask("POST", "/drift/create", {
      token,
      name,
      inputs,
      config,
    })) as Made;
    made.push({ token, name, inputs, id: one.id });
    return one;
  };
  const ofSegments = async <T>(place: number, one: (segment: string, cidrs: string[]) => T) => {
    const { cidr6 } = intent.places[place] ?? {};
    const planned = intent.places[place];
    assert.ok(planned !== undefined);
    const { segments } = planPlace(planned, intent.segments);
    const all: Record<string, Awaited<T>> = {};
    for (const { segment, cidr4, cidr6: six } of segments) {
      all[segment] = await one(segment, cidr6 === undefined ? [cidr4] : [cidr4, six ?? ""]);
    }
    return all;
  };
  const vpc = await make("aws:ec2/vpc:Vpc", "old", { cidrBlock: "10.20.0.0/16" });
  const awsSubnets = await ofSegments(0, async (segment, [cidrBlock]) => {
    const inputs = { vpcId: vpc.id, cidrBlock };
    return [(await make("aws:ec2/subnet:Subnet", segment, inputs)).id];
  });
  const resourceGroupName = "old-group";
  await make("azure-native:resources:ResourceGroup", resourceGroupName, { resourceGroupName });
  const inGroup = { resourceGroupName };
  const vnet = await make("azure-native:network:VirtualNetwork", "old", {
    ...inGroup,
    virtualNetworkName: "old",
    addressSpace: { addressPrefixes: ["10.21.0.0/16", "fd21:1:1::/48"] },
  });
  const azureSubnets = await ofSegments(1, async (segment, addressPrefixes) => {
    const networkSecurityGroupName = `old-${segment}`;
    const group = await make("azure-native:network:NetworkSecurityGroup", segment, {
      ...inGroup,
      networkSecurityGroupName,
      tags: markTags({ place: "azure", segment }),
    });
    const subnet = await make("azure-native:network:Subnet", segment, {
      ...inGroup,
      virtualNetworkName: "old",
      subnetName: segment,
      addressPrefixes,
      networkSecurityGroup: { id: group.id },
    });
    return { id: subnet.id, group: networkSecurityGroupName };
  });
  await make("gcp:compute/network:Network", "old", { name: "old", autoCreateSubnetworks: false });
  const subnetSelfLinks = await ofSegments(2, async (segment, [ipCidrRange]) => {
    const description = markDescription({ place: "gcp", segment });
    const where = { network: "old", region: "europe-west4" };
    const inputs = { name: segment, description, ...where, ipCidrRange };
    return (await make("gcp:compute/subnetwork:Subnetwork", segment, inputs)).id;
  });
  const mapped = (key: "id" | "group") =>
    Object.fromEntries(Object.entries(azureSubnets).map(([name, one]) => [name, one[key]]));
  const existing = {
    aws: { cloud: "aws", vpcId: vpc.id, subnetIds: awsSubnets },
    azure: {
      cloud: "azure",
      ...inGroup,
      vnetId: vnet.id,
      vnetName: "old",
      subnetIds: mapped("id"),
      nsgNames: mapped("group"),
    },
    gcp: { cloud: "gcp", project: "bulkhead-local", networkName: "old", subnetSelfLinks },
  };
  return { existing, made };
}

describe("places that exist already", function () {
  this.timeout(10 * minutes);

  let project: EngineProject;
  before(async () => {
    project = await EngineProject.open("adopted.js");
    const told = await makeByHand(project);
    writeFileSync(join(project.dir, "made.json"), JSON.stringify({ root, intent, ...told }));
  });
  after(() => project?.close());

  async function proofs() {
    const file = join(project.dir, "state.json");
    writeFileSync(file, await project.exported());
    const { topology, plan } = await readStateFile(file);
    assert.ok(plan !== undefined);
    return provePlaces(topology, plan, intent, "intent");
  }

  it("by id: stay with whoever made them, and what nobody sees of them stays open", async () => {
    const up = await project.run("up", "1");
    assert.equal(up.code, 0, up.stdout + up.stderr);
    const tokens = (await project.unmanaged()).map(({ token }) => token);
    for (const token of ["aws:ec2/vpc:Vpc", "gcp:compute/network:Network"]) {
      assert.ok(tokens.includes(token), token);
    }
    for (const { place, verdict, gaps } of await proofs()) {
      assert.equal(verdict, "unknown", place);
      assert.ok(gaps.every(({ settled }) => !settled));
    }
  });

  it("by import: belong to the program, and are proven like those that it makes", async () => {
    const up = await project.run("up", "2");
    assert.equal(up.code, 0, up.stdout + up.stderr);
    assert.match(up.stdout, /= 11 imported/);
    const tokens = (await project.unmanaged()).map(({ token }) => token);
    assert.deepEqual(tokens, ["azure-native:resources:ResourceGroup"]);
    for (const { place, verdict, gaps, unseen, unknowns } of await proofs()) {
      assert.deepEqual([place, gaps, unseen, unknowns], [place, [], [], []]);
      assert.equal(verdict, "proven");
    }
  });

  it("show what is done to them by hand, once the state is refreshed", async () => {
    const world = await project.world();
    const changed = async (token: string, name: RegExp, path: string, value: unknown) => {
      const group = world.find((one) => one.token === token && name.test(`${one.urn} ${one.id}`));
      assert.ok(group !== undefined);
      await project.ask("POST", "/drift", { id: group.id, changes: [{ path, value: [value] }] });
    };
    await changed("aws:ec2/securityGroup:SecurityGroup", /segmentation-aws-web /, "ingress", {
      protocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrBlocks: ["0.0.0.0/0"],
    });
    const group = "azure-native:network:NetworkSecurityGroup";
    await changed(group, /old-web$/, "securityRules", {
      ...{ name: "ssh", direction: "Inbound", access: "Allow", priority: 4000, protocol: "Tcp" },
      ...{ sourceAddressPrefix: "Internet", sourcePortRange: "*" },
      ...{ destinationAddressPrefix: "*", destinationPortRange: "22" },
    });
    const refreshed = await project.run("refresh", "2");
    assert.equal(refreshed.code, 0, refreshed.stdout);
    for (const { place, verdict, gaps } of await proofs()) {
      const found = gaps.find(({ from, to }) => from === internet && to === "web");
      const packet = found === undefined ? verdict : `${found.kind} ${found.packet}`;
      assert.match(packet, place === "gcp" ? /^proven$/ : /^extra .*tcp\/22$/, place);
    }
  });
});
