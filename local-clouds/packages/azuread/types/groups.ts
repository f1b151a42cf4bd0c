/** Entra groups, their members, and users (Microsoft Graph: group, user). */

import type { Resource } from "../../../types/resource.ts";
import type { Computed, InputFault, TypeEntry } from "../../../types/type.ts";
import { callerOf, groupTokens, others, toObject } from "./common.ts";

const group: TypeEntry = {
  token: "azuread:index/group:Group",
  defaults: { preventDuplicateNames: false },
  forceNew: ["assignableToRole", "behaviors", "mailNickname", "provisioningOptions", "types"],
  check: groupFaults,
  id: (r) => `/groups/${r.uuid("object")}`,
  outputs: {
    objectId: (r) => r.uuid("object"),
    mailNickname: (r) => r.hex("nickname", 10),
    mail: "",
    mailEnabled: false,
    securityEnabled: false,
    assignableToRole: false,
    autoSubscribeNewMembers: false,
    externalSendersAllowed: false,
    hideFromAddressLists: false,
    hideFromOutlookClients: false,
    members: [],
    owners: (r) => [callerOf(r.tenant, r.scope.config).objectId],
    onpremisesDomainName: "",
    onpremisesGroupType: "",
    onpremisesNetbiosName: "",
    onpremisesSamAccountName: "",
    onpremisesSecurityIdentifier: "",
    onpremisesSyncEnabled: false,
    preferredLanguage: "",
    proxyAddresses: [],
    visibility: "",
  },
  keys: ["objectId"],
  references: [toObject("members[*]"), toObject("owners[*]")],
  admit: (r) => {
    const name = r.text("displayName");
    const same = others(r).find(({ properties }) => properties["displayName"] === name);
    return same !== undefined && r.flag("preventDuplicateNames")
      ? {
          code: "ObjectConflict",
          says: `an existing group with name "${name}" (object ID: ${String(same.properties["objectId"])}) was found and duplicates are prevented`,
        }
      : undefined;
  },
  timeouts: { create: 1200, read: 300, update: 1200, delete: 300 },
};

function groupFaults(r: Resource): readonly InputFault[] {
  const types = r.list("types");
  const faults: InputFault[] = [];
  if (r.given("mailEnabled") === undefined && r.given("securityEnabled") === undefined) {
    faults.push({
      property: "mailEnabled",
      reason: "one of `mailEnabled,securityEnabled` must be specified",
    });
  }
  if (types.includes("Unified") && !r.flag("mailEnabled")) {
    faults.push({
      property: "mailEnabled",
      reason: "`mailEnabled` must be true for unified groups",
    });
  }
  if (r.flag("mailEnabled") && !types.includes("Unified")) {
    faults.push({
      property: "types",
      reason: '`types` must contain "Unified" for mail-enabled groups',
    });
  }
  if (r.flag("assignableToRole") && !r.flag("securityEnabled")) {
    faults.push({
      property: "assignableToRole",
      reason: "`securityEnabled` must be true when `assignableToRole` is true",
    });
  }
  if (types.includes("DynamicMembership") !== (r.given("dynamicMembership") !== undefined)) {
    faults.push({
      property: "dynamicMembership",
      reason: '`dynamicMembership` belongs with type "DynamicMembership", and only with it',
    });
  }
  if (r.given("dynamicMembership") !== undefined && r.list("members").length > 0) {
    faults.push({ property: "members", reason: '"members": conflicts with dynamicMembership' });
  }
  return faults;
}

const member: TypeEntry = {
  token: "azuread:index/groupMember:GroupMember",
  forceNew: ["groupObjectId", "memberObjectId"],
  id: (r) => `${r.text("groupObjectId")}/member/${r.text("memberObjectId")}`,
  references: [
    { ...toObject("groupObjectId", groupTokens), cascades: true },
    { ...toObject("memberObjectId"), cascades: true },
  ],
  taken: {
    code: "Request_BadRequest",
    says: "One or more added object references already exist for the following modified properties: 'members'.",
  },
  timeouts: { create: 300, read: 300, delete: 300 },
};

const user: TypeEntry = {
  token: "azuread:index/user:User",
  defaults: {
    accountEnabled: true,
    disablePasswordExpiration: false,
    disableStrongPassword: false,
    showInAddressList: true,
  },
  check: (r) =>
    /^[^@\s]+@[^@\s]+$/.test(r.text("userPrincipalName"))
      ? []
      : [
          {
            property: "userPrincipalName",
            reason: `must be of the form name@domain, got ${r.text("userPrincipalName")}`,
          },
        ],
  id: (r) => `/users/${r.uuid("object")}`,
  outputs: {
    objectId: (r) => r.uuid("object"),
    mail: "",
    mailNickname: (r) => r.text("userPrincipalName").split("@")[0] ?? "",
    userType: "Member",
    businessPhones: [],
    onpremisesImmutableId: "",
    password: (r) => r.characters("password", 24),
  },
  keys: ["objectId", "userPrincipalName"],
  admit: (r) =>
    others(r).some(
      ({ properties }) =>
        String(properties["userPrincipalName"]).toLowerCase() ===
        r.text("userPrincipalName").toLowerCase(),
    )
      ? {
          code: "Request_BadRequest",
          says: "Another object with the same value for property userPrincipalName already exists.",
        }
      : undefined,
};

/** A group whose members are resources of their own: it never shows or changes them. */
const groupWithoutMembers: TypeEntry = {
  ...group,
  token: "azuread:index/groupWithoutMembers:GroupWithoutMembers",
  outputs: shownWithout(group.outputs ?? {}, "members"),
  references: [toObject("owners[*]")],
};

function shownWithout(outputs: Readonly<Record<string, Computed>>, hidden: string) {
  return Object.fromEntries(Object.entries(outputs).filter(([key]) => key !== hidden));
}

/** The entries of groups and users. */
export const groupTypes: readonly TypeEntry[] = [group, groupWithoutMembers, member, user];
