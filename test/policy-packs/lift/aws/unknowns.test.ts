/** What is not known never turns into an answer. */
import assert from "node:assert/strict";
import * as proxy from "@pulumi/policy/proxy.js";
import type { RawResource } from "../../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { liftAws } from "../../../../policy-packs/lift/aws/topology.ts";
import type { Fate } from "./packet.ts";
import { fateOf, packetOf } from "./packet.ts";
import { later, planOf, rawOf, ref } from "./program.ts";
import { anywhere, group, inline, instance, openGroup, subnet, vpc } from "./resources.ts";
import { truths } from "./truths.ts";

const { unknownStringValue } = proxy as unknown as { unknownStringValue: string };

/** Each input of each resource in turn, as if nobody knew it nor what it waits for. */
function* blurred(raws: readonly RawResource[]): Generator<[string, RawResource[]]> {
  for (const raw of raws) {
    for (const key of Object.keys(raw.inputs as object)) {
      const { [key]: _, ...dependencies } = raw.propertyDependencies ?? {};
      const inputs = { ...(raw.inputs as object), [key]: unknownStringValue };
      const blurredRaw = { ...raw, inputs, propertyDependencies: dependencies };
      yield [`${raw.name}.${key}`, raws.map((one) => (one === raw ? blurredRaw : one))];
    }
  }
}

/** Fates that do not contradict one that is known. */
const allowed: Readonly<Record<Fate, readonly Fate[]>> = {
  passes: ["passes", "open"],
  stopped: ["stopped", "open"],
  "no reply": ["no reply", "open"],
  open: ["passes", "stopped", "no reply", "open"],
};

describe("AWS lift and unknowns", () => {
  it("never says otherwise because one input is not known", () => {
    let opened = 0;
    let tried = 0;
    const wrong: string[] = [];
    for (const { document, program, rows } of truths) {
      const known = liftAws(planOf(program, "update")).topology;
      const packets = rows.flatMap((row) =>
        Object.entries(row.packets).map(([line, fate]) => ({
          line,
          fate,
          packet: packetOf(known, line),
        })),
      );
      for (const [what, raws] of blurred(rawOf(program, "update"))) {
        const { topology } = liftAws(makePlan(raws));
        if (topology.unknowns.length > 0) continue;
        for (const { line, fate, packet } of packets) {
          const now = fateOf(topology, packet);
          if (!allowed[fate].includes(now)) {
            wrong.push(`${document}: ${line} was ${fate} and is ${now} without ${what}`);
          }
          tried++;
          if (now === "open") opened++;
        }
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(tried > 2000 && opened > 300, `${tried} tried, ${opened} opened`);
  });

  const net = [
    vpc("vpc", "10.0.0.0/16"),
    subnet("s", "vpc", "10.0.1.0/24"),
    openGroup("any", "vpc"),
    instance("client", "s", ["any"], "10.0.1.10"),
  ];

  it("narrows an unknown to what is known beside it", () => {
    const program = [
      ...net,
      group("ports", "vpc", {
        ingress: [
          { protocol: "tcp", fromPort: later, toPort: 90, cidrBlocks: ["10.0.1.10/32"] },
          { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [later] },
        ],
      }),
      instance("server", "s", ["ports"], "10.0.1.11"),
      instance("other", "s", ["any"], "10.0.1.12"),
    ];
    const { topology } = liftAws(planOf(program, "update"));
    assert.equal(fateOf(topology, "client -> server tcp/80"), "open");
    assert.equal(fateOf(topology, "other -> server tcp/80"), "stopped");
    assert.equal(fateOf(topology, "other -> server tcp/22"), "open");
    assert.deepEqual(topology.unknowns, []);
  });

  it("takes several recorded groups for candidates, and as many as there are for all of them", () => {
    const program = [
      ...net,
      group("one", "vpc", { ingress: [inline("tcp/1", anywhere)] }),
      group("two", "vpc", { ingress: [inline("tcp/2", anywhere)] }),
      group("named", "vpc", {
        ingress: [
          inline("tcp/7", { securityGroups: [ref("one")] }),
          inline("tcp/8", { securityGroups: [ref("two")] }),
        ],
      }),
      instance("both", "s", ["one", "two"], "10.0.1.11"),
      instance("server", "s", ["named", "any"], "10.0.1.12"),
      instance("target", "s", ["named"], "10.0.1.13"),
      instance("caller", "s", ["one", "any"], "10.0.1.14"),
    ];
    const { topology } = liftAws(planOf(program, "preview"));
    assert.equal(fateOf(topology, "client -> both tcp/1"), "passes");
    assert.equal(fateOf(topology, "client -> both tcp/2"), "passes");
    assert.equal(fateOf(topology, "client -> both tcp/3"), "stopped");
    assert.equal(fateOf(topology, "caller -> target tcp/7"), "open");
    assert.equal(fateOf(topology, "client -> target tcp/7"), "stopped");
  });

  it("leaves open what a group beyond the plan allows, and who is in it", () => {
    const program = [
      ...net,
      group("refers", "vpc", { ingress: [inline("tcp/80", { securityGroups: ["sg-elsewhere"] })] }),
      instance("server", "s", ["refers"], "10.0.1.11"),
      instance("guest", "s", [], "10.0.1.12", {
        vpcSecurityGroupIds: ["sg-elsewhere"],
      }),
    ];
    const { topology } = liftAws(planOf(program, "update"));
    assert.equal(fateOf(topology, "client -> guest tcp/80"), "open");
    assert.equal(fateOf(topology, "client -> server tcp/80"), "stopped");
    assert.equal(fateOf(topology, "sg-elsewhere -> server tcp/80"), "passes");
  });

  it("leaves open where packets go in a subnet beyond the plan", () => {
    const program = [
      ...net,
      instance("away", "s", ["any"], "10.0.9.9", { subnetId: "subnet-elsewhere" }),
    ];
    const { topology } = liftAws(planOf(program, "update"));
    assert.equal(fateOf(topology, "away -> 203.0.113.7 tcp/443"), "open");
    assert.equal(fateOf(topology, "client -> away tcp/443"), "open");
  });

  it("believes no output of a value that is about to change", () => {
    const program = [
      vpc("vpc", "10.0.0.0/16"),
      {
        ...subnet("s", "vpc", ""),
        inputs: { vpcId: ref("vpc"), cidrBlock: later },
        outputs: { cidrBlock: "10.0.1.0/24" },
      },
      openGroup("any", "vpc"),
      instance("client", "s", ["any"], "", { privateIp: undefined }),
    ];
    const { topology } = liftAws(planOf(program, "update"));
    const client = topology.endpoints.find(({ name }) => name === "client");
    assert.deepEqual([client?.addresses, client?.unknownAddresses], [[], [4]]);
  });

  describe("of IPv6, knows what Amazon never provides", () => {
    const fate = (range: string, asked: Readonly<Record<string, unknown>>) => {
      const { topology } = liftAws(
        planOf(
          [
            vpc("vpc", "10.0.0.0/16", asked),
            subnet("s", "vpc", "10.0.1.0/24", { ipv6CidrBlock: later }),
            vpc("old", "10.9.0.0/16", { ipv6CidrBlock: "2600:1f18:1:200::/56" }),
            openGroup("any", "vpc"),
            group("named", "vpc", {
              ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, ipv6CidrBlocks: [range] }],
            }),
            instance("client", "s", ["any"], "10.0.1.10"),
            instance("server", "s", ["named"], "10.0.1.11"),
          ],
          "preview",
        ),
      );
      return fateOf(topology, "client@?6 -> server@?6 tcp/22");
    };
    const provided = { assignGeneratedIpv6CidrBlock: true };
    const pool = { ipv6IpamPoolId: "ipam-pool-1", ipv6NetmaskLength: 56 };

    for (const [range, known, other] of [
      ["fd00::/8", "stopped", "open"],
      ["2001:db8:7::/48", "stopped", "open"],
      ["2600:1f18:1:200::/56", "stopped", "open"],
      ["2600:1f18::/32", "open", "open"],
      ["2000::/3", "passes", "open"],
      ["::/0", "passes", "passes"],
    ] as const) {
      it(`${range} names ${known === "passes" ? "all" : known === "open" ? "some" : "none"}`, () => {
        assert.equal(fate(range, provided), known);
        assert.equal(fate(range, pool), other);
        assert.equal(fate(range, { ...provided, assignGeneratedIpv6CidrBlock: later }), other);
      });
    }
  });
});
