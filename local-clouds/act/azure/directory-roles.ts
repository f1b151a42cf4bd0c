/**
 * Whether Entra lets a request through (Microsoft Entra, "Microsoft Entra built-in roles", "Overview of
 * role-based access control in Microsoft Entra ID").
 */

import { directoryRolesOf } from "../../probe/token/azure/directory.ts";
import { type LiveWorld, textAt, textsAt } from "../../probe/token/live.ts";
import { because, type Check, every, no, type Reason, unclear } from "../../probe/token/verdict.ts";
import type { AzureActor } from "./actor.ts";
import { isEnabled } from "./decide.ts";

const source = "Microsoft Entra, Microsoft Entra built-in roles";

const applications = [
  "microsoft.directory/applications/",
  "microsoft.directory/servicePrincipals/",
];

/** By template id: name, and beginnings of the actions that the role has. */
const roles: Readonly<Record<string, { readonly name: string; readonly has: readonly string[] }>> =
  {
    "62e90394-69f5-4237-9190-012177145e10": {
      name: "Global Administrator",
      has: ["microsoft.directory/"],
    },
    "e8611ab8-c189-46e8-94e1-60213ab1f814": {
      name: "Privileged Role Administrator",
      has: ["microsoft.directory/roleAssignments/", "microsoft.directory/roleDefinitions/"],
    },
    "fe930be7-5e62-47db-91af-98c3a49a38b1": {
      name: "User Administrator",
      has: ["microsoft.directory/users/", "microsoft.directory/groups/"],
    },
    "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3": {
      name: "Application Administrator",
      has: applications,
    },
    "158c047a-c907-4556-b7ef-446551a6b5f7": {
      name: "Cloud Application Administrator",
      has: applications,
    },
    "88d8e3e3-8f55-4a1e-953a-9b9898b8876b": { name: "Directory Readers", has: [] },
  };

/** Whether an actor may take an action on an object of its tenant. */
export function decideEntra(
  live: LiveWorld,
  actor: AzureActor,
  object: string,
  action: string,
): Check {
  return every([() => isEnabled(actor), () => byRole(live, actor, object, action)]);
}

function byRole(live: LiveWorld, actor: AzureActor, object: string, action: string): Check {
  const held = [...directoryRolesOf(live, actor.objectId)].map((id) => templateOf(live, id));
  const reason: Reason = {
    stage: "directory roles",
    rule: action,
    got: `${actor.name} with ${held.map((id) => roles[id]?.name ?? id).join(", ") || "no role"}`,
    wanted: "a directory role with the action",
    source,
  };
  const won = held.find((id) => roles[id]?.has.some((start) => action.startsWith(start)));
  if (won !== undefined) return because({ ...reason, rule: roles[won]?.name ?? won });
  if (
    /^microsoft\.directory\/(applications|servicePrincipals)\//.test(action) &&
    owns(live, actor, object)
  ) {
    return because({
      ...reason,
      rule: "owner",
      source: "Microsoft Entra, Default user permissions, Object ownership",
    });
  }
  const open = held.find((id) => roles[id] === undefined);
  return open === undefined
    ? no(reason)
    : unclear({ ...reason, rule: open, got: "a role whose actions are not told here" });
}

/** Assignments name a role by its template, or the tenant's own object of it. */
function templateOf(live: LiveWorld, id: string): string {
  const found = live
    .of("azuread:index/directoryRole:DirectoryRole")
    .find(({ properties }) => textAt(properties, "objectId") === id);
  return textAt(found?.properties, "templateId") || id;
}

function owns(live: LiveWorld, { objectId }: AzureActor, object: string): boolean {
  return live
    .like(/^azuread:index\/(application|servicePrincipal)/)
    .some(
      ({ id, properties }) =>
        [
          id,
          textAt(properties, "objectId"),
          textAt(properties, "clientId"),
          textAt(properties, "displayName"),
        ].includes(object) && textsAt(properties, "owners").includes(objectId),
    );
}
