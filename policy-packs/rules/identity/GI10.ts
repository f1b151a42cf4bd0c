/**
 * Google Kubernetes Engine documentation, "Use least privilege IAM service accounts": nodes run as
 * Compute Engine's default account unless another is named. Autopilot names it elsewhere.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { meansDefault } from "../shared/default-account.ts";
import { accountType } from "../shared/gcp-bindings.ts";

const cluster = "gcp:container/cluster:Cluster";
const pool = "gcp:container/nodePool:NodePool";
const own = "nodes@shop.iam.gserviceaccount.com";

export const GI10: Rule = {
  id: "GI10",
  sentence: "A cluster's nodes do not run as the default service account.",
  why: "Whoever breaks out of one pod has the node's token, and by the default account the whole project.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "IA-9"],
  fix: "Name an account with roles/container.defaultNodeServiceAccount in nodeConfig.serviceAccount.",
  subjects: [cluster, pool],
  needs: "plan",
  check: ({ type, inputs }, judge, plan) => {
    if (type === cluster) {
      const gone = inputs.at("removeDefaultNodePool").flag() === true;
      const autopilot = inputs.at("enableAutopilot").flag() === true;
      if (gone || autopilot) return judge.notApplicable("the cluster has no nodes of its own");
    }
    const account = inputs.at("nodeConfig", "serviceAccount");
    if (meansDefault(account, plan))
      judge.fail(account, "a token of the default account, off a node");
  },
  examples: [
    ...[cluster, pool].map((type) => ({
      kind: "violating" as const,
      says: `the default account in ${type}`,
      expect: "fail" as const,
      resources: alone(type, { nodeConfig: { serviceAccount: "default" } }),
      path: "nodeConfig.serviceAccount",
    })),
    {
      kind: "clean",
      says: "an account of its own",
      expect: "pass",
      resources: alone(pool, { nodeConfig: { serviceAccount: own } }),
    },
    {
      kind: "clean",
      says: "an account that is planned as well",
      expect: "pass",
      resources: [planned(), { type: accountType, name: "account", props: { accountId: "nodes" } }],
    },
    {
      kind: "clean",
      says: "a cluster whose pools are resources of their own",
      expect: "not-applicable",
      resources: alone(cluster, { removeDefaultNodePool: true }),
    },
    {
      kind: "unknown",
      says: "the account is not known",
      expect: "unknown",
      resources: alone(pool, { nodeConfig: { serviceAccount: unknownHere } }),
      path: "nodeConfig.serviceAccount",
    },
    { kind: "absent", says: "nothing said", expect: "fail", resources: alone(pool, {}) },
  ],
};

function planned(): ExampleResource {
  return {
    type: pool,
    name: "nodes",
    props: { nodeConfig: { serviceAccount: unknownHere } },
    dependsOn: { nodeConfig: ["account"] },
  };
}
