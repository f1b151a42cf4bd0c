/** `reach` about a stack with a cluster: the rules of its policies, its mesh and its cloud. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
/** AKS with three workloads in a mesh and a machine beside it. */
const state = join(import.meta.dirname, "cluster-state.json");

function reach(...args: readonly string[]) {
  const main = join(root, "automation", "cli", "main.ts");
  const env = { ...process.env, CI: "true" };
  const all = [main, "reach", ...args, "--state", state];
  return spawnSync(process.execPath, all, { encoding: "utf8", cwd: root, env });
}

describe("reach in a stack with a cluster", function () {
  this.timeout(30_000);

  it("explains a packet by each stage's rule, at the addresses by which it passes", () => {
    const { stdout, status } = reach("web", "shop/app", "tcp/8080", "--explain");
    assert.equal(status, 0, stdout);
    const lines = stdout.trimEnd().split("\n");
    assert.match(lines[0] ?? "", /^aks\/shop\/web\[Deployment\] => aks\/shop\/app.*: arrives$/);
    const told = lines.slice(1).map((line) => line.replace(/ of aks\/shop\/\w+\[Deployment\]/, ""));
    assert.deepEqual(told, [
      "✓ route out: azure-native:containerservice:ManagedCluster aks pod network",
      "✓ route out: azure-native:containerservice:ManagedCluster aks routes between its pods",
      "✓ network-security-group out: azure-native:network:NetworkSecurityGroup nodes-rules AllowInternetOutBound (65001)",
      "✓ route out: azure-native:containerservice:ManagedCluster aks routes between its pods",
      "✓ network-security-group in: azure-native:network:NetworkSecurityGroup nodes-rules securityRules[0]",
      "✓ route in: azure-native:containerservice:ManagedCluster aks routes between its pods",
      "✓ route in: azure-native:containerservice:ManagedCluster aks pod network",
      "✓ network-policy in: kubernetes:networking.k8s.io/v1:NetworkPolicy aks-only-app spec.ingress[0]",
      "✓ authorization-policy in: kubernetes:security.istio.io/v1:AuthorizationPolicy aks-app spec.rules[0]",
      "✓ authorization-policy in: Istio: what pods call is judged by who they are",
      "✓ reply: route out: azure-native:containerservice:ManagedCluster aks routes between its pods",
    ]);
  });

  it("names the policy of the mesh that stops a caller without the identity", () => {
    const { stdout, status } = reach("job", "shop/app", "tcp/8080", "--explain");
    assert.equal(status, 1);
    assert.match(stdout, /✓ network-policy in .*NetworkPolicy aks-only-app/);
    assert.match(
      stdout,
      /✗ authorization-policy in .*none of AuthorizationPolicy shop\/app matches/,
    );
  });

  it("asks the cloud between a pod and what stands beside its cluster", () => {
    const { stdout, status } = reach("web", "database", "tcp/5432", "--explain");
    assert.equal(status, 0);
    assert.match(
      stdout,
      /✓ network-security-group in of database: .*data-rules securityRules\[0\]/,
    );
  });

  it("tells all that may pass, whichever addresses it passes by", () => {
    const { stdout } = reach("web", "shop/app");
    assert.equal(stdout.trimEnd().split(" : ")[1], "any");
  });
});
