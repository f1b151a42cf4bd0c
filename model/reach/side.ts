/** One end of a flow or of a difference, as people call it. */
import type { IntervalSet } from "../base/interval-set.ts";
import type { Universe } from "./universe.ts";

export interface Side {
  /** Id of the endpoint; undefined for addresses that none has. */
  readonly endpoint: string | undefined;
  /** As people call it: the endpoint's name, or `internet`. */
  readonly name: string;
  readonly segment: string | undefined;
  /** Whether it is beyond what is planned. */
  readonly outside: boolean;
  /** The addresses concerned; none where they are not known yet. */
  readonly addresses: IntervalSet;
}

/** Name of the addresses that no endpoint has. */
export const internetName = "internet";

/** The side of an endpoint, given by its number. */
export function sideOf(
  { subjects }: Universe,
  subject: number | undefined,
  addresses: IntervalSet,
): Side {
  const endpoint = subject === undefined ? undefined : subjects[subject];
  const state = endpoint?.states.find((one) => one !== undefined);
  return {
    endpoint: endpoint?.id,
    name: state?.name ?? internetName,
    segment: state?.segment,
    outside: state === undefined || state.outside === true,
    addresses,
  };
}

/** What says least: more than all addresses of both families. */
const everySize = 1n << 129n;

/** Many sides share the internet's addresses. */
const sizes = new WeakMap<IntervalSet, bigint>();

/** How many addresses a side has; of one whose addresses are not known yet, more than all. */
export function sizeOf({ addresses }: Side): bigint {
  if (addresses.length === 0) return everySize;
  const size =
    sizes.get(addresses) ?? addresses.reduce((sum, { from, to }) => sum + to - from + 1n, 0n);
  sizes.set(addresses, size);
  return size;
}
