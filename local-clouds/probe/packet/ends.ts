/** The two ends of a packet's way, as a person names them. */

import { BadRequest } from "../../lifecycle/session.ts";
import { type Address, addressOf, holds, isPublic, publicMember } from "./address.ts";
import {
  rangesOf as awsRanges,
  subnetsOf as awsSubnets,
  imaginedIn as imaginedAws,
} from "./aws/networks.ts";
import {
  prefixesOf as azureRanges,
  subnetsOf as azureSubnets,
  imaginedIn as imaginedAzure,
} from "./azure/networks.ts";
import { interfaceOf, interfacesOf, publicAddresses } from "./clouds.ts";
import { type Deployed, groupedBy } from "./deployed.ts";
import {
  rangesOf as gcpRanges,
  subnetsOf as gcpSubnets,
  imaginedIn as imaginedGcp,
} from "./gcp/networks.ts";
import { clusterEnd, clusterEndAt } from "./kubernetes/ends.ts";
import { entranceAt } from "./kubernetes/service.ts";
import type { CloudInterface, End, Outside } from "./trip.ts";

/** Somebody on the internet (RFC 5737, RFC 3849: nobody real). */
const somebody = ["192.0.2.1", "2001:db8:ffff::1"];

/** How many names an error lists. */
const listedMax = 5;

/**
 * The end that a text names: `internet`, an address, an id or URN (or its unique end), or
 * `cluster/namespace/name`. After `@` stand the members that a new interface or pod would have, by
 * comma: groups, tags, service accounts, labels. Throws `BadRequest` if nothing or several fit.
 */
export function endOf(deployed: Deployed, text: string): End {
  if (text === "internet") {
    return {
      cloud: "outside",
      id: "internet",
      addresses: somebody.flatMap((one) => addressOf(one) ?? []),
    };
  }
  const [base = "", list] = splitMembers(text);
  const members = (list ?? "").split(",").filter((member) => member !== "");
  const address = addressOf(base);
  if (address !== undefined) return withAddress(deployed, address);
  return byName(deployed, base, members) ?? clusterEndAt(deployed, base, members) ?? unknown(text);
}

/** Members stand after an `@` that is no part of an id: ids and URNs have none, service accounts come last. */
function splitMembers(text: string): readonly [string, string | undefined] {
  const at = text.indexOf("@");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function unknown(text: string): never {
  throw new BadRequest(
    `nothing is named ${text}: give an address, "internet", an id, a URN or its end, or cluster/namespace/name`,
  );
}

function byName(deployed: Deployed, base: string, members: readonly string[]): End | undefined {
  const lives = deployed.named(base);
  const ids = members.map((member) => memberId(deployed, member));
  const ends = lives.flatMap((live): readonly End[] =>
    [interfaceOf(deployed, live, ids) ?? clusterEnd(live, members) ?? []].flat(),
  );
  const different = new Map(ends.map((end) => [end.id, end]));
  if (different.size > 1)
    throw several(
      base,
      lives.map(({ urn, id }) => urn || id),
    );
  const [end] = different.values();
  if (
    end === undefined &&
    lives.length > 0 &&
    lives.every(({ token }) => !token.startsWith("kubernetes:"))
  ) {
    throw new BadRequest(`${base} is a ${lives[0]?.token ?? ""}, from and to which no packet goes`);
  }
  return end;
}

/**
 * A member by its id where it is written as an id or as `Type::name`; anything else stays the text
 * it is: a network tag, an account, a label, or {@link publicMember}.
 */
function memberId(deployed: Deployed, member: string): string {
  if (member === publicMember) return member;
  const lives = deployed.named(member).filter(({ id }) => member.includes("::") || id === member);
  const ids = [...new Set(lives.map(({ id }) => id))];
  if (ids.length > 1) {
    throw several(
      member,
      lives.map(({ urn, id }) => urn || id),
    );
  }
  if (ids.length === 0 && member.includes("::")) return unknown(member);
  return ids[0] ?? member;
}

function several(name: string, names: readonly string[]): BadRequest {
  const list = names.slice(0, listedMax).join(", ");
  return new BadRequest(`${names.length} resources fit ${name}: ${list}; give the whole URN`);
}

/** Who has an address: an interface, a new one in a subnet that holds it, or nobody in the clouds. */
function withAddress(deployed: Deployed, address: Address): End {
  const owners = deployed.once(interfacesByAddress).get(address.text) ?? [];
  const candidates =
    owners.length > 0 ? owners : isPublic(address) ? [] : newOwners(deployed, address);
  const [only] = candidates;
  const entrance = entranceAt(deployed, address);
  if (entrance !== undefined) return entrance;
  // Several networks may have the address: routes decide then which one is meant.
  return candidates.length === 1 && only !== undefined
    ? only
    : ({ cloud: "outside", id: address.text, addresses: [address] } satisfies Outside);
}

function interfacesByAddress(deployed: Deployed): ReadonlyMap<string, readonly CloudInterface[]> {
  const pairs = interfacesOf(deployed).flatMap((end) => {
    const texts = [...end.addresses, ...publicAddresses(end)].map(({ text }) => text);
    return [...new Set(texts)].map((text) => ({ text, end }));
  });
  const groups = groupedBy(pairs, ({ text }) => text);
  return new Map([...groups].map(([text, found]) => [text, found.map(({ end }) => end)]));
}

function newOwners(deployed: Deployed, address: Address): readonly CloudInterface[] {
  const held = (ranges: readonly string[]) => ranges.some((range) => holds(range, address));
  return [
    ...awsSubnets(deployed)
      .filter(({ properties }) => held(awsRanges(properties)))
      .map((subnet) => imaginedAws(deployed, subnet, [], address)),
    ...azureSubnets(deployed)
      .filter((subnet) => held(azureRanges(subnet)))
      .map((subnet) => imaginedAzure(deployed, subnet, [], address)),
    ...gcpSubnets(deployed)
      .filter((subnet) => held(gcpRanges(subnet)))
      .map((subnet) => imaginedGcp(deployed, subnet, [], address)),
  ];
}
