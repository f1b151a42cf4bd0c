/** What a person gives `reach` by mistake: a coded problem with its place and a next step, at once. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { changed, flawed, makeFolder, reach } from "../flawed/example.ts";

const folder = makeFolder();
const root = join(import.meta.dirname, "..", "..");
const main = join(root, "automation", "cli", "main.ts");
const state = ["--state", flawed.state] as const;

const pod = (name: string, more = "") =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: {app: ${name}}${more}}}`;
const policy = (spec: string) =>
  `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: ${spec}}`;
const from = (peer: string) => policy(`{podSelector: {}, ingress: [{from: [${peer}]}]}`);
const ports = (port: string) => policy(`{podSelector: {}, ingress: [{ports: [${port}]}]}`);
const levels = ["a: &a [x, x]", ...[..."bcdefgh"].map((name, index) => bombLevel(name, index))];

function bombLevel(name: string, index: number): string {
  const below = `*${"abcdefgh"[index]}`;
  return `${name}: &${name} [${Array.from({ length: 20 }, () => below).join(", ")}]`;
}

const manifests: readonly [what: string, text: string, said: RegExp][] = [
  ["a prefix with host bits", from("{ipBlock: {cidr: 10.1.2.3/8}}"), /10\.0\.0\.0\/8.*s-invalid\]/],
  ["IPv4 as IPv6", from('{ipBlock: {cidr: "::ffff:a00:0/104"}}'), /cidr: .*IPv4 prefix itself/],
  ["a prefix that is none", from("{ipBlock: {cidr: 010.0.0.0/8}}"), /\[address-invalid\]/],
  ["a port out of range", ports("{port: 70000}"), /ports\[0\]\.port: got 70000.*\[input-type\]/],
  [
    "reversed ports",
    ports("{port: 443, endPort: 80}"),
    /endPort: got 80; allowed: .* 443 to 65535/,
  ],
  ["a protocol's number", ports("{protocol: 6, port: 80}"), /protocol: got 6; allowed: TCP, UDP/],
  ["a field with a slip", policy("{podSelector: {}, ingres: []}"), /Did you mean ingress\?/],
  ["an object twice", `${pod("a")}\n---\n${pod("a")}`, /got Pod default\/a; .*\[input-duplicate\]/],
  ["a key twice", "kind: Pod\nkind: Pod\n", /:2:1: got duplicated mapping key.*\[input-type\]/],
  ["a bomb", levels.join("\n"), /exceeded max.*\[input-too-large\]/],
  ["half a document", '{"kind": "Pod", "apiVersion": "v1"', /got unexpected end.*\[input-type\]/],
  ["another tool's file", "on: push\njobs: {}\n", /no Kubernetes object.*\[input-type\]/],
  ["a kind with a slip", `${pod("a")}\n---\n${from("{}").replace("Policy", "Polcy")}`, /mean Netw/],
];

const terraform = { version: 4, resources: [{ mode: "managed", type: "aws_vpc", name: "a" }] };
const template = { resources: [{ type: "Microsoft.Network/virtualNetworks", name: "a" }] };
const files: readonly [what: string, content: unknown, said: RegExp][] = [
  ["a state of Terraform", terraform, /resources\[0\]: got aws_vpc, a type of another tool/],
  ["an ARM template", template, /got Microsoft\.Network\/virtualNetworks, a type of another tool/],
  ["truncated JSON", readFileSync(flawed.state, "utf8").slice(0, 999), /JSON.*\[input-type\]/],
  ["manifests", pod("a"), /JSON.*\[input-type\]/],
];

const calls: readonly [what: string, args: readonly string[], said: RegExp][] = [
  ["a directory for a file", ["--state", root], /EISDIR.*--kubernetes.*\[input-missing\]/],
  ["a file without an end", ["--state", "/dev/zero"], /at most 268435456.*\[input-too-large\]/],
  ["a state for manifests", ["--kubernetes", flawed.state], /--state FILE\. \[input-type\]/],
  [
    "a directory without manifests",
    ["--kubernetes", join(import.meta.dirname, "..", "harness")],
    /a directory with \.yaml.*\[input-missing\]/,
  ],
  ["a state for an intent", [...state, "--intent", flawed.state], /the intent: .*\[input-type\]/],
  ["two networks", [...state, "--kubernetes", flawed.kubernetes], /got 2 networks/],
  ["a protocol's number", ["aws-web", "aws-app", "6/80", ...state], /"6\/80".*\[port-invalid\]/],
  ["a range of ports", ["aws-web", "aws-app", "tcp/80-90", ...state], /one port.*\[port-invalid\]/],
  ["a name of nobody", ["aws-wbe", "aws-app", ...state], /one of aws-web, .*mean aws-web\?/],
  [
    "an address that several may get",
    ["10.0.1.77", "aws-app", "tcp/80", ...state],
    /"10\.0\.1\.77"; allowed: .*aws-web-group, .*aws-app-group.*\[input-unknown\]/,
  ],
];

describe("bad input of a person", function () {
  this.timeout(60_000);
  after(() => folder.remove());

  function refuses(args: readonly string[], said: RegExp): void {
    const { status, stdout, stderr } = reach(...args);
    assert.deepEqual([status, stdout], [2, ""], stderr);
    assert.match(stderr, said);
  }

  for (const [index, [what, text, said]] of manifests.entries()) {
    it(`manifests with ${what} are refused`, () =>
      refuses(["--kubernetes", folder.write(`${index}.yaml`, text)], said));
  }
  for (const [index, [what, content, said]] of files.entries()) {
    it(`${what} is no state`, () =>
      refuses(["--state", folder.write(`${index}.json`, content)], said));
  }
  for (const [what, args, said] of calls) {
    it(`${what} is wrong use`, () => refuses(args, said));
  }

  it("two machines of one address are told apart, not chosen from", () => {
    const [machine] = changed({}).filter(({ name }) => name === "aws-web");
    assert.ok(machine !== undefined);
    const twin = { ...machine, name: "twin", id: "twin" };
    const file = folder.write("twins.json", changed({}, [twin]));
    refuses(["10.0.1.10", "aws-app", "tcp/3306", "--state", file], /aws-web, .*twin\. Write/);
  });

  it("what a slow pipe brings is waited for, and a mark before the text is none of it", async () => {
    const child = spawn(process.execPath, [main, "reach", "--state", "-", "--json"], { cwd: root });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    const text = readFileSync(flawed.state, "utf8");
    child.stdin.write(`\uFEFF${text.slice(0, 999)}`);
    setTimeout(() => child.stdin.end(text.slice(999)), 1500);
    const [code] = (await once(child, "close")) as [number];
    assert.equal(code, 0);
    assert.ok((JSON.parse(said) as { endpoints: unknown[] }).endpoints.length > 5);
  });

  it("Ctrl-C ends a computation at once", async () => {
    // Waiting for a file that never ends keeps the program as busy as computing does.
    const child = spawn(process.execPath, [main, "reach", "--state", "-"]);
    const closed = once(child, "close");
    child.stdin.write("[");
    await new Promise((resolve) => setTimeout(resolve, 2500));
    child.kill("SIGINT");
    const [, signal] = (await closed) as [number | null, string | null];
    assert.equal(signal, "SIGINT");
  });

  it("two halves of everybody in a policy are everybody", () => {
    const blocks = ["0.0.0.0/1", "128.0.0.0/1"].map((cidr) => `{ipBlock: {cidr: ${cidr}}}`);
    const file = folder.write("halves.yaml", `${pod("a")}\n---\n${from(blocks.join(", "))}`);
    const { stdout } = reach("--kubernetes", file);
    assert.match(stdout, /^(0\.0\.0\.0\/0|internet) +default\/a\[Pod\] +any$/m);
  });

  it("a policy for labels that nobody has protects nobody", () => {
    const nobody = policy("{podSelector: {matchLabels: {app: b}}}");
    const file = folder.write("nobody.yaml", `${pod("a")}\n---\n${nobody}`);
    assert.equal(reach("internet", "a", "tcp/80", "--kubernetes", file).status, 0);
    const { stderr, status } = reach("lint", "--kubernetes", file);
    assert.equal(status, 1);
    assert.match(stderr, /NetworkPolicy default\/p is for pods app=b in default.*Mend the labels/);
  });

  it("nobody who reads no further is an error", () => {
    const command = `"${process.execPath}" "${main}" reach --state "${flawed.state}" | head -1`;
    const { stdout, stderr, status } = spawnSync("bash", ["-o", "pipefail", "-c", command], {
      encoding: "utf8",
    });
    assert.deepEqual([status, stderr.includes("EPIPE")], [0, false]);
    assert.match(stdout, /^from/);
  });
});
