import assert from "node:assert/strict";
import { type JsonObject, Secret } from "../../../../local-clouds/protocol/value.ts";
import { type Lab, type Made, openLab } from "../../kit/lab.ts";
import { makeNetwork, makeSubnet, openGoogle } from "./fixtures.ts";

const base = "https://www.googleapis.com/compute/v1/projects/shop-dev";

describe("machines and disks of gcp", () => {
  let lab: Lab;

  beforeEach(() => {
    lab = openGoogle();
    makeNetwork(lab);
    makeSubnet(lab, "app", "10.20.0.0/24");
  });

  afterEach(() => lab.close());

  const instance = (more: JsonObject = {}): Made =>
    lab.create("gcp:compute/instance:Instance", "web", {
      machineType: "e2-small",
      bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
      networkInterfaces: [{ subnetwork: "app", accessConfigs: [{}] }],
      ...more,
    });

  it("place a machine in the provider's zone and in its subnet", () => {
    const made = instance();
    const name = String(made.inputs["name"]);
    assert.match(name, /^web-[0-9a-f]{7}$/);
    assert.equal(made.id, `projects/shop-dev/zones/europe-west4-a/instances/${name}`);
    assert.equal(made.outputs["selfLink"], `${base}/zones/europe-west4-a/instances/${name}`);
    assert.equal(made.outputs["zone"], "europe-west4-a");
    const [nic] = made.outputs["networkInterfaces"] as {
      networkIp: string;
      accessConfigs: { natIp: string }[];
    }[];
    assert.match(nic?.networkIp ?? "", /^10\.20\.0\.\d+$/);
    assert.match(nic?.accessConfigs[0]?.natIp ?? "", /^203\.0\.113\./);
    const labels = { "goog-pulumi-provisioned": "true" };
    assert.deepEqual(made.outputs["effectiveLabels"], new Secret(labels));
    assert.deepEqual((made.inputs["__defaults"] as string[]).sort(), [
      "canIpForward",
      "deletionProtection",
      "name",
    ]);
  });

  it("refuse a machine without network, in an unknown subnet and changed while it runs", () => {
    assert.match(
      lab.refusal(() => instance({ networkInterfaces: [{}] })),
      /exactly one of network or subnetwork/,
    );
    assert.match(
      lab.refusal(() => instance({ networkInterfaces: [{ subnetwork: "nowhere" }] })),
      /Error 404: .*notFound/,
    );
    const made = instance({ name: "fixed" });
    const bigger = { ...made.inputs, machineType: "e2-medium" };
    assert.match(
      lab.refusal(() => lab.update(made, bigger)),
      /allow_stopping_for_update = true/,
    );
    lab.update(made, { ...bigger, allowStoppingForUpdate: true });
    assert.deepEqual(lab.diff(made, { ...made.inputs, zone: "europe-west4-b" }).replaces, ["zone"]);
  });

  it("want a zone from somewhere", () => {
    const homeless = openLab("gcp", { project: "shop-dev" });
    const faults = homeless.checkFailures("gcp:compute/disk:Disk", "d", {});
    assert.equal(faults[0]?.property, "zone");
    assert.match(faults[0]?.reason ?? "", /Cannot determine zone/);
    const located = { repositoryId: "r", format: "DOCKER" };
    assert.equal(
      homeless.checkFailures("gcp:artifactregistry/repository:Repository", "r", located)[0]
        ?.property,
      "location",
    );
    homeless.close();
  });

  it("let disks grow only and keep those that machines use", () => {
    const disk = lab.create("gcp:compute/disk:Disk", "data", { name: "data", size: 20 });
    assert.equal(disk.id, "projects/shop-dev/zones/europe-west4-a/disks/data");
    assert.equal(disk.outputs["type"], "pd-standard");
    assert.match(
      lab.refusal(() => lab.update(disk, { name: "data", size: 10 })),
      /cannot be made smaller/,
    );
    const machine = instance({ attachedDisks: [{ source: "data" }] });
    assert.match(
      lab.refusal(() => lab.delete(disk)),
      /resourceInUseByAnotherResource/,
    );
    const snapshot = lab.create("gcp:compute/snapshot:Snapshot", "s", {
      name: "s",
      sourceDisk: "data",
    });
    assert.equal(snapshot.id, "projects/shop-dev/global/snapshots/s");
    assert.equal(snapshot.outputs["sourceDisk"], `${base}/zones/europe-west4-a/disks/data`);
    lab.delete(machine);
    lab.delete(disk);
    assert.match(
      lab.refusal(() => lab.create("gcp:compute/image:Image", "i", { name: "i" })),
      /no source/,
    );
  });

  it("run groups of templates that exist", () => {
    const template = lab.create("gcp:compute/instanceTemplate:InstanceTemplate", "t", {
      name: "t",
      machineType: "e2-small",
      disks: [{ sourceImage: "debian-cloud/debian-12", boot: true }],
      networkInterfaces: [{ subnetwork: "app" }],
    });
    assert.equal(template.id, "projects/shop-dev/global/instanceTemplates/t");
    const manager = (more: JsonObject) =>
      lab.create("gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager", "m", {
        name: "m",
        baseInstanceName: "web",
        versions: [{ instanceTemplate: template.outputs["selfLink"] as string }],
        ...more,
      });
    assert.match(
      lab.refusal(() => manager({ baseInstanceName: "Web" })),
      /baseInstanceName/,
    );
    assert.match(
      lab.refusal(() => manager({ versions: [{ instanceTemplate: "gone" }] })),
      /does not exist/,
    );
    const made = manager({});
    assert.equal(made.id, "projects/shop-dev/regions/europe-west4/instanceGroupManagers/m");
    assert.equal(made.outputs["instanceGroup"], `${base}/regions/europe-west4/instanceGroups/m`);
    const scaler = (min: number) =>
      lab.create("gcp:compute/regionAutoscaler:RegionAutoscaler", "a", {
        name: "a",
        target: made.id,
        autoscalingPolicy: { minReplicas: min, maxReplicas: 3 },
      });
    assert.match(
      lab.refusal(() => scaler(5)),
      /must not be less/,
    );
    assert.equal((scaler(1).outputs["autoscalingPolicy"] as JsonObject)["cooldownPeriod"], 60);
    assert.match(
      lab.refusal(() => lab.delete(template)),
      /already being used/,
    );
  });

  it("keep addresses and ways to Google's services apart", () => {
    const outside = lab.create("gcp:compute/globalAddress:GlobalAddress", "ip", { name: "ip" });
    assert.equal(outside.id, "projects/shop-dev/global/addresses/ip");
    const range = (more: JsonObject) =>
      lab.create("gcp:compute/globalAddress:GlobalAddress", "psa", {
        name: "psa",
        purpose: "VPC_PEERING",
        addressType: "INTERNAL",
        network: "net",
        prefixLength: 16,
        ...more,
      });
    assert.match(
      lab.refusal(() => range({ addressType: "EXTERNAL" })),
      /needs addressType INTERNAL/,
    );
    const connect = () =>
      lab.create("gcp:servicenetworking/connection:Connection", "c", {
        network: "net",
        service: "servicenetworking.googleapis.com",
        reservedPeeringRanges: ["psa"],
      });
    assert.match(
      lab.refusal(() => connect()),
      /does not exist/,
    );
    range({});
    const made = connect();
    assert.equal(
      made.id,
      "projects%2Fshop-dev%2Fglobal%2Fnetworks%2Fnet:servicenetworking.googleapis.com",
    );
    assert.equal(made.outputs["peering"], "servicenetworking-googleapis-com");
    const connector = () =>
      lab.create("gcp:vpcaccess/connector:Connector", "v", {
        name: "v",
        network: "net",
        ipCidrRange: "10.8.0.0/24",
      });
    assert.match(
      lab.refusal(() => connector()),
      /\/28/,
    );
  });

  it("carry tunnels between gateways", () => {
    const gateway = lab.create("gcp:compute/haVpnGateway:HaVpnGateway", "g", {
      name: "g",
      network: "net",
    });
    assert.equal(gateway.id, "projects/shop-dev/regions/europe-west4/vpnGateways/g");
    assert.equal((gateway.outputs["vpnInterfaces"] as JsonObject[]).length, 2);
    const tunnel = (more: JsonObject) =>
      lab.create("gcp:compute/vPNTunnel:VPNTunnel", "t", {
        name: "t",
        vpnGateway: gateway.id,
        vpnGatewayInterface: 0,
        sharedSecret: "s",
        ...more,
      });
    assert.match(
      lab.refusal(() => tunnel({})),
      /resource\.router/,
    );
    lab.create("gcp:compute/router:Router", "r", {
      name: "r",
      network: "net",
      bgp: { asn: 64514 },
    });
    assert.equal(tunnel({ router: "r" }).outputs["ikeVersion"], 2);
    const peer = () =>
      lab.create("gcp:compute/routerPeer:RouterPeer", "p", {
        name: "p",
        router: "r",
        interface: "if0",
        peerAsn: 65001,
      });
    assert.match(
      lab.refusal(() => peer()),
      /interfaceName/,
    );
    const link = lab.create("gcp:compute/routerInterface:RouterInterface", "i", {
      name: "if0",
      router: "r",
      vpnTunnel: "t",
    });
    assert.equal(link.id, "shop-dev/europe-west4/r/if0");
    assert.equal(peer().id, "projects/shop-dev/regions/europe-west4/routers/r/p");
  });

  it("number the firewall policies of organisations", () => {
    const policy = (name: string) =>
      lab.create("gcp:compute/firewallPolicy:FirewallPolicy", name, {
        parent: "organizations/123456789012",
        shortName: "base",
      });
    const made = policy("a");
    assert.match(made.id, /^locations\/global\/firewallPolicies\/\d{12}$/);
    assert.match(
      lab.refusal(() => policy("b")),
      /409.*already exists/,
    );
    const rule = (policyName: string) =>
      lab.create("gcp:compute/firewallPolicyRule:FirewallPolicyRule", "r", {
        firewallPolicy: policyName,
        action: "deny",
        direction: "INGRESS",
        priority: 1000,
        match: { srcIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "all" }] },
      });
    assert.match(
      lab.refusal(() => rule("1")),
      /notFound/,
    );
    assert.equal(rule(made.id).id, `${made.id}/rules/1000`);
  });
});
