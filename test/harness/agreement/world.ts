/** The ends of a deployed world with the addresses that the probe gives them. */
import assert from "node:assert/strict";
import {
  cidrSet,
  everyAddressOf,
  familyOf,
  parseCidr,
  tryParseAddress,
} from "../../../model/base/address.ts";
import { has, subtract, union } from "../../../model/base/interval-set.ts";
import type { Topology } from "../../../model/network/topology.ts";
import type { Plan } from "../../../model/policy/view.ts";
import type { Answer } from "./compare.ts";
import { namedEnds } from "./ends.ts";
import { addressEnd, type PlacedEnd, type Question } from "./packets.ts";

/** Asks the probe many packets at once. */
export type Ask = (packets: readonly Question[]) => Promise<readonly Answer[]>;

/** Somebody whom the probe takes for the internet. */
const somebody = { 4: "192.0.2.1", 6: "2001:db8:ffff::1" } as const;
const families = [4, 6] as const;

/** Every end that both know, and addresses that nobody has, at the borders of what rules name. */
export async function placedEnds(plan: Plan, topology: Topology, ask: Ask): Promise<PlacedEnd[]> {
  const named = namedEnds(plan, topology);
  const questions = named.flatMap(({ name }) =>
    families.map(
      (family): Question => ({
        from: name,
        to: somebody[family],
        protocol: "tcp",
        port: 1,
        family,
      }),
    ),
  );
  const answers = await ask(questions);
  const placed = named.flatMap((end, i): PlacedEnd[] => {
    const own = families.map(
      (family, j) => [family, sourceOf(answers[i * 2 + j], family)] as const,
    );
    const known = own.filter(([, address]) => address !== undefined);
    return known.length === 0 ? [] : [{ ...end, addresses: Object.fromEntries(known) }];
  });
  return [...placed.map((end) => checked(topology, end)), ...nobodies(topology)];
}

/** The probe has put the end where the lift says that it may be. */
function checked(topology: Topology, end: PlacedEnd): PlacedEnd {
  const endpoint = topology.endpoints.find(({ id }) => id === end.endpoint);
  for (const address of Object.values(end.addresses)) {
    if (typeof address !== "bigint") continue;
    const known = has(endpoint?.addresses ?? [], address);
    const open = endpoint?.unknownAddresses.includes(familyOf(address));
    assert.ok(known || open, `${end.name} is not at ${address}`);
  }
  return end;
}

function sourceOf(answer: Answer | undefined, family: 4 | 6): bigint | undefined {
  const text = /^\S+ \[?([0-9a-f.:]+?)\]?(?::\d+)? -> /.exec(answer?.packet ?? "")?.[1] ?? "";
  return family === 4
    ? lineOf(text)
    : lineOf(/\[([^\]]+)\]/.exec(answer?.packet ?? "")?.[1] ?? text);
}

function lineOf(text: string): bigint | undefined {
  const address = tryParseAddress(text);
  if (address === undefined) return undefined;
  return address.family === 4 ? address.value : address.value + (1n << 32n);
}

/** Addresses that no endpoint has: the internet's, and those at the borders of what rules name. */
export function nobodies(topology: Topology): PlacedEnd[] {
  const taken = topology.endpoints.map(({ addresses }) => addresses).reduce(union, []);
  const borders = new Set<bigint>();
  for (const { tiers } of topology.stages)
    for (const { rules } of tiers)
      for (const { peers } of rules)
        for (const { addresses } of peers)
          for (const { from, to } of addresses ?? [])
            for (const one of [from - 1n, from, to, to + 1n]) borders.add(one);
  // AWS's default network has subnets of which no plan knows.
  const unplanned = cidrSet([parseCidr("172.31.0.0/16", "the default VPC")]);
  const free = families
    .map((family) => subtract(everyAddressOf[family], union(taken, unplanned)))
    .reduce(union, []);
  const all = [...borders].filter((one) => has(free, one)).map((one) => addressEnd(one, "address"));
  const internet = families.flatMap((family) => lineOf(somebody[family]) ?? []);
  // Half of all ends from outside are plainly the internet.
  const plain = all.map((_, i) => addressEnd(internet[i % 2] ?? 0n, "internet"));
  return [...all, ...plain];
}
