/** Bindings and members of the policies that Google's resources have, for every kind of resource alike. */

import type { Resource } from "../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../types/type.ts";
import { absent, badRequest, iamEtag, toId } from "./common.ts";
import { idOf, ownPlaces, placesOf } from "./shaped.ts";

/** A kind of resource that has an IAM policy. */
export interface Granting {
  /** Token without its last part, e.g. `gcp:pubsub/topicIAM` for `gcp:pubsub/topicIAMBinding:TopicIAMBinding`. */
  readonly family: string;
  /** The input that names the resource. */
  readonly input: string;
  /** The resource's name as ids of grants hold it, e.g. `projects/{project}/topics/{topic}`. */
  readonly form: string;
  /** Tokens of the resource; absent where it is not in this world (projects, folders). */
  readonly to?: string | readonly string[];
  /** The input is the project, and the provider's own where none is given. */
  readonly ownProject?: boolean;
  /** The input comes back as the resource's whole name. */
  readonly fullName?: boolean;
}

/** Member, binding and policy of a kind of resource. */
export function grants(on: Granting): readonly TypeEntry[] {
  return [member(on), binding(on), policy(on)];
}

/** One grant to one member. */
export function member(on: Granting): TypeEntry {
  return {
    ...shared(on, "Member"),
    check: (r) => memberFaults("member", [r.text("member")]),
    forceNew: [...namesOf(on), "member", "role", "condition"],
    id: (r) => `${nameOn(on, r)}/${r.text("role")}/${r.text("member")}`,
    admit: (r) => strangeRole(r) ?? missingAccount(r, [r.text("member")]),
    // Adding a member who is there already is no error (IAM, "Policies").
    sharedId: true,
  };
}

/** Everybody who has one role. */
export function binding(on: Granting): TypeEntry {
  return {
    ...shared(on, "Binding"),
    check: (r) => memberFaults("members", r.list("members").map(String)),
    forceNew: [...namesOf(on), "role", "condition"],
    id: (r) => `${nameOn(on, r)}/${r.text("role")}`,
    admit: (r) => strangeRole(r) ?? missingAccount(r, r.list("members").map(String)),
  };
}

/** The whole policy. */
export function policy(on: Granting): TypeEntry {
  const { outputs, ...rest } = shared(on, "Policy");
  return {
    ...rest,
    outputs: { etag: iamEtag },
    forceNew: namesOf(on),
    id: (r) => nameOn(on, r),
    // Setting a policy replaces the one there was.
    sharedId: true,
  };
}

function shared(on: Granting, kind: string): TypeEntry {
  const leaf = on.family.slice(on.family.lastIndexOf("/") + 1);
  const name = (r: Resource) => nameOn(on, r);
  return {
    token: `${on.family}${kind}:${leaf.charAt(0).toUpperCase()}${leaf.slice(1)}${kind}`,
    id: name,
    ...(on.input === "name" ? { autoname: { property: "name", charactersMax: 63 } } : {}),
    // A project that is granted on is an input of its own, not the provider's.
    planned: on.input === "project" && on.ownProject !== true ? {} : ownPlaces(placesOf(on.form)),
    ...(on.fullName === true ? { normalised: { [on.input]: name } } : {}),
    outputs: { etag: iamEtag, ...absent("condition") },
    references:
      on.to === undefined
        ? []
        : [{ ...toId(on.input, on.to, false), by: ["id", "name", "email"], key: name }],
  };
}

/** The name of the resource; one that is given whole stays as it is. */
function nameOn(on: Granting, r: Resource): string {
  const given = r.text(on.input, "");
  return given.startsWith("projects/") && on.form.startsWith("projects/")
    ? given
    : idOf(on.form)(r);
}

function namesOf(on: Granting): readonly string[] {
  return [...new Set([on.input, ...placesOf(on.form)])];
}

/** Who may be granted something (IAM, "Principal identifiers"). */
const memberPattern =
  /^(allUsers|allAuthenticatedUsers|(user|group|domain|serviceAccount|projectOwner|projectEditor|projectViewer|principal|principalSet|deleted):.+)$/;

function memberFaults(property: string, members: readonly string[]): InputFault[] {
  return members
    .filter((one) => !memberPattern.test(one))
    .map((one) => ({
      property,
      reason: `invalid value for ${property} (IAM members must have one of the known prefixes): ${one}`,
    }));
}

/** Roles are Google's, a project's or an organisation's (IAM, "Roles and permissions"). */
function strangeRole(r: Resource): ServiceError | undefined {
  const role = r.text("role");
  return /^((projects|organizations)\/[^/]+\/)?roles\/[\w.]+$/.test(role)
    ? undefined
    : badRequest(`Role ${role} is not supported for this resource.`);
}

/** A service account of this world's projects must exist before it is granted anything. */
function missingAccount(r: Resource, members: readonly string[]): ServiceError | undefined {
  for (const one of members) {
    const match =
      /^serviceAccount:([a-z][-a-z0-9]+@([a-z][-a-z0-9]+)\.iam\.gserviceaccount\.com)$/.exec(one);
    if (match === null || match[2] !== r.account) continue;
    const known = r
      .all("gcp:serviceaccount/account:Account")
      .some(({ properties }) => properties["email"] === match[1]);
    if (!known) return badRequest(`Service account ${match[1]} does not exist.`);
  }
  return undefined;
}
