/** The tiers of ClusterNetworkPolicy v1alpha2 and of the kinds it took the place of. */
import assert from "node:assert/strict";
import { anyPlugin } from "../../../../policy-packs/lift/kubernetes/plugin.ts";
import { arrives, lift, policy, read, shop } from "./cluster.ts";

const everybody = "subject: {namespaces: {}}";
const jobs = "namespaces: {matchLabels: {team: jobs}}";

function cluster(spec: string, name = "c"): string {
  return `\n---\n{apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: ${name}}, spec: ${spec}}`;
}

function admin(kind: string, spec: string, name: string): string {
  return `\n---\n{apiVersion: policy.networking.k8s.io/v1alpha1, kind: ${kind}, metadata: {name: ${name}}, spec: ${spec}}`;
}

function tier(name: string, priority: number, rule: string): string {
  return `{tier: ${name}, priority: ${priority}, ${everybody}, ingress: [${rule}]}`;
}

const allowing = policy(`{podSelector: {}, ingress: [{}]}`);
const isolating = policy("{podSelector: {}}");
const denyJobs = `{action: Deny, from: [{${jobs}}]}`;
const acceptJobs = `{action: Accept, from: [{${jobs}}]}`;
const passJobs = `{action: Pass, from: [{${jobs}}]}`;

function fromJobs(...documents: readonly string[]): string {
  return arrives(lift(shop + documents.join("")), "jobs/batch", "shop/web", "tcp/80");
}

describe("policies for the whole cluster", () => {
  it("the Admin tier decides before NetworkPolicies", () => {
    assert.equal(fromJobs(cluster(tier("Admin", 1, denyJobs)), allowing), "no");
    assert.equal(fromJobs(cluster(tier("Admin", 1, acceptJobs)), isolating), "yes");
  });

  it("Pass hands on to the NetworkPolicies, past the rest of its tier", () => {
    const rest = cluster(tier("Admin", 2, denyJobs), "later");
    assert.equal(fromJobs(cluster(tier("Admin", 1, passJobs)), rest, allowing), "yes");
    assert.equal(fromJobs(cluster(tier("Admin", 1, passJobs)), rest, isolating), "no");
    assert.equal(fromJobs(cluster(tier("Admin", 1, passJobs)), rest), "yes");
  });

  it("lower priorities come first, and rules in the order in which they are written", () => {
    const first = cluster(tier("Admin", 5, denyJobs), "second");
    assert.equal(fromJobs(first, cluster(tier("Admin", 1, acceptJobs))), "yes");
    assert.equal(fromJobs(cluster(tier("Admin", 1, `${denyJobs}, ${acceptJobs}`))), "no");
  });

  it("the Baseline tier never comes where a NetworkPolicy selects the pod", () => {
    assert.equal(fromJobs(cluster(tier("Baseline", 1, denyJobs))), "no");
    assert.equal(fromJobs(cluster(tier("Baseline", 1, denyJobs)), allowing), "yes");
    assert.equal(fromJobs(cluster(tier("Baseline", 1, acceptJobs)), isolating), "no");
  });

  it("a policy without rules in a direction has no say there", () => {
    assert.equal(fromJobs(cluster(`{tier: Admin, priority: 1, ${everybody}, ingress: []}`)), "yes");
  });

  it("AdminNetworkPolicy and BaselineAdminNetworkPolicy are the same tiers", () => {
    const rule = `{action: Deny, from: [{${jobs}}]}`;
    const spec = `{priority: 1, ${everybody}, ingress: [${rule}]}`;
    assert.equal(fromJobs(admin("AdminNetworkPolicy", spec, "a"), allowing), "no");
    const base = `{${everybody}, ingress: [${rule}]}`;
    assert.equal(fromJobs(admin("BaselineAdminNetworkPolicy", base, "default")), "no");
    assert.equal(fromJobs(admin("BaselineAdminNetworkPolicy", base, "default"), allowing), "yes");
  });

  it("ports are numbers, ranges or names", () => {
    const rule = (protocols: string) =>
      `{action: Deny, from: [{namespaces: {}}], protocols: [${protocols}]}`;
    const denied = (protocols: string, ports: string) =>
      arrives(
        lift(shop + cluster(tier("Admin", 1, rule(protocols)))),
        "jobs/batch",
        "shop/web",
        ports,
      );
    assert.equal(denied("{tcp: {destinationPort: {number: 80}}}", "tcp/80"), "no");
    assert.equal(denied("{tcp: {destinationPort: {number: 80}}}", "udp/80"), "yes");
    assert.equal(denied("{udp: {destinationPort: {range: {start: 5, end: 7}}}}", "udp/7"), "no");
    assert.equal(denied("{destinationNamedPort: http}", "tcp/8080"), "no");
    assert.equal(denied("{destinationNamedPort: http}", "tcp/9090"), "yes");
  });

  it("networks match pods too, whose addresses nobody knows", () => {
    const spec = (cidr: string) =>
      `{tier: Admin, priority: 1, ${everybody}, egress: [{action: Deny, to: [{networks: [${cidr}]}]}]}`;
    const everywhere = lift(shop + cluster(spec("0.0.0.0/0")));
    assert.equal(arrives(everywhere, "shop/web", "shop/app", "tcp/80"), "no");
    const some = lift(shop + cluster(spec("10.0.0.0/8")));
    assert.equal(arrives(some, "shop/web", "shop/app", "tcp/80"), "perhaps");
    assert.equal(arrives(some, "shop/web", "internet", "tcp/80"), "yes");
  });

  it("nodes and domain names leave open whom they mean", () => {
    const rule = `{action: Deny, to: [{domainNames: ["a.example"]}]}`;
    const spec = `{tier: Admin, priority: 1, ${everybody}, egress: [${rule}]}`;
    assert.equal(arrives(lift(shop + cluster(spec)), "shop/web", "internet", "tcp/443"), "perhaps");
  });

  it("pods on the node's network are neither subject nor peer", () => {
    const node = `\n---\n{apiVersion: v1, kind: Pod, metadata: {name: agent, namespace: jobs}, spec: {hostNetwork: true}}`;
    const lifted = lift(shop + node + cluster(tier("Admin", 1, denyJobs)), anyPlugin);
    assert.equal(arrives(lifted, "jobs/agent", "shop/web", "tcp/80"), "yes");
    assert.equal(arrives(lifted, "jobs/batch", "jobs/agent", "tcp/80"), "yes");
  });

  describe("of the same priority", () => {
    const two = (first: string, second: string) =>
      lift(shop + cluster(tier("Admin", 1, first)) + cluster(tier("Admin", 1, second), "d"));

    it("leave open what two rules say differently, and are a finding", () => {
      const lifted = two(denyJobs, acceptJobs);
      assert.equal(arrives(lifted, "jobs/batch", "shop/web", "tcp/80"), "perhaps");
      const names = lifted.ties.map(({ one, other }) => [one.policy.name, other.policy.name]);
      assert.deepEqual(names, [["ClusterNetworkPolicy c", "ClusterNetworkPolicy d"]]);
    });

    it("are no finding where they agree, or never meet", () => {
      assert.deepEqual(two(denyJobs, denyJobs).ties, []);
      const other = "{action: Accept, from: [{namespaces: {matchLabels: {team: shop}}}]}";
      const lifted = two(denyJobs, other);
      assert.deepEqual(lifted.ties, []);
      assert.equal(arrives(lifted, "jobs/batch", "shop/web", "tcp/80"), "no");
    });
  });

  it("refuses what the API server refuses", () => {
    const wrong = [
      cluster(tier("Top", 1, denyJobs)),
      cluster(tier("Admin", 1001, denyJobs)),
      cluster(tier("Admin", 1, "{action: Allow, from: [{namespaces: {}}]}")),
      cluster(tier("Admin", 1, "{action: Deny, from: []}")),
      cluster(tier("Admin", 1, "{action: Deny, from: [{}]}")),
      cluster(tier("Admin", 1, Array.from({ length: 26 }, () => denyJobs).join(", "))),
      cluster(`{tier: Admin, priority: 1, subject: {}}`),
      admin("BaselineAdminNetworkPolicy", `{${everybody}}`, "other"),
      admin("BaselineAdminNetworkPolicy", `{${everybody}, ingress: [${passJobs}]}`, "default"),
    ];
    for (const document of wrong) assert.equal(read(shop + document).problems.length, 1, document);
  });
});
