/**
 * Session tags and source identity that a token carries (IAM user guide, "Pass session tags in AWS
 * STS", "Passing session tags using AssumeRoleWithWebIdentity"; "Monitor and control actions taken
 * with assumed roles").
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { objectAt, textAt, textsAt, textsOf } from "../live.ts";
import { type Known, value, values } from "./request.ts";

const tagsClaim = "https://aws.amazon.com/tags";
const sourceIdentityClaim = "https://aws.amazon.com/source_identity";

/** What goes into the session beside the role. */
export interface SessionTags {
  readonly tags: Readonly<Record<string, string>>;
  readonly transitive: readonly string[];
  readonly sourceIdentity: string;
}

/** The tags of a token, nested or flattened into claims of their own. */
export function sessionTagsOf(claims: JsonObject): SessionTags {
  const nested = objectAt(claims[tagsClaim], "principal_tags");
  const flat = Object.keys(claims)
    .filter((name) => name.startsWith(`${tagsClaim}/principal_tags/`))
    .map((name) => [name.slice(`${tagsClaim}/principal_tags/`.length), claims[name]] as const);
  const all = [...Object.entries(nested), ...flat];
  return {
    tags: Object.fromEntries(all.map(([key, tag]) => [key, textsOf(tag)[0] ?? ""])),
    transitive: [
      ...textsAt(claims[tagsClaim], "transitive_tag_keys"),
      ...textsOf(claims[`${tagsClaim}/transitive_tag_keys`]),
    ],
    sourceIdentity: textAt({ at: claims[sourceIdentityClaim] ?? null }, "at"),
  };
}

/** A session without tags. */
export const untagged: SessionTags = { tags: {}, transitive: [], sourceIdentity: "" };

/**
 * What a session hands on to the next one of a role chain: its transitive tags and its source identity
 * (IAM user guide, "Chaining roles with session tags"; "Monitor and control actions taken with assumed
 * roles", role chaining).
 */
export function inherited({ tags, transitive, sourceIdentity }: SessionTags): SessionTags {
  const kept = Object.entries(tags).filter(([key]) => transitive.includes(key));
  return { tags: Object.fromEntries(kept), transitive: kept.map(([key]) => key), sourceIdentity };
}

/** The actions that the trust policy must allow: tags need `sts:TagSession`, a source identity `sts:SetSourceIdentity`. */
export function neededActions(assume: string, { tags, sourceIdentity }: SessionTags): string[] {
  return [
    assume,
    ...(Object.keys(tags).length > 0 ? ["sts:TagSession"] : []),
    ...(sourceIdentity === "" ? [] : ["sts:SetSourceIdentity"]),
  ];
}

/** Context keys about tags; `undefined` for other keys. */
export function tagKey(
  { tags, transitive, sourceIdentity }: SessionTags,
  key: string,
): Known | undefined {
  if (key.startsWith("aws:requesttag/")) {
    const wanted = key.slice("aws:requesttag/".length);
    const found = Object.entries(tags).find(([name]) => name.toLowerCase() === wanted);
    return found === undefined ? { kind: "absent" } : value(found[1]);
  }
  if (key === "aws:tagkeys") return orAbsent(Object.keys(tags));
  if (key === "sts:transitivetagkeys") return orAbsent(transitive);
  if (key === "sts:sourceidentity") return orAbsent(sourceIdentity === "" ? [] : [sourceIdentity]);
  return undefined;
}

function orAbsent(texts: readonly string[]): Known {
  return texts.length === 0 ? { kind: "absent" } : values(texts);
}
