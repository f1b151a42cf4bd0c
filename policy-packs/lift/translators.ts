/**
 * Gateways that translate, as those see them who are called: whoever stands behind one comes from
 * its public address, and so does nobody else. They are ends of their own beside the machines behind
 * them, which keep their own addresses inside their networks.
 */
import { everyAddressOf } from "../../model/base/address.ts";
import type { IntervalSet } from "../../model/base/interval-set.ts";
import { emptySet, subtract, union } from "../../model/base/interval-set.ts";
import { everyLayer4, portsSet } from "../../model/base/layer4.ts";
import { unroutedAddresses } from "../../model/base/special-addresses.ts";
import type { Endpoint, Stage, Topology } from "../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { addressesOf } from "./address-set.ts";
import { awsTypes } from "./aws/types.ts";
import { azureTypes } from "./azure/types.ts";
import { entriesOf } from "./entries.ts";
import { followEach } from "./follow-each.ts";
import { gcpTypes } from "./gcp/types.ts";
import { portMax } from "./layer4.ts";
import { settle } from "./uncertain.ts";

/** Group of the public addresses of translating gateways. */
const translators = "translators";

/** Whether it is the public address of a translating gateway. */
export function isTranslator({ groups }: Endpoint): boolean {
  return groups.includes(translators);
}

/** Public IPv4 addresses are routed, whichever they turn out to be. */
const public4 = subtract(everyAddressOf[4], unroutedAddresses);

/** "TCP, UDP, and ICMP" ("NAT gateway basics"; "Cloud NAT overview"); Azure's knows no ICMP. */
function protocolsOf(type: string): readonly ("tcp" | "udp" | "icmp")[] {
  return type === azureTypes.natGateway ? ["tcp", "udp"] : ["tcp", "udp", "icmp"];
}

const origin = { urn: "", path: "address translation" };

function outOf(type: string): Stage {
  const protocols = protocolsOf(type);
  const selectors = portsSet(protocols.map((protocol) => ({ protocol, from: 0, to: portMax })));
  return {
    id: `translators out ${protocols.join()}`,
    plane: "route",
    direction: "out",
    stateful: true,
    tiers: [
      {
        rules: [{ action: "allow", peers: [{}], selectors, origin }],
        otherwise: "deny",
        otherwiseOrigin: "the translating gateway knows no other protocol",
      },
    ],
  };
}

/** A connection is opened from behind it only ("NAT gateways", "Cloud NAT overview"). */
const into: Stage = {
  id: "translators in",
  plane: "route",
  direction: "in",
  stateful: true,
  tiers: [
    {
      rules: [{ action: "deny", peers: [{}], selectors: everyLayer4, origin }],
      otherwise: "deny",
      otherwiseOrigin: "nobody calls a translating gateway",
    },
  ],
};

/** The public ends of all translating gateways of a plan. */
export function translatorsOf(plan: Plan): Topology {
  const endpoints = Object.entries(readers).flatMap(([type, read]) =>
    plan.ofType(type).flatMap((gateway) => {
      const addresses = read(plan, gateway);
      return addresses === undefined ? [] : [endOf(gateway, addresses)];
    }),
  );
  const outs = endpoints.length === 0 ? [] : Object.keys(readers).map(outOf);
  const stages = new Map([...outs, into].map((stage) => [stage.id, stage]));
  return { endpoints, stages: [...stages.values()], residuals: [], unknowns: [] };
}

function endOf({ urn, name, type }: PlannedResource, addresses: IntervalSet): Endpoint {
  return {
    id: `${urn} translated`,
    name: `behind ${name}`,
    addresses,
    unknownAddresses: addresses.length === 0 ? [4] : [],
    unknownWithin: public4,
    groups: [translators],
    stages: [outOf(type).id, into.id],
    outside: true,
  };
}

/** Its public addresses; none where not all of them are known; undefined where it has none. */
type Reader = (plan: Plan, gateway: PlannedResource) => IntervalSet | undefined;

const readers: Readonly<Record<string, Reader>> = {
  [awsTypes.natGateway]: (plan, { inputs, outputs }) => {
    const kind = settle(() => inputs.at("connectivityType").text() ?? "public");
    if (kind === "private") return undefined;
    const known = known4(outputs.at("publicIp"));
    if (known.length > 0) return known;
    return namedBy(plan, [inputs.at("allocationId")], awsTypes.address, "publicIp");
  },
  [azureTypes.natGateway]: (plan, { inputs }) => {
    const ids = (list: string) =>
      settle(() => entriesOf(inputs.at(list)).map((one) => one.at("id")));
    const [addresses, prefixes] = [ids("publicIpAddresses"), ids("publicIpPrefixes")];
    if (addresses instanceof Undecided || prefixes instanceof Undecided) return emptySet;
    return allOf([
      ...(addresses.length === 0
        ? []
        : [namedBy(plan, addresses, azureTypes.publicAddress, "ipAddress")]),
      ...(prefixes.length === 0
        ? []
        : [namedBy(plan, prefixes, azureTypes.publicPrefix, "ipPrefix")]),
    ]);
  },
  [gcpTypes.nat]: (plan, { inputs }) => {
    const references = settle(() => entriesOf(inputs.at("natIps")));
    if (references instanceof Undecided) return emptySet;
    return namedBy(plan, references, gcpTypes.address, "address");
  },
};

function namedBy(plan: Plan, references: readonly View[], type: string, key: string): IntervalSet {
  const present = references.filter(({ state }) => state !== "absent");
  const found = settle(() => followEach(plan, present, type));
  if (found instanceof Undecided) return emptySet;
  return allOf(
    found.map((one) =>
      one.state === "resource" ? known4(one.resource.outputs.at(key)) : emptySet,
    ),
  );
}

function known4(view: View): IntervalSet {
  const read = view.state === "known" ? settle(() => addressesOf(view)) : emptySet;
  return read instanceof Undecided ? emptySet : read;
}

/** All together, if each is known. */
function allOf(sets: readonly IntervalSet[]): IntervalSet {
  return sets.some((set) => set.length === 0) ? emptySet : sets.reduce(union, emptySet);
}
