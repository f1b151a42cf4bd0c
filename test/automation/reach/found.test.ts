/** Rules that somebody made by hand: a state knows of them from what was read of their group. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { provePlaces } from "../../../automation/reach/proofs.ts";
import type { ReachSource } from "../../../automation/reach/source.ts";
import { readStateFile } from "../../../automation/reach/state.ts";
import type { NetworkIntent } from "../../../model/network/intent.ts";
import type { Listed } from "../../flawed/example.ts";
import { flawed, flawedResources, makeFolder } from "../../flawed/example.ts";

const intent = JSON.parse(readFileSync(flawed.intent, "utf8")) as NetworkIntent;

const folder = makeFolder();

/** The example once the group was read. */
function read(group: string, outputs: object) {
  const all = flawedResources.map((one: Listed) =>
    one.name === group ? { ...one, outputs: { id: one.id, ...outputs } } : one,
  );
  return readStateFile(folder.write(`${group}.json`, all));
}

const ssh = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"], self: false };
const https = { ...ssh, protocol: "6", fromPort: 443, toPort: 443 };

const azureRule = {
  name: "ssh",
  priority: 200,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sourceAddressPrefix: "Internet",
  sourcePortRange: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: "22",
};

function gapsIn({ topology, plan }: ReachSource, name: string): string[] {
  assert.ok(plan !== undefined);
  const place = provePlaces(topology, plan, intent, "intent").find((one) => one.place === name);
  return (place?.gaps ?? []).map(({ kind, from, to, packet }) => `${kind} ${from} ${to} ${packet}`);
}

describe("rules made by hand", () => {
  after(() => folder.remove());

  it("of an AWS group count, with a note that nobody planned them", async () => {
    const source = await read("aws-web-group", { ingress: [https, ssh] });
    assert.ok(gapsIn(source, "aws").some((gap) => /^extra internet web .*tcp\/22$/.test(gap)));
    const notes = source.notes.filter((note) => note.includes("made by hand"));
    assert.deepEqual(notes, [
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule aws-web-group rule 1 made by hand: no resource of the state made it, as it was last read [rule-unmanaged]",
    ]);
  });

  it("of an AWS group may name another group, or itself", async () => {
    const ingress = [
      { ...ssh, cidrBlocks: [], securityGroups: ["sg-web"] },
      { ...ssh, cidrBlocks: [], self: true },
    ];
    const { topology } = await read("aws-app-group", { ingress });
    const stages = topology.stages.filter(
      ({ plane, direction }) => plane === "security-group" && direction === "in",
    );
    const rules = stages.flatMap(({ tiers }) => tiers.flatMap((tier) => tier.rules));
    const found = rules.filter(({ origin }) => origin.urn.includes("made by hand"));
    assert.equal(new Set(found.map(({ origin }) => origin.urn)).size, 2);
    assert.ok(found.every(({ peers }) => peers.every(({ group }) => group !== undefined)));
  });

  it("of an Azure group count", async () => {
    const [group] = flawedResources.filter(({ name }) => name === "azure-web-group");
    assert.ok(group !== undefined);
    const { networkSecurityGroupName: name, securityRules } = group.inputs;
    const all = [...(securityRules as object[]), azureRule];
    const source = await read("azure-web-group", { name, securityRules: all });
    assert.ok(gapsIn(source, "azure").some((gap) => /^extra internet web .*tcp\/22$/.test(gap)));
    assert.equal(source.notes.filter((note) => note.includes("made by hand")).length, 1);
  });

  it("are none where every rule that was read is some resource's", async () => {
    const known = [
      await read("aws-web-group", { ingress: [https] }),
      await read("aws-data-group", {
        ingress: [
          {
            ...ssh,
            fromPort: 5432,
            toPort: 5432,
            cidrBlocks: [],
            securityGroups: ["sg-app"],
          },
        ],
      }),
    ];
    for (const { notes } of known) {
      assert.deepEqual(
        notes.filter((note) => note.includes("made by hand")),
        [],
      );
    }
  });
});
