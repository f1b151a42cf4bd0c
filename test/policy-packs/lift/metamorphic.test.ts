/** What must change nothing, open more or close more when rules are added, in Azure and GCP. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Topology } from "../../../model/network/topology.ts";
import type { Reading } from "../../../model/network/walk.ts";
import { walk } from "../../../model/network/walk.ts";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../policy-packs/kit/plan.ts";
import { liftAzure } from "../../../policy-packs/lift/azure/topology.ts";
import { liftGcp } from "../../../policy-packs/lift/gcp/topology.ts";
import * as azure from "./azure/world.ts";
import * as gcp from "./gcp/world.ts";
import { packetOf } from "./rows.ts";

/** A rule in words that both clouds have, in terms of one small world. */
interface Drawn {
  readonly allow: boolean;
  readonly inbound: boolean;
  readonly priority: number;
  readonly protocol: "tcp" | "udp" | "all";
  readonly ports: string | undefined;
  readonly peer: string;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  allow: fc.boolean(),
  inbound: fc.boolean(),
  priority: fc.integer({ min: 100, max: 110 }),
  protocol: fc.constantFrom("tcp" as const, "udp" as const, "all" as const),
  ports: fc.constantFrom("22", "8000-8100", "1-65535", undefined),
  peer: fc.constantFrom("WEB", "APP", "203.0.113.0/24", "0.0.0.0/0"),
});
const rules = fc.array(drawn, { maxLength: 6 });

interface World {
  readonly name: string;
  readonly lift: (resources: readonly RawResource[]) => Topology;
  readonly base: readonly RawResource[];
  /** The rule as a resource, under a name of its own. */
  readonly rule: (rule: Drawn, name: string) => RawResource;
  readonly last: number;
}

const azurePeers: Record<string, string> = { WEB: "10.1.1.0/24", APP: "10.1.2.0/24" };
const gcpPeers: Record<string, string> = { WEB: "10.2.1.0/24", APP: "10.2.2.0/24" };

const azureWorld: World = {
  name: "Azure",
  lift: (resources) => liftAzure(makePlan(resources)),
  base: azure.withMore(...azure.publicWeb),
  rule: ({ allow, inbound, priority, protocol, ports, peer }, name) => {
    const text = [
      allow ? "Allow" : "Deny",
      priority,
      inbound ? "Inbound" : "Outbound",
      { tcp: "Tcp", udp: "Udp", all: "*" }[protocol],
      protocol === "all" ? "*" : (ports ?? "*"),
    ].join(" ");
    const side = inbound ? "sourceAddressPrefix" : "destinationAddressPrefix";
    const { inputs } = azure.rule("web-nsg", text, { [side]: azurePeers[peer] ?? peer });
    return azure.resource("SecurityRule", name, inputs as Record<string, unknown>);
  },
  last: 4096,
};

const gcpWorld: World = {
  name: "GCP",
  lift: (resources) => liftGcp(makePlan(resources)),
  base: gcp.withMore(
    gcp.instance("web", "web-net", "10.2.1.4", { ...gcp.external, tags: ["web"] }),
  ),
  rule: ({ allow, inbound, priority, protocol, ports, peer }, name) => {
    const kind = [allow ? "allow" : "deny", priority, inbound ? "INGRESS" : "EGRESS", protocol];
    const text = [...kind, ...(protocol === "all" || ports === undefined ? [] : [ports])].join(" ");
    const side = inbound ? "sourceRanges" : "destinationRanges";
    const more = { [side]: [gcpPeers[peer] ?? peer], targetTags: ["web"] };
    return gcp.resource(
      "Firewall",
      name,
      gcp.firewall(text, more).inputs as Record<string, unknown>,
    );
  },
  last: 65535,
};

const packets = [
  "web app",
  "app web",
  "203.0.113.7 web",
  "web 203.0.113.7",
  "web 198.51.100.1",
].flatMap((ends) => ["tcp/22", "tcp/8050", "udp/8050", "icmp"].map((ports) => `${ends} ${ports}`));

/** Which of the packets arrive. */
function arriving(topology: Topology, reading: Reading): string[] {
  return packets.filter((text) => walk(topology, packetOf(topology, text), reading).arrives);
}

const readings = ["may", "must"] as const;

for (const world of [azureWorld, gcpWorld]) {
  const lifted = (some: readonly Drawn[]) =>
    world.lift([...world.base, ...some.map((one, index) => world.rule(one, `rule ${index}`))]);

  describe(`rules in ${world.name}`, () => {
    it("change nothing where an earlier rule decides already", () => {
      let matched = 0;
      fc.assert(
        fc.property(rules, drawn, fc.boolean(), (some, extra, allow) => {
          const first = { ...extra, priority: 99 };
          const shadowed = { ...extra, allow, priority: world.last };
          for (const reading of readings) {
            const before = arriving(lifted([...some, first]), reading);
            assert.deepEqual(arriving(lifted([...some, first, shadowed]), reading), before);
            if (before.length > 0) matched++;
          }
        }),
        { numRuns: 100 },
      );
      assert.ok(matched > 50);
    });

    it("open more and close nothing when they allow", () => {
      let more = 0;
      fc.assert(
        fc.property(rules, drawn, (some, extra) => {
          for (const reading of readings) {
            const before = arriving(lifted(some), reading);
            const after = arriving(lifted([...some, { ...extra, allow: true }]), reading);
            assert.deepEqual(
              before.filter((text) => !after.includes(text)),
              [],
            );
            if (after.length > before.length) more++;
          }
        }),
        { numRuns: 150 },
      );
      assert.ok(more > 5, `${more} opened more`);
    });

    it("close more and open nothing when they deny", () => {
      let fewer = 0;
      fc.assert(
        fc.property(rules, drawn, (some, extra) => {
          for (const reading of readings) {
            const before = arriving(lifted(some), reading);
            const after = arriving(lifted([...some, { ...extra, allow: false }]), reading);
            assert.deepEqual(
              after.filter((text) => !before.includes(text)),
              [],
            );
            if (after.length < before.length) fewer++;
          }
        }),
        { numRuns: 150 },
      );
      assert.ok(fewer > 5, `${fewer} closed more`);
    });

    it("mean the same in whatever order the program registers them", () => {
      // Two rules of one priority are an error in Azure, and told apart by their action in GCP.
      const selector = ({ priority, inbound }: Drawn) => `${priority} ${inbound}`;
      const some = world === gcpWorld ? rules : fc.uniqueArray(drawn, { selector, maxLength: 6 });
      const shuffled = some.chain((all) =>
        fc.shuffledSubarray(all, { minLength: all.length }).map((other) => [all, other] as const),
      );
      fc.assert(
        fc.property(shuffled, ([all, other]) => {
          for (const reading of readings) {
            assert.deepEqual(arriving(lifted(other), reading), arriving(lifted(all), reading));
          }
        }),
        { numRuns: 150 },
      );
    });

    it("stay between what surely and what possibly arrives where one input is not known", () => {
      const names =
        world === gcpWorld ? ["priority", "direction"] : ["priority", "protocol", "access"];
      fc.assert(
        fc.property(rules, drawn, fc.constantFrom(...names), (some, extra, name) => {
          const known = world.rule(extra, "extra");
          const hidden = {
            ...known,
            inputs: { ...(known.inputs as object), [name]: azure.unknown },
          };
          const all = [
            ...world.base,
            ...some.map((one, index) => world.rule(one, `rule ${index}`)),
          ];
          const actual = world.lift([...all, known]);
          const open = world.lift([...all, hidden]);
          const surely = arriving(open, "must");
          const possibly = arriving(open, "may");
          const real = arriving(actual, "may");
          assert.deepEqual(
            surely.filter((text) => !real.includes(text)),
            [],
          );
          assert.deepEqual(
            real.filter((text) => !possibly.includes(text)),
            [],
          );
        }),
        { numRuns: 100 },
      );
    });
  });
}
