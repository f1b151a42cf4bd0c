/** Entra Conditional Access (Microsoft Graph: conditionalAccessPolicy, namedLocation). */

import { tryParseCidr } from "../../../../model/base/address.ts";
import type { Resource } from "../../../types/resource.ts";
import type { InputFault, Reference, TypeEntry } from "../../../types/type.ts";
import { groupTokens, objectIdOf, oneOf, toObject } from "./common.ts";

const states = ["enabled", "disabled", "enabledForReportingButNotEnforced"];
const clientTypes = [
  "all",
  "browser",
  "mobileAppsAndDesktopClients",
  "exchangeActiveSync",
  "easSupported",
  "other",
];

/** Words that stand for no single object. */
const words = { locations: ["All", "AllTrusted"], users: ["All", "None", "GuestsOrExternalUsers"] };

const location: TypeEntry = {
  token: "azuread:index/namedLocation:NamedLocation",
  check: locationFaults,
  id: (r) => `/identity/conditionalAccess/namedLocations/${r.uuid("object")}`,
  outputs: {
    objectId: (r) => r.uuid("object"),
    "ip.trusted": false,
    "country.includeUnknownCountriesAndRegions": false,
  },
  keys: ["objectId"],
  inUse: {
    code: "BadRequest",
    says: "1104: The named location {id} is referenced by conditional access policies: {value}.",
  },
  timeouts: { create: 300, read: 300, update: 300, delete: 300 },
};

function locationFaults(r: Resource): readonly InputFault[] {
  const forms = ["country", "ip"].filter((form) => r.given(form) !== undefined);
  const ranges = r
    .every("ip.ipRanges[*]")
    .filter((range) => typeof range !== "string" || tryParseCidr(range) === undefined);
  return [
    ...(forms.length === 1
      ? []
      : [{ property: forms[0] ?? "ip", reason: "exactly one of `country,ip` must be specified" }]),
    ...ranges.map((range) => ({
      property: "ip.ipRanges",
      reason: `expected a valid CIDR, got ${String(range)}`,
    })),
  ];
}

/** Named locations are told by object id, or by the resource id of this provider. */
function toLocation(at: string): Reference {
  return {
    at,
    to: location.token,
    by: "objectId",
    key: (_r, value) => objectIdOf(value),
    unless: (value) => words.locations.includes(value),
    holds: true,
    missing: {
      code: "BadRequest",
      says: "1040: NamedLocation with id {value} does not exist in the directory.",
    },
  };
}

function toParty(at: string, tokens: readonly string[]): Reference {
  const known = toObject(at, tokens);
  return {
    ...known,
    unless: (value, r) => words.users.includes(value) || known.unless?.(value, r) === true,
    missing: {
      code: "BadRequest",
      says: "1011: Policy contains an object id that does not exist in the directory: {value}",
    },
  };
}

const userTokens = ["azuread:index/user:User"];

const policy: TypeEntry = {
  token: "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",
  check: policyFaults,
  id: (r) => `/identity/conditionalAccess/policies/${r.uuid("object")}`,
  outputs: { objectId: (r) => r.uuid("object") },
  keys: ["objectId"],
  references: [
    toLocation("conditions.locations.includedLocations[*]"),
    toLocation("conditions.locations.excludedLocations[*]"),
    toParty("conditions.users.includedGroups[*]", groupTokens),
    toParty("conditions.users.excludedGroups[*]", groupTokens),
    toParty("conditions.users.includedUsers[*]", userTokens),
    toParty("conditions.users.excludedUsers[*]", userTokens),
    {
      at: "grantControls.authenticationStrengthPolicyId",
      to: "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy",
      unless: (value) => /00000000-0000-0000-0000-00000000000[2-4]$/.test(value),
      holds: true,
      missing: {
        code: "BadRequest",
        says: "1034: Policy contains an authentication strength that does not exist: {value}",
      },
    },
  ],
  timeouts: { create: 300, read: 300, update: 300, delete: 300 },
};

function policyFaults(r: Resource): readonly InputFault[] {
  const controls = ["grantControls", "sessionControls"].filter(
    (part) => r.given(part) !== undefined,
  );
  return [
    ...oneOf(r.text("state", ""), "state", states),
    ...r
      .list("conditions.clientAppTypes")
      .flatMap((type) => oneOf(String(type), "conditions.clientAppTypes", clientTypes)),
    ...(controls.length > 0
      ? []
      : [
          {
            property: "grantControls",
            reason: "one of `grantControls,sessionControls` must be specified",
          },
        ]),
    ...(r.given("grantControls.operator") === undefined
      ? []
      : oneOf(r.text("grantControls.operator"), "grantControls.operator", ["AND", "OR"])),
  ];
}

const strength: TypeEntry = {
  token: "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy",
  id: (r) => `/policies/authenticationStrengthPolicies/${r.uuid("object")}`,
  inUse: {
    code: "BadRequest",
    says: "The authentication strength {id} is used by conditional access policies: {value}.",
  },
};

/** The entries of Conditional Access. */
export const conditionalAccessTypes: readonly TypeEntry[] = [location, policy, strength];
