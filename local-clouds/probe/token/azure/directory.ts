/** Groups and directory roles of an object (Microsoft Graph, "List group transitive memberOf"). */

import { type LiveWorld, textAt, textsAt } from "../live.ts";

const groupToken = "azuread:index/group:Group";
const memberToken = "azuread:index/groupMember:GroupMember";
const roleToken = "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment";

/** Object ids of all groups that an object is in, through other groups, too. */
export function groupsOf(live: LiveWorld, objectId: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [objectId];
  for (let member = open.pop(); member !== undefined; member = open.pop()) {
    for (const group of directGroups(live, member)) {
      if (!found.has(group)) open.push(group);
      found.add(group);
    }
  }
  return found;
}

function directGroups(live: LiveWorld, member: string): readonly string[] {
  const listed = live
    .of(groupToken)
    .filter(({ properties }) => textsAt(properties, "members").includes(member))
    .map(({ properties }) => textAt(properties, "objectId"));
  const linked = live
    .of(memberToken)
    .filter(({ properties }) => textAt(properties, "memberObjectId") === member)
    .map(({ properties }) => textAt(properties, "groupObjectId"));
  return [...listed, ...linked];
}

/** Ids of the directory roles assigned to an object or to one of its groups. */
export function directoryRolesOf(live: LiveWorld, objectId: string): ReadonlySet<string> {
  const holders = new Set([objectId, ...groupsOf(live, objectId)]);
  return new Set(
    live
      .of(roleToken)
      .filter(({ properties }) => holders.has(textAt(properties, "principalObjectId")))
      .map(({ properties }) => textAt(properties, "roleId")),
  );
}
