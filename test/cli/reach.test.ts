/** `reach` and `reach diff`, as a person calls them. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { manifestCase } from "../../automation/cli/bench/segmentation/manifest-case.ts";
import { lowerClusterSegmentation } from "../../components/segmentation/kubernetes/lower.ts";
import { shopInClusters } from "../components/segmentation/workloads.ts";

const root = join(import.meta.dirname, "..", "..");

function reach(...args: readonly string[]) {
  const main = join(root, "automation", "cli", "main.ts");
  const env = { ...process.env, CI: "true" };
  return spawnSync(process.execPath, [main, "reach", ...args], {
    encoding: "utf8",
    cwd: root,
    env,
  });
}

const pods = ["web", "app"]
  .map(
    (name) =>
      `{apiVersion: apps/v1, kind: Deployment, metadata: {name: ${name}, namespace: shop}, spec: {template: {metadata: {labels: {app: ${name}}}, spec: {containers: []}}}}`,
  )
  .join("\n---\n");
const policy = (port: number) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: app, namespace: shop}
spec:
  podSelector: {matchLabels: {app: app}}
  ingress:
    - from: [{podSelector: {matchLabels: {app: web}}}]
      ports: [{port: ${port}}]
`;

describe("reach", function () {
  this.timeout(30_000);
  const folders: Record<"before" | "after", string> = { before: "", after: "" };

  before(() => {
    for (const [name, port] of [
      ["before", 80],
      ["after", 8080],
    ] as const) {
      folders[name] = mkdtempSync(join(tmpdir(), "reach-"));
      writeFileSync(join(folders[name], "all.yaml"), pods + policy(port));
    }
  });
  after(() => {
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
  });

  it("prints the plain lines", () => {
    const { stdout, status } = reach("--kubernetes", folders.before, "--output", "lines");
    assert.equal(status, 0);
    assert.deepEqual(stdout.trimEnd().split("\n"), [
      "0.0.0.0-255.255.255.255[External] => shop/web[Deployment] : All Connections",
      "shop/app[Deployment] => 0.0.0.0-255.255.255.255[External] : All Connections",
      "shop/app[Deployment] => shop/web[Deployment] : All Connections",
      "shop/web[Deployment] => 0.0.0.0-255.255.255.255[External] : All Connections",
      "shop/web[Deployment] => shop/app[Deployment] : TCP 80",
    ]);
  });

  const formats: [string, RegExp][] = [
    ["table", /^shop\/web\[Deployment\] +shop\/app\[Deployment\] +tcp\/80$/m],
    ["dot", /^digraph reach/],
    ["svg", /^<svg /],
    ["json", /^\{/],
  ];
  for (const [format, form] of formats) {
    it(`prints ${format}`, () => {
      const { stdout, status } = reach("--kubernetes", folders.before, "--output", format);
      assert.equal(status, 0);
      assert.match(stdout, form);
    });
  }

  it("answers machines", () => {
    const answer = JSON.parse(reach("--kubernetes", folders.before, "--json").stdout) as {
      connections: { from: string; to: string; ports: string }[];
      unknowns: unknown[];
    };
    const found = answer.connections.find(({ ports }) => ports === "tcp/80");
    assert.deepEqual([found?.from, found?.to], ["shop/web[Deployment]", "shop/app[Deployment]"]);
    assert.deepEqual(answer.unknowns, []);
  });

  it("explains one packet with the rule that decides, and ends as the packet does", () => {
    const ask = (...ends: readonly string[]) =>
      reach(...ends, "--explain", "--kubernetes", folders.before);
    const arriving = ask("web", "shop/app", "tcp/80");
    assert.equal(arriving.status, 0);
    assert.match(arriving.stdout, /: arrives\n✓ network-policy in of shop\/app\[Deployment\]: /);
    assert.match(arriving.stdout, /all\.yaml#3 NetworkPolicy shop\/app spec\.ingress\[0\]/);
    const dropped = ask("internet", "app", "tcp/80");
    assert.equal(dropped.status, 1);
    assert.match(dropped.stdout, /: dropped\n✗ .*NetworkPolicy shop\/app: ingress/);
  });

  it("tells all that may pass between two ends", () => {
    const { stdout } = reach("web", "app", "--kubernetes", folders.before);
    assert.equal(stdout, "shop/web[Deployment] => shop/app[Deployment] (IPv4) : tcp/80\n");
  });

  it("tells what one state has and another has not", () => {
    const { before, after } = folders;
    const changed = reach("diff", before, after, "--kubernetes", "--expect-no-changes");
    assert.equal(changed.status, 1);
    assert.equal(
      changed.stdout,
      "~ shop/web[Deployment] => shop/app[Deployment] : +tcp/8080 -tcp/80\n",
    );
    const same = reach("diff", "--kubernetes", before, before, "--expect-no-changes", "--json");
    assert.equal(same.status, 0);
    assert.deepEqual(JSON.parse(same.stdout), { changes: [], unknowns: [] });
  });

  it("ends quietly where its reader has seen enough", async () => {
    const folder = mkdtempSync(join(tmpdir(), "reach-"));
    try {
      for (const [name, text] of manifestCase({ workloads: 1000, seed: 1 })) {
        writeFileSync(join(folder, name), text);
      }
      const main = join(root, "automation", "cli", "main.ts");
      const child = spawn(process.execPath, [main, "reach", "--kubernetes", folder]);
      let said = "";
      child.stderr.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
      child.stdout.once("data", () => child.stdout.destroy());
      const code = await new Promise((resolve) => child.once("close", resolve));
      assert.deepEqual([code, said.includes("EPIPE")], [0, false]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  const slips: [string, () => readonly string[], RegExp][] = [
    ["no network", () => [], /allowed: one of .*--kubernetes DIR.*\[input-missing\]/],
    ["no such directory", () => ["--kubernetes", "nowhere"], /nowhere: got ENOENT.*input-missing/],
    [
      "one end",
      () => ["web", "--kubernetes", folders.before],
      /got one end, web; allowed: two ends/,
    ],
    [
      "an end that nobody has",
      () => ["webb", "app", "--kubernetes", folders.before],
      /got "webb"; allowed: internet, an address, or one of shop\/web.*Did you mean web\?/,
    ],
    [
      "ports that are none",
      () => ["web", "app", "tcp/99999", "--kubernetes", folders.before],
      /got "tcp\/99999".*\[port-invalid\]/,
    ],
    [
      "a format that is none",
      () => ["--kubernetes", folders.before, "--output", "txt"],
      /lines, table, json, dot, svg/,
    ],
  ];
  for (const [what, args, said] of slips) {
    it(`refuses ${what}`, () => {
      const { stdout, stderr, status } = reach(...args());
      assert.equal(status, 2);
      assert.equal(stdout, "");
      assert.match(stderr, said);
    });
  }

  it("proves the manifests of a cluster against the intent of its place", () => {
    const folder = mkdtempSync(join(tmpdir(), "reach-"));
    try {
      const [, place] = shopInClusters.places;
      assert.ok(place !== undefined);
      const { networkPolicies } = lowerClusterSegmentation(shopInClusters, place);
      const write = (name: string, value: unknown) =>
        writeFileSync(join(folder, name), JSON.stringify(value));
      write("policies.json", { apiVersion: "v1", kind: "List", items: networkPolicies });
      const intent = join(tmpdir(), `${basename(folder)}.json`);
      writeFileSync(intent, JSON.stringify(shopInClusters));
      const prove = (...more: readonly string[]) =>
        reach("--kubernetes", folder, "--intent", intent, ...more);
      assert.match(prove().stderr, /allowed: azure, gcp/);
      assert.equal(prove().status, 2);
      const proven = prove("--place", "gcp");
      assert.match(proven.stdout, /^place gcp: proven, 0 gaps among [1-9]\d+ pairs/);
      assert.equal(proven.status, 0);
      write("open.json", {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: "open", namespace: "jobs" },
        spec: { podSelector: { matchLabels: { app: "batch" } }, ingress: [{}] },
      });
      const wider = prove("--place", "gcp");
      assert.match(wider.stdout, /extra +internet => batch : any/);
      assert.equal(wider.status, 1);
      rmSync(intent);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
