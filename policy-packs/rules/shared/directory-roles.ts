/** Roles of the Entra directory, and who has them all the time. */

/** By canonical type of assignment the properties that name the role and its holder. */
export const directoryAssignments: Readonly<
  Record<string, { readonly role: string; readonly principal: string }>
> = {
  "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment": {
    role: "roleId",
    principal: "principalObjectId",
  },
  "azuread:index/directoryRoleMember:DirectoryRoleMember": {
    role: "roleObjectId",
    principal: "memberObjectId",
  },
};

/** Template ids of the roles that Microsoft calls privileged, by name. */
export const privilegedRoles: Readonly<Record<string, string>> = {
  "Application Administrator": "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
  "Authentication Administrator": "c4e39bd9-1100-46d3-8c65-fb160da0071f",
  "Cloud Application Administrator": "158c047a-c907-4556-b7ef-446551a6b5f7",
  "Conditional Access Administrator": "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9",
  "Exchange Administrator": "29232cdf-9323-42fd-ade2-1d097af3e4de",
  "Global Administrator": "62e90394-69f5-4237-9190-012177145e10",
  "Helpdesk Administrator": "729827e3-9c14-49f7-bb1b-9608f156bbb8",
  "Hybrid Identity Administrator": "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2",
  "Intune Administrator": "3a2c62db-5318-420d-8d74-23affee5d9d5",
  "Privileged Authentication Administrator": "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
  "Privileged Role Administrator": "e8611ab8-c189-46e8-94e1-60213ab1f814",
  "Security Administrator": "194ae4cb-b126-40b2-bd5b-6091b380977d",
  "User Administrator": "fe930be7-5e62-47db-91af-98c3a49a38b1",
};

/** The privileged role of the name or template id. */
export function privilegedRole(word: string): string | undefined {
  return Object.keys(privilegedRoles).find(
    (name) =>
      name.toLowerCase() === word.toLowerCase() || privilegedRoles[name] === word.toLowerCase(),
  );
}
