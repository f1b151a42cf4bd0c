import assert from "node:assert/strict";
import type { ClusterPlan } from "../../../components/cluster/plan.ts";
import { lowerCluster } from "../../../components/cluster/plan.ts";
import { overlap, parseCidr } from "../../../model/base/address.ts";
import { planPlace } from "../../../model/network/address-plan.ts";
import type { Cloud, NetworkIntent } from "../../../model/network/intent.ts";
import { matchesGolden } from "../../harness/golden.ts";
import { threeClouds } from "../../harness/intents.ts";
import { accounts, clusterIntent } from "./context.ts";

function lower(cloud: Cloud, network: NetworkIntent = threeClouds): ClusterPlan {
  const place = network.places.find((candidate) => candidate.cloud === cloud);
  const cluster = clusterIntent.clusters.find((candidate) => candidate.place === place?.name);
  assert.ok(place !== undefined && cluster !== undefined);
  return lowerCluster(
    { name: "cluster", environment: "test", intent: clusterIntent, network, accounts },
    cluster,
    place,
  );
}

describe("cluster lowering", () => {
  for (const cloud of ["aws", "azure", "gcp"] as const) {
    it(`lowers ${cloud} as its golden file says`, () => {
      matchesGolden(`cluster/${cloud}`, lower(cloud));
    });
  }

  it("trusts AWS services only on behalf of the environment's own account", () => {
    const plan = lower("aws");
    assert.ok(plan.cloud === "aws");
    for (const role of [plan.roles.cluster, plan.roles.cni]) {
      const { Statement } = JSON.parse(role.assumeRolePolicy);
      assert.deepEqual(
        Statement.map(({ Condition }: { Condition: unknown }) => Condition),
        [{ StringEquals: { "aws:SourceAccount": accounts.aws.accountId } }],
      );
    }
  });

  it("lets CloudWatch use the EKS key for the one log group only", () => {
    const plan = lower("aws");
    assert.ok(plan.cloud === "aws");
    const { Statement } = JSON.parse(plan.key.policy);
    assert.deepEqual(Statement[1].Condition.ArnEquals, {
      "kms:EncryptionContext:aws:logs:arn":
        "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/eks/bulkhead-test-aws/cluster",
    });
  });

  it("gives AKS pods and services addresses that no subnet of the place has", () => {
    const plan = lower("azure");
    assert.ok(plan.cloud === "azure");
    const place = threeClouds.places.find(({ cloud }) => cloud === "azure");
    assert.ok(place !== undefined);
    const { podCidr, serviceCidr, dnsServiceIP } = plan.cluster;
    const ranges = [podCidr, serviceCidr].map((cidr) => parseCidr(cidr, cidr));
    for (const { segment, cidr4 } of planPlace(place, threeClouds.segments).segments) {
      assert.ok(!ranges.some((range) => overlap(range, parseCidr(cidr4, segment))), segment);
    }
    assert.equal(dnsServiceIP, "10.17.240.10");
  });

  it("takes AKS's way out from the network's flows", () => {
    const outbound = (egress: "direct" | "nat" | "none", flows = threeClouds.flows) => {
      const segments = threeClouds.segments.map((segment) => ({ ...segment, egress }));
      const plan = lower("azure", { ...threeClouds, segments, flows });
      assert.ok(plan.cloud === "azure");
      return plan.cluster.outboundType;
    };
    assert.equal(outbound("nat"), "userAssignedNATGateway");
    assert.equal(outbound("direct"), "loadBalancer");
    assert.equal(outbound("nat", []), "none");
  });

  it("names GKE's node account within the service's 30 characters", () => {
    const place = { ...threeClouds.places[2], name: "a-name-of-20-letters" } as const;
    const network = { ...threeClouds, places: [place as NetworkIntent["places"][number]] };
    const cluster = { ...clusterIntent.clusters[0], place: place.name };
    const plan = lowerCluster(
      { name: "cluster", environment: "test", intent: clusterIntent, network, accounts },
      cluster as (typeof clusterIntent.clusters)[number],
      place as NetworkIntent["places"][number],
    );
    assert.ok(plan.cloud === "gcp");
    assert.match(plan.nodeAccount.accountId, /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
  });
});
