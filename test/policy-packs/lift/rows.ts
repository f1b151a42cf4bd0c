/** Tables of packets: planned resources, a packet, what becomes of it, and the document that says so. */
import assert from "node:assert/strict";
import { cidrInterval, familyOf, parseCidr } from "../../../model/base/address.ts";
import { portSet, tryParsePorts } from "../../../model/base/layer4.ts";
import type { Endpoint, Topology } from "../../../model/network/topology.ts";
import type { Packet, PacketEnd, Trace } from "../../../model/network/walk.ts";
import { ephemeralPort, walk } from "../../../model/network/walk.ts";
import type { Plan } from "../../../model/policy/view.ts";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../policy-packs/kit/plan.ts";

/** What becomes of a packet: `perhaps` where something that matters is not known. */
export type Fate = "arrives" | "is dropped" | "perhaps arrives" | "is not answered";

/** One row of a table. */
export interface Row {
  /** Title and section of the vendor's document. */
  readonly document: string;
  /** What it says, in own words. */
  readonly says: string;
  readonly resources: readonly RawResource[];
  /** `FROM TO PORTS`, an end by its name (`|` for a space), `NAME@ADDRESS` or an address that nobody has. */
  readonly packet: string;
  readonly fate: Fate;
  /** What decides, as `PLANE DIRECTION RULE`. */
  readonly by: RegExp;
}

/** Tests every row of a table. */
export function testRows(rows: readonly Row[], lift: (plan: Plan) => Topology): void {
  for (const row of rows) {
    it(`${row.packet} ${row.fate}: ${row.says}`, () => {
      assert.notEqual(row.document, "");
      const topology = lift(makePlan(row.resources));
      const packet = packetOf(topology, row.packet);
      const [may, must] = (["may", "must"] as const).map((reading) =>
        walk(topology, packet, reading),
      );
      assert.ok(may !== undefined && must !== undefined);
      const told = describeTrace(may);
      assert.equal(fateOf(may, must), row.fate, `${told}\n${describeTrace(must)}`);
      const decided = decisions(row.fate === "perhaps arrives" ? must : may, row.fate);
      assert.ok(
        decided.some((text) => row.by.test(text)),
        `${row.by} is not among\n${decided.join("\n")}\n${told}`,
      );
    });
  }
}

function fateOf(may: Trace, must: Trace): Fate {
  if (!may.arrives) return "is dropped";
  if (!must.arrives) return "perhaps arrives";
  return may.replyArrives ? "arrives" : "is not answered";
}

/** The steps that let a packet pass, or those that stop it. */
function decisions(trace: Trace, fate: Fate): string[] {
  const steps = fate === "is not answered" ? trace.replySteps : trace.steps;
  const action = fate === "arrives" ? "allow" : "deny";
  return steps.filter((step) => step.action === action).map(describeStep);
}

function describeStep(step: Trace["steps"][number]): string {
  const { stage, rule, otherwiseOrigin, action } = step;
  const by = rule === undefined ? otherwiseOrigin : `${rule.origin.urn} ${rule.origin.path}`;
  return `${stage.plane} ${stage.direction} ${by} (${action})`;
}

function describeTrace({ steps, replySteps }: Trace): string {
  return [...steps.map(describeStep), "reply:", ...replySteps.map(describeStep)].join("\n");
}

/** The packet of a row's text. */
export function packetOf(topology: Topology, text: string): Packet {
  const [from = "", to = "", ports = "", more = ""] = text.split(" ");
  const sourcePort = more.startsWith("from:") ? Number(more.slice(5)) : ephemeralPort;
  return {
    from: endOf(topology, from),
    to: endOf(topology, to),
    selector: selectorOf(ports),
    sourcePort,
  };
}

function selectorOf(text: string): bigint {
  const number = /^protocol\/(\d+)$/.exec(text)?.[1];
  if (number !== undefined) return BigInt(number) << 16n;
  const range = tryParsePorts(text);
  assert.ok(range !== undefined, text);
  const [first] = portSet(range);
  assert.ok(first !== undefined);
  return first.from;
}

function endOf(topology: Topology, text: string): PacketEnd {
  const [name = "", address] = text.replaceAll("|", " ").split("@");
  const endpoint = topology.endpoints.find((one) => one.name === name);
  if (endpoint === undefined) return { endpoint: undefined, address: parseAddress(text) };
  return { endpoint: endpoint.id, address: addressOf(endpoint, address) };
}

function addressOf(endpoint: Endpoint, wanted: string | undefined): PacketEnd["address"] {
  if (wanted === "4" || wanted === "6") return { unknown: wanted === "4" ? 4 : 6 };
  if (wanted === "v6") {
    const found = endpoint.addresses.find(({ from }) => familyOf(from) === 6);
    assert.ok(found !== undefined);
    return found.from;
  }
  if (wanted !== undefined) return parseAddress(wanted);
  const [first] = endpoint.addresses;
  if (first !== undefined) return first.from;
  const [family] = endpoint.unknownAddresses;
  assert.ok(family !== undefined, endpoint.id);
  return { unknown: family };
}

function parseAddress(text: string): bigint {
  return cidrInterval(parseCidr(`${text}/${text.includes(":") ? 128 : 32}`, text)).from;
}
