import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { OperationResult } from "../../../automation/engine/operation.ts";
import { Progress } from "../../../automation/engine/progress.ts";
import { runFolderAt } from "../../../automation/engine/run-folder.ts";
import { environmentStack } from "../../../automation/engine/stack-place.ts";
import type { Finding } from "../../../automation/engine/verdicts.ts";
import type { OperationReach } from "../../../automation/reach/operation.ts";
import { renderReport } from "../../../automation/report/report.ts";
import { onlineBoutique } from "../../../stacks/online-boutique.ts";

const evil = `</title><script>alert("1")</script><img src=x onerror='alert(2)'>`;

const finding: Finding = {
  rule: "AN02",
  level: "mandatory",
  severity: "critical",
  sentence: "Nobody outside may open SSH.",
  urn: `urn:pulumi:local::bulkhead::aws:ec2/securityGroup:SecurityGroup::${evil}`,
  path: "ingress[0]",
  witness: "a packet from 203.0.113.7",
  fix: "Delete the rule.",
};

function result(status: OperationResult["status"]): OperationResult {
  const progress = new Progress();
  progress.take({
    kind: "step",
    state: "done",
    planning: false,
    op: "create",
    urn: `urn:pulumi:local::bulkhead::aws:ec2/vpc:Vpc::${evil}`,
    type: "aws:ec2/vpc:Vpc",
    custom: true,
    id: evil,
    parent: "",
    inputs: {},
    outputs: {},
    changes: [evil],
  });
  return {
    status,
    operation: "up",
    stack: environmentStack("/checkout", "local"),
    folder: runFolderAt("/checkout/.bulkhead/runs/1"),
    progress,
    verdicts: {
      verdicts: [
        {
          pack: "p",
          rule: "AN02",
          urn: "u",
          outcome: "fail",
          level: "mandatory",
          findings: [finding],
          open: [],
        },
        {
          pack: "p",
          rule: "MS01",
          urn: "u",
          outcome: "pass",
          level: "mandatory",
          findings: [],
          open: [],
        },
        {
          pack: "p",
          rule: "AI01",
          urn: "u",
          outcome: "unknown",
          level: "advisory",
          findings: [],
          open: [
            {
              rule: "AI01",
              level: "advisory",
              urn: "u",
              path: "assumeRolePolicy",
              waitsFor: ["w"],
            },
          ],
        },
      ],
      rules: ["AI01", "AN02", "MS01"],
      faults: [],
    },
    ending: { code: 0, signal: null },
    elapsedMs: 1234,
  };
}

const intent = {
  network: {
    places: [{ name: "aws", cloud: "aws", region: "eu-central-1", cidr4: "10.10.0.0/16" }],
    segments: [
      { name: "web", purpose: evil, egress: "none" },
      { name: "data", purpose: "databases", egress: "none" },
    ],
    flows: [
      { from: "internet", to: "web", ports: "tcp/443", because: "customers" },
      { from: "data", to: "data", ports: "any", because: evil },
    ],
  },
  mesh: onlineBoutique("local", [], []),
  identity: {
    environment: "local",
    repository: { owner: "acme", ownerId: "1", repository: "shop", repositoryId: "2" },
    pipelines: [
      {
        name: "deploy",
        githubEnvironments: ["local"],
        may: { awsActions: ["eks:ListClusters"], azureRoles: [], gcpRoles: [] },
      },
    ],
    workforce: {
      name: "platform",
      sessionMinutes: 60,
      may: { awsActions: [], azureRoles: [], gcpRoles: [] },
    },
  },
};

const reach: OperationReach = {
  places: [
    {
      place: "aws",
      cloud: "aws",
      region: "eu-central-1",
      verdict: "violated",
      pairs: 12,
      unknowns: [{ urn: evil, path: "ingress" }],
      unseen: ["data"],
      sides: [
        { name: "web@aws", outside: false },
        { name: "data@aws", outside: false },
        { name: "internet", outside: true },
        { name: evil, outside: true },
      ],
      cells: [
        { from: "internet", to: "web@aws", look: "declared", ports: "tcp/443" },
        { from: evil, to: "data@aws", look: "platform", ports: "tcp/1, tcp/3, tcp/5, tcp/7" },
        {
          from: "internet",
          to: "data@aws",
          look: "violation",
          ports: "tcp/22",
          before: "nothing",
        },
        { from: "web@aws", to: "internet", look: "closed", ports: "nothing", before: "udp/53" },
      ],
    },
  ],
  changes: [
    {
      kind: "added",
      from: "internet",
      to: "data@aws",
      addresses: ["203.0.113.0/24"],
      added: "tcp/22",
      removed: "nothing",
      reading: "may",
      settled: true,
      violation: true,
      witness: {
        packet: "internet (203.0.113.7) → data@aws (10.10.32.4) tcp/22",
        ends: [],
        before: { arrives: false, by: ["security-group in: nobody asked"], origins: [] },
        after: { arrives: true, by: [`security-group in: ${evil}`], origins: [] },
      },
    },
    {
      kind: "removed",
      from: "web@aws",
      to: "internet",
      addresses: [],
      added: "nothing",
      removed: "udp/53",
      reading: "may",
      settled: true,
      violation: false,
      witness: {
        packet: "web@aws (10.10.0.4) → internet (203.0.113.7) udp/53",
        ends: [],
        before: { arrives: true, by: ["security-group out: dns"], origins: [] },
        after: { arrives: false, by: ["security-group out: gone"], origins: [] },
      },
    },
  ],
};

const sentences = new Map([["AN02", "Nobody outside may open SSH."]]);

const page = (status: OperationResult["status"] = "refused") =>
  renderReport({
    result: result(status),
    findings: [finding],
    errors: [evil],
    reach,
    intent,
    sentences,
    now: new Date(0),
  });

describe("report", () => {
  it("shows nothing of what it was given as markup", () => {
    const text = page();
    assert.ok(text.includes("&lt;script&gt;"));
    assert.ok(!/<script|<img|onerror='/.test(text));
    assert.ok(!text.replace(/<title>[^<]*<\/title>/g, "").includes("</title>"));
  });

  it("needs nothing but itself, and its policy allows its one style only", () => {
    const text = page();
    // What an attribute's quotes hold names no attribute.
    assert.ok(!/<[^>]*\b(src|href|style|on\w+)=/.test(text.replace(/="[^"]*"/g, "=")));
    assert.ok(!/url\(|@import|https?:/.test(text));
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? "";
    const digest = createHash("sha256").update(style).digest("base64");
    assert.ok(text.includes(`style-src 'sha256-${digest}'`));
    assert.equal(text.split("<style").length, 2);
  });

  it("shows a finding with rule, resource, path, witness and fix", () => {
    const text = page();
    for (const part of ["AN02", "ingress[0]", "203.0.113.7", "Delete the rule.", "securityGroup"]) {
      assert.ok(text.includes(part), part);
    }
  });

  it("counts each rule's verdicts and names what is not decided", () => {
    const text = page();
    assert.match(
      text,
      /AN02<\/th><td>Nobody outside may open SSH\.<\/td><td>mandatory<\/td><td class="n zero">0<\/td><td class="n fail">1</,
    );
    assert.match(text, /MS01<\/th><td><\/td><td>mandatory<\/td><td class="n pass">1</);
    assert.match(text, /id="unknown"[\s\S]*assumeRolePolicy/);
  });

  it("pictures places with flows, services with calls, and federations", () => {
    const text = page("done");
    assert.equal(text.split('<svg class="graph"').length - 1, 3);
    for (const part of [
      "eu-central-1",
      "tcp/443",
      "checkoutservice",
      "redis-cart",
      "acme/shop",
      "AWS IAM role",
    ]) {
      assert.ok(text.includes(part), part);
    }
  });

  it("pictures who can reach whom, and shows a change's packet and what decides about it", () => {
    const text = page();
    const section = /<section id="reach">[\s\S]*?<\/section>/.exec(text)?.[0] ?? "";
    for (const part of [
      "not what the intent says",
      "12 pairs compared",
      'class="cell violation changed"',
      'class="cell closed changed"',
      "<code>tcp/1<br>tcp/3<br>tcp/5<br>and 1 more</code>",
      "No planned firewall guards data",
      "1 added, 1 removed",
      "203.0.113.0/24 → data@aws",
      "internet (203.0.113.7) → data@aws (10.10.32.4) tcp/22",
      "nobody asked",
    ]) {
      assert.ok(section.includes(part), part);
    }
    assert.match(section, /<details class="flow violation" open>[\s\S]*arrives, let through by/);
    assert.match(section, /<details class="flow removed"><summary>/);
    assert.equal(section.split('class="none"').length - 1, 6);
  });

  it("lists what is not enforced yet, with its owner and last day", () => {
    const rollout = { stage: "visibility", owner: "ada", until: "1969-12-31" };
    const [web, ...others] = intent.network.segments;
    const network = { ...intent.network, segments: [{ ...web, rollout }, ...others] };
    const text = renderReport({
      result: result("done"),
      findings: [],
      errors: [],
      intent: { network },
      sentences,
      now: new Date(0),
    });
    assert.match(text, /1 not enforced yet[\s\S]*only watched[\s\S]*ada[\s\S]*1969-12-31 \(over\)/);
  });

  it("says what would be where the operation was refused, and what is where it was done", () => {
    assert.ok(page("refused").includes("What would exist"));
    assert.ok(page("done").includes("What exists now"));
  });

  it("does without an intent", () => {
    const text = renderReport({
      result: result("done"),
      findings: [],
      errors: [],
      intent: undefined,
      sentences,
      now: new Date(0),
    });
    assert.ok(!text.includes('<svg class="graph"'));
  });
});
