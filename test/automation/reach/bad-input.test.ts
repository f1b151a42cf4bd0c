/** Intents and states that are wrong: a coded problem with its place and a next step, or an open end. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readIntentFile } from "../../../automation/reach/intent-file.ts";
import { provePlaces } from "../../../automation/reach/proofs.ts";
import { readStateFile } from "../../../automation/reach/state.ts";
import { mergedConnections } from "../../../automation/report/reach/merged.ts";
import { sideText } from "../../../automation/report/reach/party-pairs.ts";
import { ProblemError } from "../../../model/base/problem.ts";
import type { FlowIntent, NetworkIntent, SegmentIntent } from "../../../model/network/intent.ts";
import { computeReach } from "../../../model/reach/reach.ts";
import { changed, flawed, flawedResources, makeFolder } from "../../flawed/example.ts";

const folder = makeFolder();
const intent = JSON.parse(readFileSync(flawed.intent, "utf8")) as NetworkIntent;
const [web, app, data] = intent.segments as [SegmentIntent, SegmentIntent, SegmentIntent];
const [aws, azure, gcp] = intent.places;
const flow = intent.flows[0] as FlowIntent;

const withFlow = (more: object) => ({ ...intent, flows: [...intent.flows, { ...flow, ...more }] });
const withWeb = (more: object) => ({ ...intent, segments: [{ ...web, ...more }, app, data] });
const withAzure = (more: object) => ({ ...intent, places: [aws, { ...azure, ...more }, gcp] });
const withAws = (more: object) => ({ ...intent, places: [{ ...aws, ...more }, azure, gcp] });
const guardrail = { deny: "tcp/22", from: "internet", because: "nobody works from there" };
const withRanges = (...cidrs: readonly string[]) => ({
  ...intent,
  segments: [...intent.segments, { name: "office", purpose: "people", egress: "none", cidrs }],
});

const nine = Array.from({ length: 9 }, (_, n) => ({ ...web, name: `s${n}`, members: [] }));
const badIntents: readonly [what: string, intent: unknown, said: RegExp][] = [
  ["no JSON", "{", /got .*JSON.*; allowed: a network intent as JSON.*\[input-type\]/],
  ["a list", [], /the intent: got \[\]; allowed: an object/],
  ["nothing", null, /the intent: got null/],
  [
    "overlapping places",
    withAzure({ cidr4: "10.0.128.0/17" }),
    /places\[1\]\.cidr4.*address-overlap/,
  ],
  [
    "a place with host bits",
    withAzure({ cidr4: "10.1.5.0/16" }),
    /allowed: 10\.1\.0\.0\/16, the canonical/,
  ],
  [
    "a range with host bits",
    withRanges("192.0.2.7/24"),
    /cidrs\[0\].*allowed: 192\.0\.2\.0\/24, the canon/,
  ],
  [
    "a range inside a place",
    withRanges("10.1.2.0/24"),
    /cidrs\[0\].*outside 10\.1\.0\.0\/16.*address-overlap/,
  ],
  [
    "two halves of IPv4",
    withRanges("0.0.0.0/1", "128.0.0.0/1"),
    /cidrs: got every address of IPv4.*address-invalid/,
  ],
  [
    "ranges of two segments that overlap",
    {
      ...intent,
      segments: [
        ...withRanges("192.0.2.0/24").segments,
        { ...withRanges("192.0.2.128/25").segments[3], name: "partner" },
      ],
    },
    /segments\[4\]\.cidrs\[0\].*outside 192\.0\.2\.0\/24 \(office\).*address-overlap/,
  ],
  [
    "a range within another",
    withRanges("192.0.2.0/24", "192.0.2.0/25"),
    /cidrs\[1\].*address-overlap/,
  ],
  ["two halves of IPv6", withRanges("::/1", "8000::/1"), /cidrs: got every address of IPv6/],
  ["IPv4 in IPv6's clothes", withRanges("::ffff:192.0.2.0/120"), /Write the IPv4 prefix itself/],
  [
    "a port out of range",
    withFlow({ ports: "tcp/70000" }),
    /flows\[3\]\.ports: got "tcp\/70000".*port-invalid/,
  ],
  ["reversed ports", withFlow({ ports: "tcp/443-80" }), /flows\[3\]\.ports.*port-invalid/],
  ["a protocol number", withFlow({ ports: "6/443" }), /flows\[3\]\.ports.*port-invalid/],
  ["a bare number", withFlow({ ports: 443 }), /flows\[3\]\.ports: got 443; allowed: a text/],
  [
    "rules of subnets where there are none",
    withAzure({ subnetRules: { quota: 20 } }),
    /subnetRules: got .*nothing on azure.*input-unknown/,
  ],
  [
    "a quota in words",
    withAws({ subnetRules: { quota: "20" } }),
    /places\[0\]\.subnetRules\.quota: got "20"; allowed: a number.*input-type/,
  ],
  [
    "a quota that nobody grants",
    withAws({ subnetRules: { quota: 41 } }),
    /subnetRules\.quota: got 41; allowed: a whole number from 20 to 40.*input-type/,
  ],
  [
    "a guardrail against somebody",
    withAzure({ guardrails: [{ ...guardrail, from: "web" }] }),
    /guardrails\[0\]\.from: got "web"; allowed: internet.*input-type/,
  ],
  [
    "a guardrail without ports",
    withAzure({ guardrails: [{ ...guardrail, deny: "ssh" }] }),
    /guardrails\[0\]\.deny: got "ssh".*port-invalid/,
  ],
  [
    "the same guardrail twice",
    withAzure({ guardrails: [guardrail, { ...guardrail, deny: "tcp/22-22" }] }),
    /guardrails\[1\]\.deny.*input-duplicate/,
  ],
  [
    "a flow that a guardrail denies",
    withAzure({ guardrails: [{ ...guardrail, deny: "tcp/1-1023" }] }),
    /flows\[0\]: got internet to web on tcp\/443.*flow-guarded/,
  ],
  ["everything for everybody", withFlow({ ports: "any" }), /flow-too-wide/],
  ["the same flow twice", withFlow({ ports: "tcp/443-443" }), /flow-redundant/],
  [
    "a segment twice in a place",
    withWeb({ places: ["aws", "aws"] }),
    /places\[1\].*input-duplicate/,
  ],
  ["a place that is none", withWeb({ places: ["moon"] }), /places\[0\]: got "moon".*input-unknown/],
  ["a flow between clouds", withFlow({ from: "web@aws", to: "app@gcp" }), /flow-unrouted/],
  ["a flow to where nobody is", withFlow({ to: "app@moon" }), /flows\[3\]\.to.*input-unknown/],
  [
    "more segments than fit",
    { ...intent, segments: [...intent.segments, ...nine] },
    /segments: got 12.*limit-reached/,
  ],
  [
    "members of two segments",
    withWeb({ members: app.members }),
    /segments\[1\]\.members\[0\].*input-duplicate/,
  ],
  [
    "a member that is nothing",
    withWeb({ members: [{}] }),
    /members\[0\]: got \{\}; allowed: one of tag/,
  ],
  ["another way out", withWeb({ egress: "all" }), /egress: got "all"; allowed: direct, nat, none/],
  ["a field that nobody reads", withWeb({ rolout: {} }), /segments\[0\]\.rolout.*input-unknown/],
  [
    "a road with one end",
    { ...intent, roads: [{ name: "r", between: [{ place: "aws" }] }] },
    /between: .*2 of them/,
  ],
  [
    "text that acts on terminals",
    withWeb({ name: "\u001b[31mweb" }),
    /^[^\p{Cc}]*segments\[0\]\.name/u,
  ],
];

const rule = (more: Readonly<Record<string, unknown>>) => changed({ "aws-web-https": more });
const azureRule = {
  name: "FromWebTier",
  priority: 100,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sourcePortRange: "*",
  destinationPortRange: "8080",
  sourceAddressPrefix: "10.1.1.0/24",
  destinationAddressPrefix: "*",
};
const azureRules = (...all: readonly object[]) =>
  changed({ "azure-app-group": { securityRules: all.map((one) => ({ ...azureRule, ...one })) } });
const secret = (more: object) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ...more,
});
const deep = `[{"type":"aws:ec2/vpc:Vpc","name":"a","inputs":${'{"a":'.repeat(3000)}1${"}".repeat(3000)}}]`;

const badStates: readonly [what: string, state: unknown, said: RegExp][] = [
  [
    "nothing",
    "",
    /allowed: a state export, a preview's JSON, or a list of resources.*\[input-type\]/,
  ],
  ["another shape", {}, /got another shape/],
  ["bytes", "\u0000\u0001\u001b", /^[^\p{Cc}]*input-type/u],
  ["resources that are none", [1], /resources\[0\]: got 1/],
  [
    "a resource twice",
    [...flawedResources, flawedResources[0]],
    /got urn:.*::aws; .*resources\[0\] is the same.*input-duplicate/,
  ],
  ["values nested too deep", deep, /resources\[0\]: got a value nested more than 64 deep/],
  [
    "a secret that is damaged",
    rule({ cidrIpv4: secret({ plaintext: "{hunter2" }) }),
    /^(?!.*hunter2).*a secret that holds no JSON/,
  ],
  [
    "names that act on terminals",
    [{ type: "aws:ec2/vpc:Vpc", name: "\u001b[2J" }],
    /a name with control characters/,
  ],
];

/** Planned rules that mean nothing: what they would let pass may pass, and surely passes not. */
const openStates: readonly [what: string, state: unknown, from: string, to: string][] = [
  ["a prefix that is none", rule({ cidrIpv4: "anywhere" }), "public internet", "aws-web"],
  ["a port out of range", rule({ toPort: 70000 }), "public internet", "aws-web"],
  ["reversed ports", rule({ fromPort: 500, toPort: 80 }), "public internet", "aws-web"],
  ["a port in words", rule({ fromPort: "https" }), "public internet", "aws-web"],
  ["a protocol that is none", rule({ ipProtocol: "300" }), "public internet", "aws-web"],
  ["a word of the language", rule({ ipProtocol: "constructor" }), "public internet", "aws-web"],
  ["a port between two", rule({ fromPort: 443.5 }), "public internet", "aws-web"],
  ["no ports", rule({ fromPort: null, toPort: null }), "public internet", "aws-web"],
  [
    "a type of ICMP out of range",
    rule({ ipProtocol: "icmp", fromPort: 300, toPort: -1 }),
    "public internet",
    "aws-web",
  ],
  [
    "a protocol of GCP out of range",
    gcpRule({ allows: [{ protocol: "999" }] }),
    "gcp-web",
    "gcp-app",
  ],
  [
    "a list of Azure that is none",
    changed({ "azure-app-group": { securityRules: "all" } }),
    "azure-web",
    "azure-app",
  ],
  ["neither allow nor deny in GCP", gcpRule({ allows: [] }), "gcp-web", "gcp-app"],
  [
    "a secret prefix",
    rule({ cidrIpv4: secret({ ciphertext: "x" }) }),
    "public internet",
    "aws-web",
  ],
  [
    "reversed ports of GCP",
    gcpRule({ allows: [{ protocol: "tcp", ports: ["90-80"] }] }),
    "gcp-web",
    "gcp-app",
  ],
  [
    "a port of GCP out of range",
    gcpRule({ allows: [{ protocol: "tcp", ports: ["90000"] }] }),
    "gcp-web",
    "gcp-app",
  ],
  [
    "a prefix of GCP that is none",
    gcpRule({ sourceRanges: ["10.2.1.0/33"] }),
    "gcp-web",
    "gcp-app",
  ],
];

function gcpRule(more: Readonly<Record<string, unknown>>) {
  return changed({ "gcp-allow-web-to-app": more });
}

const aclEntry = {
  ruleNo: 100,
  protocol: "tcp",
  fromPort: 443,
  toPort: 443,
  action: "allow",
  cidrBlock: "0.0.0.0/0",
};
const aclInputs = { vpcId: "vpc-1", subnetIds: ["subnet-web"], ingress: [aclEntry] };
const aclType = "aws:ec2/networkAcl:NetworkAcl";
const aclRule = { networkAclId: "acl-1", ruleNumber: 100, ruleAction: "deny", protocol: "-1" };
const doubledAcl = changed({}, [
  { type: aclType, name: "acl", id: "acl-1", inputs: aclInputs },
  { type: "aws:ec2/networkAclRule:NetworkAclRule", name: "beside", id: "r", inputs: aclRule },
]);
const policyRule = (name: string, action: string) => ({
  type: "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule",
  name,
  id: name,
  inputs: { firewallPolicy: "policy", priority: 1000, direction: "INGRESS", action, match: {} },
});
const doubledPolicy = changed({}, [
  {
    type: "gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy",
    name: "policy",
    id: "projects/shop/global/firewallPolicies/policy",
    inputs: { name: "policy" },
  },
  policyRule("one", "allow"),
  policyRule("other", "deny"),
]);
const manyRules = Array.from({ length: 60 }, (_, n) => ({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  name: `more-${n}`,
  inputs: { securityGroupId: "sg-web", ipProtocol: "tcp", fromPort: n, toPort: n },
}));

const refused: readonly [what: string, state: unknown, code: RegExp][] = [
  [
    "a priority twice",
    azureRules({}, { name: "Other", access: "Deny" }),
    /securityRules\[1\].*number 100.*\[rule-number-twice\]/,
  ],
  ["a priority below the range", azureRules({ priority: 99 }), /number 99; .*takes 100–4096/],
  [
    "a priority out of range",
    azureRules({ priority: 99999 }),
    /takes 100–4096.*\[rule-number-invalid\]/,
  ],
  [
    "more rules than the quota",
    azureRules(...Array.from({ length: 1001 }, (_, n) => ({ name: `n${n}`, priority: 100 + n }))),
    /1001 inbound rules of azure-app-group.*takes 1000.*\[rules-too-many\]/,
  ],
  [
    "more rules than a group of AWS takes",
    changed({}, manyRules),
    /61 inbound rules of aws-web-group.*takes 60/,
  ],
  [
    "a number twice in an ACL",
    doubledAcl,
    /beside: two inbound rules of acl have the number 100.*rule-number-twice/,
  ],
  ["a priority twice in GCP", doubledPolicy, /other: two rules of policy have the number 1000/],
];

describe("bad input of reach", () => {
  after(() => folder.remove());

  for (const [index, [what, content, said]] of badIntents.entries()) {
    it(`an intent with ${what} is refused`, () => {
      const file = folder.write(`intent-${index}.json`, content);
      assert.throws(() => readIntentFile(file), isProblem(said));
    });
  }

  for (const [index, [what, content, said]] of badStates.entries()) {
    it(`a state with ${what} is refused`, async () => {
      const file = folder.write(`state-${index}.json`, content);
      await assert.rejects(readStateFile(file), isProblem(said));
    });
  }

  for (const [index, [what, content, from, to]] of openStates.entries()) {
    it(`a planned rule with ${what} surely lets nothing pass, and proves nothing`, async () => {
      const file = folder.write(`open-${index}.json`, content);
      const { topology, plan } = await readStateFile(file);
      const pairs = mergedConnections(computeReach(topology));
      const pair = pairs.find((one) => sideText(one.from, one.addresses) === from && one.to === to);
      assert.equal(pair?.surely, "nothing");
      assert.ok(plan !== undefined);
      const proofs = provePlaces(topology, plan, intent, "intent");
      const place = proofs.find((one) => one.place === to.split("-")[0]);
      assert.ok((place?.unknowns.length ?? 0) > 0);
    });
  }

  for (const [index, [what, content, said]] of refused.entries()) {
    it(`a planned list with ${what} is told with the step that mends it`, async () => {
      const { notes } = await readStateFile(folder.write(`refused-${index}.json`, content));
      assert.ok(
        notes.some((note) => said.test(note)),
        notes.join("\n"),
      );
    });
  }

  it("two halves of everything in a plan are everything", async () => {
    const half = (cidrIpv4: string) => ({ cidrIpv4, fromPort: 22, toPort: 22 });
    const [first] = rule(half("0.0.0.0/1")).filter(({ name }) => name === "aws-web-https");
    assert.ok(first !== undefined);
    const other = { ...first, name: "other", inputs: { ...first.inputs, ...half("128.0.0.0/1") } };
    const state = [...rule(half("0.0.0.0/1")), other];
    const { topology } = await readStateFile(folder.write("halves.json", state));
    const pairs = mergedConnections(computeReach(topology));
    const found = pairs.find(({ from, to }) => from === "outside" && to === "aws-web");
    assert.deepEqual([found?.ports, found?.addresses], ["tcp/22", ["public internet"]]);
  });

  it("flows in circles, and to oneself, are flows", () => {
    const circle = [
      { ...flow, from: "app", to: "web", ports: "tcp/7000" },
      { ...flow, from: "data", to: "web", ports: "tcp/7000" },
      { ...flow, from: "web", to: "web", ports: "tcp/7000" },
    ];
    const file = folder.write("circle.json", { ...intent, flows: [...intent.flows, ...circle] });
    assert.equal(readIntentFile(file).flows.length, 6);
  });

  it("a tag that nobody carries leaves its segment unseen, so nothing is proven", async () => {
    const nobody = withWeb({ members: [{ tag: { key: "tier", value: "wbe" } }] });
    const { topology, plan } = await readStateFile(flawed.state);
    assert.ok(plan !== undefined);
    const proofs = provePlaces(topology, plan, nobody as NetworkIntent, "intent");
    for (const { unseen, verdict } of proofs) {
      assert.ok(unseen.includes("web"));
      assert.notEqual(verdict, "proven");
    }
  });
});

function isProblem(said: RegExp) {
  return (error: unknown): true => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.match(error.message, said);
    return true;
  };
}
