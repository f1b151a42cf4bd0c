/** Links: routes from a place to a network that exists already, by peering inside one cloud. */
import type { Cidr } from "../base/address.ts";
import { cidrProblem, formatCidr, overlap, tryParseCidr } from "../base/address.ts";
import type { Problem } from "../base/problem.ts";
import type { Cloud, NetworkIntent } from "./intent.ts";

/**
 * A peering from a place to an existing network of the same cloud. A link is a route, not a
 * permission: what may pass it is still said by flows, in which its addresses are "internet".
 */
export interface LinkIntent {
  readonly name: string;
  readonly place: string;
  /** Id of the other network: `vpc-…`, an Azure resource id, or `projects/P/global/networks/N`. */
  readonly network: string;
  /** Ranges of the other network, either family. */
  readonly cidrs: readonly string[];
  /** Account of the other network, where it is another one (AWS). */
  readonly account?: string;
  /** Region of the other network, where it is another one (AWS). */
  readonly region?: string;
}

/** The form of a network's id in each cloud. */
const networkIdShapes: Record<Cloud, { readonly pattern: RegExp; readonly says: string }> = {
  aws: { pattern: /^vpc-[0-9a-f]{8,17}$/, says: "vpc-0123456789abcdef0" },
  azure: {
    pattern:
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+$/i,
    says: "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…",
  },
  gcp: {
    pattern:
      /^(https:\/\/www\.googleapis\.com\/compute\/v1\/)?projects\/[^/]+\/global\/networks\/[^/]+$/,
    says: "projects/PROJECT/global/networks/NAME",
  },
};

/** Everything wrong with the links of an intent that is itself sound. */
export function checkLinks(intent: NetworkIntent, links: readonly LinkIntent[]): Problem[] {
  const taken = intent.places.flatMap((place) =>
    ranges([place.cidr4, place.cidr6 ?? ""], `places.${place.name}`),
  );
  return links.flatMap((link, index) => {
    const at = `links[${index}]`;
    const own = ranges(link.cidrs, at);
    const problems = [
      ...checkName(links, link, index),
      ...checkNetwork(intent, link, at),
      ...link.cidrs
        .filter((cidr) => tryParseCidr(cidr) === undefined)
        .map((cidr) => cidrProblem(cidr, `${at}.cidrs`)),
      ...own.flatMap((range) => overlaps(range, taken)),
    ];
    taken.push(...own);
    return problems;
  });
}

interface Range {
  readonly at: string;
  readonly cidr: Cidr;
}

function ranges(texts: readonly string[], at: string): Range[] {
  return texts.flatMap((text) => {
    const cidr = tryParseCidr(text);
    return cidr === undefined ? [] : [{ at, cidr }];
  });
}

function overlaps(range: Range, taken: readonly Range[]): Problem[] {
  return taken
    .filter((other) => overlap(other.cidr, range.cidr))
    .map((other) => ({
      code: "address-overlap",
      place: `${range.at}.cidrs`,
      got: formatCidr(range.cidr),
      allowed: `a range outside ${formatCidr(other.cidr)} (${other.at})`,
      next: "Peered networks may not share addresses; renumber one of the two.",
    }));
}

function checkName(links: readonly LinkIntent[], link: LinkIntent, index: number): Problem[] {
  const first = links.findIndex((other) => other.name === link.name);
  if (first === index && /^[a-z][a-z0-9-]{0,19}$/.test(link.name)) return [];
  return [
    {
      code: first === index ? "input-type" : "input-duplicate",
      place: `links[${index}].name`,
      got: JSON.stringify(link.name),
      allowed: "1–20 lower-case letters, digits and hyphens, a letter first, each name once",
      next: "Choose another name; it becomes part of resource names.",
    },
  ];
}

function checkNetwork(intent: NetworkIntent, link: LinkIntent, at: string): Problem[] {
  const place = intent.places.find(({ name }) => name === link.place);
  if (place === undefined) {
    return [
      {
        code: "input-unknown",
        place: `${at}.place`,
        got: JSON.stringify(link.place),
        allowed: intent.places.map(({ name }) => name).join(", "),
        next: "Name a place of this network.",
      },
    ];
  }
  const shape = networkIdShapes[place.cloud];
  if (shape.pattern.test(link.network)) return [];
  return [
    {
      code: "input-type",
      place: `${at}.network`,
      got: JSON.stringify(link.network),
      allowed: shape.says,
      next: `Give the id of a network in the same cloud as place ${place.name}.`,
    },
  ];
}
