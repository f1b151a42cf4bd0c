import assert from "node:assert/strict";
import { type JsonObject, Secret } from "../../../../local-clouds/protocol/value.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import { openGoogle } from "./fixtures.ts";

describe("clusters of gcp", () => {
  let lab: Lab;
  let cluster: Made;

  beforeEach(() => {
    lab = openGoogle();
    cluster = lab.create("gcp:container/cluster:Cluster", "gke", {
      name: "gke",
      location: "europe-west4",
      initialNodeCount: 1,
      removeDefaultNodePool: true,
      deletionProtection: false,
    });
  });

  afterEach(() => lab.close());

  it("are given ranges, endpoints and every block where nothing was said", () => {
    const policy = cluster.outputs["ipAllocationPolicy"] as JsonObject;
    assert.match(String(policy["clusterIpv4CidrBlock"]), /^10\.\d+\.0\.0\/14$/);
    assert.match(String(policy["servicesIpv4CidrBlock"]), /^10\.\d+\.0\.0\/20$/);
    assert.equal(cluster.outputs["clusterIpv4Cidr"], policy["clusterIpv4CidrBlock"]);
    assert.equal(cluster.outputs["network"], "projects/shop-dev/global/networks/default");
    assert.deepEqual(cluster.outputs["nodePools"], []);
    assert.deepEqual(cluster.outputs["nodeLocations"], [
      "europe-west4-a",
      "europe-west4-b",
      "europe-west4-c",
    ]);
    const auth = cluster.outputs["masterAuth"] as { clientKey: unknown };
    assert.ok(auth.clientKey instanceof Secret);
  });

  it("do not share what they were given by themselves", () => {
    const other = lab.create("gcp:container/cluster:Cluster", "two", {
      name: "two",
      location: "europe-west4-b",
    });
    const nameOf = (one: Made) =>
      (one.outputs["ipAllocationPolicy"] as JsonObject)["clusterSecondaryRangeName"];
    assert.match(String(nameOf(cluster)), /^gke-gke-pods-[0-9a-f]{8}$/);
    assert.match(String(nameOf(other)), /^gke-two-pods-[0-9a-f]{8}$/);
    assert.deepEqual(other.outputs["nodeLocations"], []);
    assert.equal((other.outputs["nodePools"] as JsonObject[])[0]?.["name"], "default-pool");
  });

  it("have pools that follow them, and fleets that hold them", () => {
    const pool = lab.create("gcp:container/nodePool:NodePool", "blue", {
      cluster: cluster.id,
      nodeConfig: { machineType: "e2-medium" },
    });
    assert.match(
      pool.id,
      /^projects\/shop-dev\/locations\/europe-west4\/clusters\/gke\/nodePools\/blue-/,
    );
    const config = pool.outputs["nodeConfig"] as JsonObject;
    assert.equal(config["imageType"], "COS_CONTAINERD");
    assert.equal(config["spot"], false);
    assert.equal((pool.outputs["instanceGroupUrls"] as string[]).length, 3);
    assert.deepEqual(
      lab.diff(pool, { cluster: cluster.id, nodeConfig: { machineType: "e2-large" } }).replaces,
      [],
    );
    assert.deepEqual(
      lab.diff(pool, { cluster: cluster.id, nodeConfig: { machineType: "e2-medium", spot: true } })
        .replaces,
      ["nodeConfig.spot"],
    );
    const member = (resourceLink: string) =>
      lab.create("gcp:gkehub/membership:Membership", "m", {
        membershipId: "m",
        endpoint: { gkeCluster: { resourceLink } },
      });
    assert.match(
      lab.refusal(() => member("//container.googleapis.com/projects/x/locations/y/clusters/z")),
      /was not found/,
    );
    const made = member(`//container.googleapis.com/${cluster.id}`);
    assert.equal(made.id, "projects/shop-dev/locations/global/memberships/m");
    assert.match(
      lab.refusal(() => lab.delete(cluster)),
      /already being used/,
    );
    lab.delete(made);
    lab.delete(cluster);
    assert.equal(lab.size(), 0);
  });
});
