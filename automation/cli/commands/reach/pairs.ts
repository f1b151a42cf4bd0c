/** Between which addresses of two ends a question is: rules may tell those of one endpoint apart. */
import type { Family } from "../../../../model/base/address.ts";
import type { Packet, PacketEnd, Reading } from "../../../../model/network/walk.ts";
import { addressesOf } from "../../../../model/reach/ends.ts";
import type { Reach } from "../../../../model/reach/reach.ts";
import { arrival } from "../../../../model/reach/reach.ts";
import type { NamedEnd } from "./ends.ts";

/** Both ends of packets. */
export type Pair = Pick<Packet, "from" | "to">;

/** Every pair of addresses that rules tell apart, the lowest first. */
export function pairsBetween(reach: Reach, from: NamedEnd, to: NamedEnd, family: Family): Pair[] {
  const targets = placesOf(reach, to, family);
  return placesOf(reach, from, family).flatMap((source) =>
    targets.map((target) => ({ from: source, to: target })),
  );
}

/** The first pair between which the packet arrives, else may arrive, else any. */
export function bestPair(
  reach: Reach,
  pairs: readonly Pair[],
  packet: Omit<Packet, "from" | "to">,
): Pair | undefined {
  const through = (reading: Reading) =>
    pairs.find((pair) => {
      const { arrives, replyArrives } = arrival(reach, { ...packet, ...pair }, reading);
      return arrives && replyArrives;
    });
  return through("must") ?? through("may") ?? pairs[0];
}

function placesOf({ universe }: Reach, { of, anywhere }: NamedEnd, family: Family): PacketEnd[] {
  const one = of.get(family);
  if (one === undefined) return [];
  if (!anywhere) return [one];
  const { subjects, ends, cut } = universe;
  const subject = subjects.findIndex(({ id }) => id === one.endpoint);
  const classes = (ends.ofSubject[subject] ?? []).flatMap((index) => ends.all[index] ?? []);
  return classes
    .filter((end) => end.family === family)
    .map((end): PacketEnd => {
      const [first] = addressesOf(cut, end);
      return { endpoint: one.endpoint, address: first?.from ?? { unknown: family } };
    });
}
