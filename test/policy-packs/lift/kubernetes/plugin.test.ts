/** What Kubernetes leaves open is open here too, unless somebody says how it is. */
import assert from "node:assert/strict";
import type { NetworkPlugin } from "../../../../policy-packs/lift/kubernetes/plugin.ts";
import { anyPlugin } from "../../../../policy-packs/lift/kubernetes/plugin.ts";
import { arrives, lift, policy, shop } from "./cluster.ts";

const node = `
---
{apiVersion: v1, kind: Pod, metadata: {name: agent, namespace: shop, labels: {app: agent}}, spec: {hostNetwork: true, containers: []}}`;
const known = `
---
{apiVersion: v1, kind: Pod, metadata: {name: known, namespace: shop, labels: {app: known}}, spec: {containers: []}, status: {podIP: 10.1.2.3}}`;

const blocks = policy(
  "{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}",
);
const everywhere = policy(
  "{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}",
);
const agents = policy(
  "{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: agent}}}]}]}",
);
const closed = policy("{podSelector: {matchLabels: {app: agent}}}");

describe("what the network plugin decides", () => {
  it("an ipBlock may match pods or not", () => {
    for (const [yaml, inside] of [
      [shop + known + blocks, "perhaps"],
      [shop + known + everywhere, "perhaps"],
    ] as const) {
      const lifted = lift(yaml, anyPlugin);
      assert.equal(arrives(lifted, "shop/known", "shop/web", "tcp/80"), inside);
      assert.equal(arrives(lifted, "shop/app", "shop/web", "tcp/80"), "perhaps");
    }
    assert.equal(arrives(lift(shop + blocks, anyPlugin), "internet", "shop/web", "tcp/80"), "no");
    const open = lift(shop + everywhere, anyPlugin);
    assert.equal(arrives(open, "internet", "shop/web", "tcp/80"), "yes");
  });

  it("a plugin that matches pods' addresses does so where they are known", () => {
    const plugin: NetworkPlugin = { ...anyPlugin, blocksMatchPods: true };
    const lifted = lift(shop + known + blocks, plugin);
    assert.equal(arrives(lifted, "shop/known", "shop/web", "tcp/80"), "yes");
    assert.equal(arrives(lifted, "shop/app", "shop/web", "tcp/80"), "perhaps");
  });

  it("policies may bind pods on the node's network or not", () => {
    const lifted = lift(shop + node + closed, anyPlugin);
    assert.equal(arrives(lifted, "shop/app", "shop/agent", "tcp/80"), "perhaps");
    const bound = lift(shop + node + closed, { ...anyPlugin, bindsHostNetwork: true });
    assert.equal(arrives(bound, "shop/app", "shop/agent", "tcp/80"), "no");
    const free = lift(shop + node + closed, { ...anyPlugin, bindsHostNetwork: false });
    assert.equal(arrives(free, "shop/app", "shop/agent", "tcp/80"), "yes");
  });

  it("selectors may select pods on the node's network or not", () => {
    const lifted = lift(shop + node + agents, anyPlugin);
    assert.equal(arrives(lifted, "shop/agent", "shop/web", "tcp/80"), "perhaps");
    assert.equal(arrives(lifted, "shop/app", "shop/web", "tcp/80"), "no");
    const bound = lift(shop + node + agents, { ...anyPlugin, bindsHostNetwork: true });
    assert.equal(arrives(bound, "shop/agent", "shop/web", "tcp/80"), "yes");
  });
});
