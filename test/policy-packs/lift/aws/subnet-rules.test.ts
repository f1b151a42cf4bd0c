/** The ACLs that a place asks for: never narrower than its intent, and a second lock behind groups. */
import assert from "node:assert/strict";
import { covers } from "../../../../model/base/interval-set.ts";
import { portSet, protocolInterval, tryParsePorts } from "../../../../model/base/layer4.ts";
import type { NetworkIntent, PlaceIntent } from "../../../../model/network/intent.ts";
import { allow, internet } from "../../../../model/network/intent.ts";
import type { Topology } from "../../../../model/network/topology.ts";
import type { PacketEnd } from "../../../../model/network/walk.ts";
import { walk } from "../../../../model/network/walk.ts";
import { blackHoles } from "../../../../model/reach/path-mtu.ts";
import type { Proof } from "../../../../model/reach/prove.ts";
import { proveIntent } from "../../../../model/reach/prove.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { liftNetwork } from "../../../../policy-packs/lift/network.ts";
import { inPlace, plannedPlace } from "../../../../policy-packs/lift/place.ts";
import { threeClouds } from "../../../harness/intents.ts";
import { loweredProgram } from "./lowered.ts";
import type { Written } from "./program.ts";
import { rawOf, ref } from "./program.ts";
import { resource } from "./resources.ts";

const place: PlaceIntent = {
  name: "aws",
  cloud: "aws",
  region: "eu-central-1",
  cidr4: "10.16.0.0/16",
  subnetRules: { quota: 20 },
};
const far: PlaceIntent = { ...place, name: "far", region: "eu-west-1", cidr4: "10.32.0.0/16" };
const alone: NetworkIntent = { ...threeClouds, places: [place] };

function lift(program: readonly Written[], intent: NetworkIntent, where: PlaceIntent): Topology {
  return inPlace(liftNetwork(makePlan(rawOf(program, "preview"))).topology, intent, where);
}

function proof(program: readonly Written[], intent = alone, where = place): Proof {
  const origin = { urn: "intent", path: "flows" };
  const { topology } = liftNetwork(makePlan(rawOf(program, "preview")));
  return proveIntent(plannedPlace(topology, intent, where), intent, where, origin);
}

/** `missing web => app IPv4` and so on; residual paths are no gaps. */
function gaps({ differences }: Proof): string[] {
  return differences
    .filter(({ kind }) => kind !== "residual")
    .map(({ kind, from, to, family }) => `${kind} ${from.name} => ${to.name} IPv${family}`);
}

const isTooBig = ({ name }: Written) => /-(icmp-3\.4|icmp6-2\.0)-/.test(name);
const isEntry = ({ type }: Written) => type.endsWith(":NetworkAclRule");

describe("rules of AWS subnets", () => {
  it("guard every member of a segment, remember nothing, and are proven at a first preview", () => {
    const program = loweredProgram(alone, place);
    const { verdict, unknowns, pairs } = proof(program);
    assert.equal(verdict, "proven");
    assert.deepEqual(unknowns, []);
    assert.ok(pairs > 50);
    const { endpoints, stages } = lift(program, alone, place);
    const acls = new Map(
      stages.filter(({ plane }) => plane === "network-acl").map((stage) => [stage.id, stage]),
    );
    assert.ok([...acls.values()].every(({ stateful }) => !stateful));
    for (const endpoint of endpoints.filter(({ segment, outside }) => segment && !outside)) {
      const own = endpoint.stages.flatMap((id) => acls.get(id)?.direction ?? []);
      assert.deepEqual(own.toSorted(), ["in", "out"], endpoint.name);
    }
  });

  it("hold no entry that is not needed", () => {
    const program = loweredProgram(alone, place);
    const entries = program.filter((one) => isEntry(one) && !isTooBig(one));
    assert.ok(entries.length > 20, `${entries.length} entries`);
    const kinds = new Set<string>();
    for (const left of entries) {
      const found = gaps(proof(program.filter((one) => one !== left)));
      assert.ok(found.length > 0, `nothing is wrong without ${left.name}`);
      for (const gap of found) kinds.add(gap.split(" ")[0] ?? "");
    }
    assert.deepEqual([...kinds].toSorted(), ["missing", "reply-blocked"]);
  });

  it("let routers tell that a packet is too big", () => {
    const program = loweredProgram(alone, place);
    assert.deepEqual(blackHoles(lift(program, alone, place)), []);
    const silent = program.filter((one) => !isTooBig(one));
    assert.equal(proof(silent).verdict, "proven");
    const holes = blackHoles(lift(silent, alone, place));
    assert.deepEqual([...new Set(holes.map(({ family }) => family))].toSorted(), [4, 6]);
    for (const direction of ["ingress", "egress"]) {
      const told = program.filter((one) => isTooBig(one) && one.name.includes(direction));
      // The cluster's own flow of any protocol tells so in IPv6.
      assert.equal(told.length, 7);
    }
  });

  it("still stop strangers when somebody opens a group by hand", () => {
    const opened = resource("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "by-hand", {
      securityGroupId: ref("segmentation-aws-data"),
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "-1",
    });
    const { subnetRules: _, ...unlocked } = place;
    const without = proof([...loweredProgram(alone, unlocked), opened], alone, unlocked);
    const within = proof([...loweredProgram(alone, place), opened]);
    const open = ({ differences }: Proof) =>
      differences.find(
        ({ kind, from, to, family }) =>
          `${kind} ${from.name} ${to.name} ${family}` ===
          `extra ${internet} segmentation-aws-data 4`,
      )?.selectors;
    const ssh = protocolInterval(6, 22, 22);
    assert.ok(covers(open(without) ?? [], [ssh]));
    // What is left is what routers tell.
    assert.deepEqual(open(within), [protocolInterval(1, 3 * 256 + 4, 3 * 256 + 4)]);
  });

  it("let through what a road brings to other segments, where its gateway stands", () => {
    const gateway = "tgw-0123456789abcdef0";
    const between = [
      { place: "aws", gateway },
      { place: "far", gateway },
    ] as const;
    const intent: NetworkIntent = {
      ...alone,
      places: [place, far],
      flows: [
        ...alone.flows,
        allow("app@far", "data@aws", "tcp/5432", "the same records"),
        allow("data@aws", "app@far", "udp/514", "records of what was asked"),
      ],
      roads: [{ name: "road", between }],
    };
    // Where a gateway that exists leads is not seen: here it is planned.
    const program = [
      resource("ec2transitgateway/transitGateway:TransitGateway", "gateway", {}),
      ...[place, far].flatMap((where) => loweredProgram(intent, where)).map(onPlannedGateway),
    ];
    for (const where of [place, far]) {
      assert.deepEqual(gaps(proof(program, intent, where)), []);
      assert.equal(proof(program, intent, where).verdict, "proven");
    }
    const landing = program.filter(
      (one) => isEntry(one) && /^segmentation-aws-web-acl-.*-10\.16\.32\.0-20$/.test(one.name),
    );
    // What web answers to the internet holds tcp/5432 already.
    assert.deepEqual(landing.map(({ name }) => name.replace(/^.*-acl-/, "")).toSorted(), [
      "egress-udp-1024-65535-10.16.32.0-20",
      "ingress-tcp-1024-65535-10.16.32.0-20",
      "ingress-udp-514-10.16.32.0-20",
    ]);
    const calls = ["app@far data@aws tcp/5432", "data@aws app@far udp/514"];
    assert.deepEqual(
      calls.map((call) => crossed(program, call)),
      ["answered", "answered"],
    );
    for (const left of landing) {
      const rest = program.filter((one) => one !== left);
      const found = calls.map((call) => crossed(rest, call));
      assert.ok(
        found.some((one) => one !== "answered"),
        `all is well without ${left.name}`,
      );
    }
  });
});

function onPlannedGateway(one: Written): Written {
  if (!one.type.endsWith(":VpcAttachment")) return one;
  return { ...one, inputs: { ...one.inputs, transitGatewayId: ref("gateway") } };
}

/** How far a call between members of two segments gets, as far as ACLs have a say. */
function crossed(program: readonly Written[], call: string): "answered" | "arrived" | "stopped" {
  const { topology } = liftNetwork(makePlan(rawOf(program, "preview")));
  const stages = topology.stages.filter(({ plane }) => plane === "network-acl");
  const [from = "", to = "", ports = ""] = call.split(" ");
  const range = tryParsePorts(ports);
  assert.ok(range !== undefined);
  const trace = walk(
    { ...topology, stages },
    {
      from: memberOf(topology, from),
      to: memberOf(topology, to),
      selector: portSet(range)[0]?.from ?? 0n,
      sourcePort: 40_000,
    },
    "must",
  );
  if (!trace.arrives) return "stopped";
  return trace.replyArrives ? "answered" : "arrived";
}

function memberOf({ endpoints }: Topology, segment: string): PacketEnd {
  const found = endpoints.find((one) => one.segment === segment && one.addresses.length > 0);
  const [first] = found?.addresses ?? [];
  assert.ok(found !== undefined && first !== undefined, segment);
  return { endpoint: found.id, address: first.from + 10n };
}
