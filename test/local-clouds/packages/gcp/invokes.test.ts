import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../kit/lab.ts";
import { makeNetwork, makeSubnet, openGoogle } from "./fixtures.ts";

describe("functions of gcp", () => {
  let lab: Lab;

  beforeEach(() => {
    lab = openGoogle();
  });

  afterEach(() => lab.close());

  it("tell where the provider works and as whom", () => {
    const config = lab.invoke("gcp:organizations/getClientConfig:getClientConfig");
    assert.equal(config["zone"], "europe-west4-a");
    assert.equal(config["id"], "projects/shop-dev/regions/europe-west4/zones/europe-west4-a");
    const account = lab.invoke("gcp:compute/getDefaultServiceAccount:getDefaultServiceAccount");
    assert.match(String(account["email"]), /^\d{12}-compute@developer\.gserviceaccount\.com$/);
    const { number } = lab.invoke("gcp:organizations/getProject:getProject");
    assert.equal(String(account["email"]).split("-")[0], number);
  });

  it("list zones and versions, and find images of families", () => {
    const zones = (args: JsonObject) => lab.invoke("gcp:compute/getZones:getZones", args)["names"];
    assert.deepEqual(zones({}), ["europe-west4-a", "europe-west4-b", "europe-west4-c"]);
    assert.deepEqual(zones({ region: "europe-west1" }), [
      "europe-west1-b",
      "europe-west1-c",
      "europe-west1-d",
    ]);
    const image = lab.invoke("gcp:compute/getImage:getImage", {
      family: "debian-12",
      project: "debian-cloud",
    });
    assert.match(String(image["selfLink"]), /projects\/debian-cloud\/global\/images\/debian-12-v/);
    assert.match(
      lab.refusal(() => lab.invoke("gcp:compute/getImage:getImage", { name: "own" })),
      /was not found/,
    );
    const versions = lab.invoke("gcp:container/getEngineVersions:getEngineVersions", {
      versionPrefix: "1.34.",
    });
    assert.match(String(versions["latestMasterVersion"]), /^1\.34\.\d+-gke\.\d+$/);
    const blocks = lab.invoke("gcp:compute/getNetblockIPRanges:getNetblockIPRanges", {
      rangeType: "iap-forwarders",
    });
    assert.deepEqual(blocks["cidrBlocksIpv4s"], ["35.235.240.0/20"]);
  });

  it("find networks and subnets of the world", () => {
    assert.match(
      lab.refusal(() => lab.invoke("gcp:compute/getNetwork:getNetwork", { name: "net" })),
      /projects\/shop-dev\/global\/networks\/net' was not found/,
    );
    const network = makeNetwork(lab);
    const subnet = makeSubnet(lab, "app", "10.20.0.0/24");
    const found = lab.invoke("gcp:compute/getNetwork:getNetwork", { name: "net" });
    assert.equal(found["id"], network.id);
    assert.deepEqual(found["subnetworksSelfLinks"], [subnet.outputs["selfLink"]]);
    const inside = lab.invoke("gcp:compute/getSubnetwork:getSubnetwork", { name: "app" });
    assert.equal(inside["ipCidrRange"], "10.20.0.0/24");
  });

  it("show blocks of one as lists, as data sources do", () => {
    lab.create("gcp:container/cluster:Cluster", "gke", { name: "gke", location: "europe-west4" });
    const found = lab.invoke("gcp:container/getCluster:getCluster", {
      name: "gke",
      location: "europe-west4",
    });
    assert.equal((found["masterAuths"] as JsonObject[]).length, 1);
    assert.deepEqual(found["workloadIdentityConfigs"], []);
    assert.equal((found["ipAllocationPolicies"] as JsonObject[])[0]?.["stackType"], "IPV4");
    assert.equal(found["masterAuth"], undefined);
  });

  it("write policies in one order", () => {
    const policy = lab.invoke("gcp:organizations/getIAMPolicy:getIAMPolicy", {
      bindings: [{ role: "roles/viewer", members: ["user:b@x.org", "user:a@x.org"] }],
    });
    assert.equal(
      policy["policyData"],
      '{"bindings":[{"members":["user:a@x.org","user:b@x.org"],"role":"roles/viewer"}]}',
    );
  });
});
