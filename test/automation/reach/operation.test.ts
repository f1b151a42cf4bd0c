/** What an operation does to who can reach whom. */
import assert from "node:assert/strict";
import { readVerdicts } from "../../../automation/engine/verdicts.ts";
import type { OperationReach } from "../../../automation/reach/operation.ts";
import { operationReach } from "../../../automation/reach/operation.ts";
import type { NetworkIntent } from "../../../model/network/intent.ts";
import { emptyTopology } from "../../../model/network/topology.ts";
import type { ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { examplePlan } from "../../../policy-packs/kit/example-plan.ts";
import { awsRuleTypes } from "../../../policy-packs/lift/aws-rules.ts";
import { liftNetwork } from "../../../policy-packs/lift/network.ts";
import type { NetworkRecord } from "../../../policy-packs/lift/network-record.ts";
import { readRecord, recordText } from "../../../policy-packs/lift/network-record.ts";
import {
  awsPlan,
  awsRule,
  azurePlan,
  azureRule,
  gcpPlan,
  gcpPolicyLast,
  without,
} from "../../../policy-packs/rules/shared/network-plans.ts";
import { networkRecord } from "../../../policy-packs/rules/shared/network-proof.ts";

type Resources = readonly ExampleResource[];

/** A record, by the way of its text. */
function recordOf(resources: Resources): NetworkRecord {
  const record = networkRecord(examplePlan(resources));
  assert.ok(record);
  const read = readRecord(JSON.parse(recordText(record)));
  assert.deepEqual(read, record);
  return record;
}

function reachOf(before: Resources | undefined, after: Resources): OperationReach {
  const topology = before === undefined ? emptyTopology : liftNetwork(examplePlan(before)).topology;
  return operationReach(recordOf(after), topology);
}

/** `+ internet web@here tcp/443`, with `!` for what breaks the intent. */
function changesOf({ changes }: OperationReach): string[] {
  const signs = { added: "+", removed: "-", changed: "~" } as const;
  return changes.map(({ kind, from, to, added, removed, violation }) =>
    [violation ? "!" : "", signs[kind], from, to, kind === "removed" ? removed : added]
      .filter((part) => part !== "")
      .join(" "),
  );
}

function cellOf({ places }: OperationReach, from: string, to: string) {
  return places[0]?.cells.find((cell) => cell.from === from && cell.to === to);
}

const ssh = azureRule("careless-ssh", "app", "Inbound", {
  priority: 200,
  destinationPortRange: "22",
});

describe("reach of an operation", () => {
  it("shows a careless edit's flow first, with its packet and what decides about it", () => {
    const reach = reachOf(azurePlan(), azurePlan(ssh));
    const [first] = reach.changes;
    assert.equal(changesOf(reach)[0], "! + internet app@here tcp/22");
    assert.equal(first?.witness.packet, "internet (203.0.113.7) → app@here (10.1.16.4) tcp/22");
    assert.equal(first.witness.before.arrives, false);
    assert.match(first.witness.before.by.join(), /app-deny-Inbound/);
    assert.equal(first.witness.after.arrives, true);
    assert.match(first.witness.after.by.join(), /careless-ssh/);
    assert.equal(reach.places[0]?.verdict, "violated");
    assert.deepEqual(cellOf(reach, "internet", "app@here"), {
      from: "internet",
      to: "app@here",
      look: "violation",
      ports: "tcp/22",
      before: "nothing",
    });
  });

  it("tells first what breaks the intent, and of that what opens to everybody", () => {
    const { ingress, egress } = awsRuleTypes;
    const everywhere = { cidrIpv4: "0.0.0.0/0" };
    const calls = (port: number) =>
      awsRule(`app-out-${port}`, egress, "app", { ...everywhere, fromPort: port, toPort: port });
    const door = { ...everywhere, fromPort: 22, toPort: 22 };
    const before = awsPlan(calls(25));
    const after = awsPlan(calls(53), awsRule("ssh", ingress, "web", door));
    assert.deepEqual(changesOf(reachOf(before, after)), [
      "! ~ internet web@here tcp/22",
      "! ~ app@here internet tcp/53",
    ]);
    assert.deepEqual(changesOf(reachOf(before, awsPlan(awsRule("ssh", ingress, "web", door)))), [
      "! ~ internet web@here tcp/22",
      "- app@here internet tcp/25",
    ]);
  });

  it("says of each cloud that nothing changes where nothing does", () => {
    for (const plan of [awsPlan(), azurePlan(), gcpPlan(gcpPolicyLast)]) {
      const reach = reachOf(plan, plan);
      assert.deepEqual(reach.changes, []);
      assert.equal(reach.places[0]?.verdict, "proven");
      assert.ok((reach.places[0]?.pairs ?? 0) > 0);
      assert.ok(reach.places[0]?.cells.every(({ before }) => before === undefined));
    }
  });

  it("adds the declared flows and the platform's where there was nothing", () => {
    const probes = azureRule("probes", "app", "Inbound", {
      priority: 300,
      sourceAddressPrefix: "AzureLoadBalancer",
      destinationPortRange: "8080",
    });
    const reach = reachOf(undefined, azurePlan(probes));
    assert.deepEqual(changesOf(reach).sort(), [
      "+ Azure platform (168.63.129.16) app@here tcp/8080",
      "+ internet web@here tcp/443",
      "+ web@here app@here tcp/8080",
    ]);
    const looks = reach.places[0]?.cells.map(({ from, to, look }) => [from, to, look].join(" "));
    assert.deepEqual(looks?.sort(), [
      "Azure platform (168.63.129.16) app@here platform",
      "internet web@here declared",
      "web@here app@here declared",
    ]);
  });

  it("tells a declared flow that is stopped from one that nobody misses", () => {
    const stopped = reachOf(awsPlan(), without(awsPlan(), "web-out"));
    assert.deepEqual(changesOf(stopped), ["! - web@here app@here tcp/8080"]);
    const cell = cellOf(stopped, "web@here", "app@here");
    assert.deepEqual(cell, {
      from: "web@here",
      to: "app@here",
      look: "violation",
      ports: "nothing",
      missing: "tcp/8080",
      before: "tcp/8080",
    });
    const mended = reachOf(azurePlan(ssh), azurePlan());
    assert.equal(changesOf(mended)[0], "- internet app@here tcp/22");
    assert.equal(cellOf(mended, "internet", "app@here")?.look, "closed");
  });

  it("takes what hangs on an unknown value neither for passing nor for stopped", () => {
    const rule = azureRule("later", "app", "Inbound", {
      priority: 200,
      destinationPortRange: unknownHere,
    });
    const reach = reachOf(azurePlan(), azurePlan(rule));
    assert.equal(reach.places[0]?.verdict, "unknown");
    assert.equal(cellOf(reach, "internet", "app@here")?.look, "unknown");
    assert.ok(reach.changes.length > 0);
    assert.ok(reach.changes.every(({ violation, settled }) => !violation && !settled));
  });

  it("shows apart what a segment that is only watched lets pass", () => {
    const [segmentation, ...rest] = azurePlan(
      azureRule("web-out", "web", "Outbound", { protocol: "*", destinationPortRange: "*" }),
    );
    const intent = segmentation.props["intent"] as unknown as NetworkIntent;
    const rollout = { stage: "selective", owner: "ada", until: "2027-01-31" } as const;
    const segments = intent.segments.map((one) => (one.name === "web" ? { ...one, rollout } : one));
    const props = { intent: { ...intent, segments } as unknown as Json };
    const reach = reachOf(azurePlan(), [{ ...segmentation, props }, ...rest]);
    assert.equal(reach.places[0]?.verdict, "proven");
    assert.equal(cellOf(reach, "web@here", "internet")?.look, "open");
    assert.equal(cellOf(reach, "internet", "web@here")?.look, "declared");
    assert.ok(reach.changes.every(({ violation }) => !violation));
  });

  it("takes a new machine that does what its segment did for no change", () => {
    const machine: ExampleResource = {
      type: "aws:ec2/networkInterface:NetworkInterface",
      name: "machine",
      props: { subnetId: unknownHere, securityGroups: [unknownHere] },
      dependsOn: { subnetId: ["app-subnet"], securityGroups: ["app"] },
    };
    const after = awsPlan(machine);
    const { topology } = recordOf(after);
    assert.ok(topology.endpoints.some(({ id }) => id.includes("machine")));
    assert.deepEqual(changesOf(reachOf(awsPlan(), after)), []);
    assert.deepEqual(changesOf(reachOf(after, awsPlan())), []);
  });

  it("looks at what stands in no place of an intent as well", () => {
    const props = { addressSpace: { addressPrefixes: ["10.9.0.0/16"] } };
    const stray: ExampleResource[] = [
      { type: "azure-native:network:VirtualNetwork", name: "stray-vnet", props },
      {
        type: "azure-native:network:Subnet",
        name: "stray",
        props: { virtualNetworkName: unknownHere, addressPrefix: "10.9.0.0/24" },
        dependsOn: { virtualNetworkName: ["stray-vnet"] },
      },
    ];
    const changes = changesOf(reachOf(azurePlan(), azurePlan(...stray)));
    assert.ok(changes.includes("+ stray stray any"), changes.join("\n"));
    assert.ok(changes.every((change) => !change.startsWith("!")));
  });

  it("keeps no record where no network is planned", () => {
    assert.equal(networkRecord(examplePlan([])), undefined);
  });

  it("is read from the pack's last run, and a damaged record is a fault", () => {
    const run = (id: string, network: string) =>
      [
        JSON.stringify({ kind: "start", run: id, pack: "zero-trust", rules: [] }),
        `{"kind":"network","run":"${id}","network":${network}}`,
        JSON.stringify({ kind: "end", run: id, verdicts: 0 }),
      ].join("\n");
    const [first, last] = [recordOf(azurePlan()), recordOf(azurePlan(ssh))];
    const text = `${run("1", recordText(first))}\n${run("2", recordText(last))}\n`;
    assert.deepEqual(readVerdicts(text, 2).network, last);
    for (const damaged of ["{}", "[]", "null", '{"topology":{"endpoints":1}}']) {
      const read = readVerdicts(run("1", damaged), 1);
      assert.deepEqual([read.network, read.faults.length], [undefined, 1], damaged);
    }
  });
});
