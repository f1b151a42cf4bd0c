/** Finds everything wrong with the arguments of a network, all at once. */
import type { Problem } from "../../model/base/problem.ts";
import { checkNetworkIntent } from "../../model/network/check-intent.ts";
import { segmentsIn } from "../../model/network/ends.ts";
import type { NetworkIntent } from "../../model/network/intent.ts";
import { checkLinks } from "../../model/network/link.ts";
import type { ExistingNetwork, NetworkArgs } from "./args.ts";

/** Problems of the arguments; an empty list means that they can be lowered. */
export function checkNetworkArgs({ intent, existing = {}, links = [] }: NetworkArgs): Problem[] {
  return [
    ...checkNetworkIntent(intent),
    ...checkLinks(intent, links),
    ...Object.entries(existing).flatMap(([place, network]) =>
      checkExisting(intent, place, network),
    ),
    ...links.flatMap((link, index) =>
      existing[link.place] === undefined ? [] : [linkIntoExisting(index, link.place)],
    ),
  ];
}

function checkExisting(intent: NetworkIntent, name: string, network: ExistingNetwork): Problem[] {
  const at = `existing.${name}`;
  const place = intent.places.find((candidate) => candidate.name === name);
  if (place === undefined) {
    return [
      {
        code: "input-unknown",
        place: at,
        got: JSON.stringify(name),
        allowed: intent.places.map((candidate) => candidate.name).join(", "),
        next: "Declare the place with its ranges first; they are what the rules are made from.",
      },
    ];
  }
  if (place.cloud !== network.cloud) {
    return [
      {
        code: "input-type",
        place: `${at}.cloud`,
        got: network.cloud,
        allowed: place.cloud,
        next: `Give the ids of a network in ${place.cloud}.`,
      },
    ];
  }
  return segmentsIn(intent, place).flatMap((segment) =>
    bySegment(network).flatMap(([property, ids]) =>
      ids[segment.name] === undefined ? [missing(`${at}.${property}`, segment.name)] : [],
    ),
  );
}

/** The properties of an existing network that must have an entry for each segment. */
function bySegment(network: ExistingNetwork): [string, Readonly<Record<string, unknown>>][] {
  return Object.entries(network).filter(
    (entry): entry is [string, Readonly<Record<string, unknown>>] => typeof entry[1] === "object",
  );
}

function missing(at: string, segment: string): Problem {
  return {
    code: "input-missing",
    place: `${at}.${segment}`,
    got: "nothing",
    allowed: "the id or name of what holds this segment",
    next: "Name the subnet of every segment that exists in the place, or let the segment not be there.",
  };
}

function linkIntoExisting(index: number, place: string): Problem {
  return {
    code: "input-type",
    place: `links[${index}].place`,
    got: JSON.stringify(place),
    allowed: "a place whose network Bulkhead creates",
    next: "Whoever made the existing network peers it; Bulkhead changes none of its routes.",
  };
}
