/**
 * Whether a Conditional Access policy applies to a user's sign-in (Microsoft Entra, "Building a
 * Conditional Access policy", "Assignments": all of them must fit).
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { at, type Live, type LiveWorld, objectsAt, textAt, textsAt } from "../live.ts";
import { directoryRolesOf, groupsOf } from "./directory.ts";
import { includedOnly, isFrom } from "./locations.ts";

/** A sign-in of a user to an application. */
export interface SignIn {
  readonly user: Live;
  /** Application id of what is signed in to. */
  readonly application: string;
  /** What was told of it: `ip`, `country`, `platform`, `client`, `signInRisk`, `userRisk`, `flow`. */
  readonly facts: JsonObject;
}

/** Whether it applies; `undefined` where that cannot be told. */
export function applies(live: LiveWorld, policy: Live, signIn: SignIn): boolean | undefined {
  const conditions = objectsAt(policy.properties, "conditions")[0] ?? {};
  const answers = [
    ofUsers(live, conditions, signIn.user),
    ofApplications(conditions, signIn.application),
    ofClients(conditions, signIn.facts),
    ofPlatforms(conditions, signIn.facts),
    ofLocations(live, policy.account, conditions, signIn.facts),
    ofLevels(textsAt(conditions, "signInRiskLevels"), textAt(signIn.facts, "signInRisk")),
    ofLevels(textsAt(conditions, "userRiskLevels"), textAt(signIn.facts, "userRisk")),
    ofLevels(textsAt(conditions, "insiderRiskLevels"), textAt(signIn.facts, "insiderRisk")),
    ofLevels(
      textsAt(conditions, "authenticationFlowTransferMethods"),
      textAt(signIn.facts, "flow"),
    ),
    // Filters for devices are expressions over attributes that no token of the world carries.
    at(objectsAt(conditions, "devices")[0], "filter") === undefined ? true : undefined,
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function ofUsers(live: LiveWorld, conditions: JsonObject, user: Live): boolean | undefined {
  const users = objectsAt(conditions, "users")[0] ?? {};
  const id = textAt(user.properties, "objectId");
  const guest = textAt(user.properties, "userType") === "Guest";
  const groups = groupsOf(live, id);
  const roles = directoryRolesOf(live, id);
  const is = (name: string) =>
    name === "All" || name === id || (name === "GuestsOrExternalUsers" && guest);
  const side = (word: "included" | "excluded") => [
    ...textsAt(users, `${word}Users`).map(is),
    ...textsAt(users, `${word}Groups`).map((group) => groups.has(group)),
    ...textsAt(users, `${word}Roles`).map((role) => roles.has(role)),
    // Kinds of guests, and their tenants, are not in the world beyond the user's own type.
    ...objectsAt(users, `${word}GuestsOrExternalUsers`).map(() => (guest ? undefined : false)),
  ];
  return includedOnly(side("included"), side("excluded"));
}

function ofApplications(conditions: JsonObject, application: string): boolean | undefined {
  const applications = objectsAt(conditions, "applications")[0] ?? {};
  // A policy for user actions or authentication contexts is not about signing in to an application.
  const included = textsAt(applications, "includedApplications");
  if (included.length === 0) return false;
  const is = (name: string) => {
    if (name === "All" || name.toLowerCase() === application.toLowerCase()) return true;
    // Which applications this set comprises is Microsoft's and changes.
    return name === "MicrosoftAdminPortals" ? undefined : false;
  };
  return includedOnly(included.map(is), textsAt(applications, "excludedApplications").map(is));
}

function ofClients(conditions: JsonObject, facts: JsonObject): boolean | undefined {
  const types = textsAt(conditions, "clientAppTypes");
  if (types.length === 0 || types.includes("all")) return true;
  const client = textAt(facts, "client");
  return client === "" ? undefined : types.includes(client);
}

function ofPlatforms(conditions: JsonObject, facts: JsonObject): boolean | undefined {
  const platforms = objectsAt(conditions, "platforms")[0];
  if (platforms === undefined) return true;
  const platform = textAt(facts, "platform");
  const is = (name: string) =>
    name === "all" ? true : platform === "" ? undefined : name === platform;
  return includedOnly(
    textsAt(platforms, "includedPlatforms").map(is),
    textsAt(platforms, "excludedPlatforms").map(is),
  );
}

function ofLocations(
  live: LiveWorld,
  tenant: string,
  conditions: JsonObject,
  facts: JsonObject,
): boolean | undefined {
  const locations = objectsAt(conditions, "locations")[0];
  if (locations === undefined) return true;
  const is = (place: string) => isFrom(live, tenant, place, facts);
  return includedOnly(
    textsAt(locations, "includedLocations").map(is),
    textsAt(locations, "excludedLocations").map(is),
  );
}

/** No level chosen: any will do. */
function ofLevels(levels: readonly string[], level: string): boolean | undefined {
  if (levels.length === 0) return true;
  return level === "" ? undefined : levels.includes(level);
}
