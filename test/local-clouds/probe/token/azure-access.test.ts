/** Sign-ins to Azure Resource Manager, and Conditional Access. */

import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import {
  accessPolicy,
  application,
  credential,
  entra,
  signIn,
  tenant,
  textOf,
  under,
  user,
  usual,
} from "./azure-world.ts";
import { type Presentation, type Row, type TestWorld, table } from "./kit.ts";

const building = "Microsoft Entra, Building a Conditional Access policy";
const granting = "Microsoft Entra, Conditional Access: Grant";
const network = "Microsoft Entra, Conditional Access: Network assignment";
const tokens =
  "Microsoft identity platform, Access tokens in the Microsoft identity platform, Validate tokens";
const workload = "Microsoft Entra, Conditional Access for workload identities";
const strength = "Microsoft Entra, Conditional Access authentication strength";
const to = `tenant ${tenant}`;
const blocked = { outcome: "refused", by: "conditional access: policy" } as const;
const becomes = { outcome: "becomes", by: "principal: oid" } as const;

const signIns: readonly Row[] = [
  {
    says: "a user's token for Azure Resource Manager is that user there",
    source: tokens,
    set: (world) => ({ to, mint: signIn(textOf(user(world), "objectId")) }),
    expect: { ...becomes, as: "alice@example.com" },
  },
  {
    says: "a token for another audience is not for Azure Resource Manager",
    source: tokens,
    set: (world) => ({
      to,
      mint: {
        ...signIn(textOf(user(world), "objectId")),
        audience: ["https://graph.microsoft.com"],
      },
    }),
    expect: { outcome: "refused", by: "audience: aud", got: "graph.microsoft.com" },
  },
  {
    says: "an object that is not in the tenant is nobody",
    source: tokens,
    set: (world) => {
      user(world);
      return { to, mint: signIn("99999999-9999-4999-8999-999999999999") };
    },
    expect: { outcome: "refused", by: "principal: oid", got: "99999999-9999" },
  },
  {
    says: "a disabled user cannot sign in",
    source:
      "Microsoft identity platform, Microsoft Entra authentication and authorization error codes",
    set: (world) => {
      const made = user(world);
      world.lab.drift(made, "accountEnabled", false);
      return { to, mint: signIn(textOf(made, "objectId")) };
    },
    expect: { outcome: "refused", by: "principal: oid", got: "which is disabled" },
  },
  {
    says: "an expired access token is refused",
    source: tokens,
    set: (world) => ({ to, mint: { ...signIn(textOf(user(world), "objectId")), expired: true } }),
    expect: { outcome: "refused", by: "time: exp" },
  },
];

const assignments: readonly Row[] = [
  {
    says: "a policy that requires MFA refuses a sign-in without it",
    source: granting,
    set: under({}),
    expect: { ...blocked, got: "a sign-in without it" },
  },
  {
    says: "a sign-in with MFA satisfies it",
    source: granting,
    set: under({}, {}, { amr: ["pwd", "mfa"] }),
    expect: becomes,
  },
  {
    says: "a report-only policy enforces nothing",
    source: "Microsoft Entra, Conditional Access report-only mode",
    set: under({}, { state: "enabledForReportingButNotEnforced" }),
    expect: becomes,
  },
  {
    says: "a disabled policy enforces nothing",
    source: building,
    set: under({}, { state: "disabled" }),
    expect: becomes,
  },
  {
    says: "a policy for other users does not apply",
    source: `${building}, Assignments`,
    set: (world) => {
      const [alice, bob] = [user(world), user(world, "bob")];
      accessPolicy(world, { users: { includedUsers: [textOf(bob, "objectId")] } });
      return { to, mint: signIn(textOf(alice, "objectId")) };
    },
    expect: becomes,
  },
  {
    says: "an excluded user is out, whoever includes it",
    source: `${building}, Assignments`,
    set: (world) => {
      const alice = user(world);
      accessPolicy(world, {
        users: { includedUsers: ["All"], excludedUsers: [textOf(alice, "objectId")] },
      });
      return { to, mint: signIn(textOf(alice, "objectId")) };
    },
    expect: becomes,
  },
  {
    says: "members of an included group are included",
    source: `${building}, Assignments`,
    set: (world) => {
      const alice = user(world);
      accessPolicy(world, {
        users: { includedGroups: [groupOf(world, textOf(alice, "objectId"))] },
      });
      return { to, mint: signIn(textOf(alice, "objectId")) };
    },
    expect: blocked,
  },
  {
    says: "members of an excluded group are out",
    source: `${building}, Assignments`,
    set: (world) => {
      const alice = user(world);
      accessPolicy(world, {
        users: {
          includedUsers: ["All"],
          excludedGroups: [groupOf(world, textOf(alice, "objectId"))],
        },
      });
      return { to, mint: signIn(textOf(alice, "objectId")) };
    },
    expect: becomes,
  },
  {
    says: "None includes nobody",
    source: `${building}, Assignments`,
    set: under({ users: { includedUsers: ["None"] } }),
    expect: becomes,
  },
  {
    says: "guests are included by their own word",
    source: `${building}, Assignments`,
    set: (world) => {
      const guest = user(world);
      world.lab.drift(guest, "userType", "Guest");
      accessPolicy(world, { users: { includedUsers: ["GuestsOrExternalUsers"] } });
      return { to, mint: signIn(textOf(guest, "objectId")) };
    },
    expect: blocked,
  },
  {
    says: "members are no guests",
    source: `${building}, Assignments`,
    set: under({ users: { includedUsers: ["GuestsOrExternalUsers"] } }),
    expect: becomes,
  },
  {
    says: "a policy for another application does not apply",
    source: `${building}, Target resources`,
    set: under({
      applications: { includedApplications: ["00000003-0000-0000-c000-000000000000"] },
    }),
    expect: becomes,
  },
  {
    says: "a policy for Azure Resource Manager's application applies",
    source: `${building}, Target resources`,
    set: under({
      applications: { includedApplications: ["797f4846-ba00-4fd7-ba43-dac1f8f63013"] },
    }),
    expect: blocked,
  },
  {
    says: "an excluded application is out",
    source: `${building}, Target resources`,
    set: under({
      applications: {
        includedApplications: ["All"],
        excludedApplications: ["797f4846-ba00-4fd7-ba43-dac1f8f63013"],
      },
    }),
    expect: becomes,
  },
  {
    says: "a policy for user actions is not about signing in to an application",
    source: `${building}, Target resources`,
    set: under({ applications: { includedUserActions: ["urn:user:registersecurityinfo"] } }),
    expect: becomes,
  },
];

function groupOf(world: TestWorld, member: string): string {
  const made = entra(world).create("azuread:index/group:Group", "group", {
    displayName: "group",
    securityEnabled: true,
    members: [member],
  });
  return textOf(made, "objectId");
}

/** A sign-in from an address, and a policy about a place of two ranges. */
function from(
  ip: string | undefined,
  trusted: boolean,
  locations: (id: string) => JsonObject,
): (world: TestWorld) => Presentation {
  return (world) => {
    const alice = user(world);
    const place = entra(world).create("azuread:index/namedLocation:NamedLocation", "office", {
      displayName: "office",
      ip: { ipRanges: ["203.0.113.0/24", "2001:db8::/32"], trusted },
    });
    accessPolicy(world, { locations: locations(textOf(place, "objectId")) });
    return { to, mint: signIn(textOf(alice, "objectId")), context: ip === undefined ? {} : { ip } };
  };
}

/** A sign-in from a country, and a policy about another or the same. */
function fromCountry(country: string): (world: TestWorld) => Presentation {
  return (world) => {
    const alice = user(world);
    const place = entra(world).create("azuread:index/namedLocation:NamedLocation", "abroad", {
      displayName: "abroad",
      country: { countriesAndRegions: ["FR", "BE"] },
    });
    accessPolicy(world, { locations: { includedLocations: [textOf(place, "objectId")] } });
    return { to, mint: signIn(textOf(alice, "objectId")), context: { country } };
  };
}

const conditions: readonly Row[] = [
  {
    says: "a policy for a place applies to sign-ins from there",
    source: network,
    set: from("203.0.113.7", false, (id) => ({ includedLocations: [id] })),
    expect: blocked,
  },
  {
    says: "a policy for a place does not apply elsewhere",
    source: network,
    set: from("198.51.100.7", false, (id) => ({ includedLocations: [id] })),
    expect: becomes,
  },
  {
    says: "what is no address lies in no range",
    source: network,
    set: from("nowhere", false, (id) => ({ includedLocations: [id] })),
    expect: becomes,
  },
  {
    says: "a policy for a country applies to sign-ins from there",
    source: network,
    set: fromCountry("FR"),
    expect: blocked,
  },
  {
    says: "a policy for a country does not apply to others",
    source: network,
    set: fromCountry("DE"),
    expect: becomes,
  },
  {
    says: "an excluded place is out",
    source: network,
    set: from("2001:db8::9", false, (id) => ({
      includedLocations: ["All"],
      excludedLocations: [id],
    })),
    expect: becomes,
  },
  {
    says: "all trusted places are those marked so",
    source: network,
    set: from("203.0.113.7", true, () => ({
      includedLocations: ["All"],
      excludedLocations: ["AllTrusted"],
    })),
    expect: becomes,
  },
  {
    says: "a place that is not marked is not trusted",
    source: network,
    set: from("203.0.113.7", false, () => ({
      includedLocations: ["All"],
      excludedLocations: ["AllTrusted"],
    })),
    expect: blocked,
  },
  {
    says: "where nobody told the address it cannot be told whether a place fits",
    source: network,
    set: from(undefined, false, (id) => ({ includedLocations: [id] })),
    expect: { outcome: "unclear", by: "conditional access: policy" },
  },
  {
    says: "a policy for risky sign-ins does not apply to others",
    source: `${building}, Conditions, Sign-in risk`,
    set: under({ signInRiskLevels: ["high", "medium"] }, {}, {}, { signInRisk: "none" }),
    expect: becomes,
  },
  {
    says: "a policy for risky sign-ins applies to them",
    source: `${building}, Conditions, Sign-in risk`,
    set: under({ signInRiskLevels: ["high", "medium"] }, {}, {}, { signInRisk: "high" }),
    expect: blocked,
  },
  {
    says: "a policy for legacy clients does not apply to browsers",
    source: `${building}, Conditions, Client apps`,
    set: under({ clientAppTypes: ["exchangeActiveSync", "other"] }, {}, {}, { client: "browser" }),
    expect: becomes,
  },
  {
    says: "a policy for a platform applies to it",
    source: `${building}, Conditions, Device platforms`,
    set: under({ platforms: { includedPlatforms: ["linux"] } }, {}, {}, { platform: "linux" }),
    expect: blocked,
  },
  {
    says: "an excluded platform is out",
    source: `${building}, Conditions, Device platforms`,
    set: under(
      { platforms: { includedPlatforms: ["all"], excludedPlatforms: ["macOS"] } },
      {},
      {},
      { platform: "macOS" },
    ),
    expect: becomes,
  },
  {
    says: "a policy against the device code flow applies to it",
    source: `${building}, Conditions, Authentication flows`,
    set: under(
      { authenticationFlowTransferMethods: ["deviceCodeFlow"] },
      { grantControls: { operator: "OR", builtInControls: ["block"] } },
      {},
      { flow: "deviceCodeFlow" },
    ),
    expect: { ...blocked, got: "blocked" },
  },
];

const grants: readonly Row[] = [
  {
    says: "a block wins whatever the sign-in did",
    source: granting,
    set: under(
      {},
      { grantControls: { operator: "OR", builtInControls: ["block"] } },
      { amr: ["mfa"] },
    ),
    expect: { ...blocked, got: "blocked" },
  },
  {
    says: "all of several controls are required by AND",
    source: granting,
    set: under(
      {},
      { grantControls: { operator: "AND", builtInControls: ["mfa", "compliantDevice"] } },
      { amr: ["mfa"] },
    ),
    expect: blocked,
  },
  {
    says: "one of several controls suffices by OR",
    source: granting,
    set: under(
      {},
      { grantControls: { operator: "OR", builtInControls: ["mfa", "compliantDevice"] } },
      {},
      { compliantDevice: "true" },
    ),
    expect: becomes,
  },
  {
    says: "every policy that applies must be satisfied",
    source: building,
    set: (world) => {
      const shown = under({}, {}, { amr: ["mfa"] })(world);
      world.insert(
        "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",
        tenant,
        "second",
        {
          displayName: "second",
          state: "enabled",
          conditions: {
            applications: { includedApplications: ["All"] },
            clientAppTypes: ["all"],
            users: { includedUsers: ["All"] },
          },
          grantControls: { operator: "OR", builtInControls: ["compliantDevice"] },
        },
      );
      return shown;
    },
    expect: { outcome: "refused", by: "conditional access: second" },
  },
  {
    says: "a phishing-resistant strength is not met by a one-time code",
    source: strength,
    set: under(
      {},
      {
        grantControls: {
          operator: "OR",
          authenticationStrengthPolicyId:
            "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000004",
        },
      },
      { amr: ["mfa"] },
      { method: "password,softwareOath" },
    ),
    expect: blocked,
  },
  {
    says: "a strength is not met by a sign-in without MFA",
    source: strength,
    set: under(
      {},
      {
        grantControls: {
          operator: "OR",
          authenticationStrengthPolicyId:
            "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000002",
        },
      },
      {},
      { method: "fido2" },
    ),
    expect: blocked,
  },
  {
    says: "any MFA meets the strength of that name",
    source: strength,
    set: under(
      {},
      {
        grantControls: {
          operator: "OR",
          authenticationStrengthPolicyId:
            "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000002",
        },
      },
      { amr: ["mfa"] },
    ),
    expect: becomes,
  },
  {
    says: "a strength of the tenant's own allows what it lists",
    source: strength,
    set: (world) => {
      const own = entra(world).create(
        "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy",
        "own",
        { displayName: "own", allowedCombinations: ["password,hardwareOath"] },
      );
      const alice = user(world);
      accessPolicy(
        world,
        {},
        { grantControls: { operator: "OR", authenticationStrengthPolicyId: own.id } },
      );
      return {
        to,
        mint: signIn(textOf(alice, "objectId"), { amr: ["mfa"] }),
        context: { method: "password,sms" },
      };
    },
    expect: blocked,
  },
  {
    says: "a security key meets a phishing-resistant strength",
    source: strength,
    set: under(
      {},
      {
        grantControls: {
          operator: "OR",
          authenticationStrengthPolicyId:
            "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000004",
        },
      },
      { amr: ["mfa"] },
      { method: "fido2" },
    ),
    expect: becomes,
  },
  {
    says: "terms of use cannot be told from a token",
    source: granting,
    set: under(
      {},
      { grantControls: { operator: "OR", termsOfUses: ["8a9d0f5e-0000-4000-8000-000000000001"] } },
    ),
    expect: { outcome: "unclear", by: "conditional access: policy" },
  },
];

/** An application whose service principal a policy may block. */
function workloadUnder(
  conditions: (objectId: string) => JsonObject,
  context: JsonObject,
): (world: TestWorld) => Presentation {
  return (world) => {
    const { application: made, principal } = application(world);
    credential(world, made);
    accessPolicy(
      world,
      { users: { includedUsers: ["None"] }, ...conditions(textOf(principal, "objectId")) },
      { grantControls: { operator: "OR", builtInControls: ["block"] } },
    );
    return { to: made.id, mint: usual, context };
  };
}

const workloads: readonly Row[] = [
  {
    says: "a policy for workload identities blocks a service principal outside of a place",
    source: workload,
    set: workloadUnder(
      (id) => ({
        clientApplications: { includedServicePrincipals: [id] },
        locations: { includedLocations: ["All"] },
      }),
      { ip: "198.51.100.7" },
    ),
    expect: { outcome: "refused", by: "conditional access: policy", got: "service principal" },
  },
  {
    says: "without a place in its conditions it blocks everywhere",
    source: workload,
    set: workloadUnder((id) => ({ clientApplications: { includedServicePrincipals: [id] } }), {}),
    expect: { outcome: "refused", by: "conditional access: policy", got: "service principal" },
  },
  {
    says: "it may include all service principals of the tenant and exclude one",
    source: workload,
    set: workloadUnder(
      (id) => ({
        clientApplications: {
          includedServicePrincipals: ["ServicePrincipalsInMyTenant"],
          excludedServicePrincipals: [id],
        },
      }),
      {},
    ),
    expect: { outcome: "becomes", by: "federated credential: credential main" },
  },
  {
    says: "it blocks at a level of risk, which nobody told",
    source: workload,
    set: workloadUnder(
      (id) => ({
        clientApplications: { includedServicePrincipals: [id] },
        servicePrincipalRiskLevels: ["high"],
      }),
      {},
    ),
    expect: { outcome: "unclear", by: "conditional access: policy" },
  },
  {
    says: "it does not block at another level of risk",
    source: workload,
    set: workloadUnder(
      (id) => ({
        clientApplications: { includedServicePrincipals: [id] },
        servicePrincipalRiskLevels: ["high"],
      }),
      { servicePrincipalRisk: "low" },
    ),
    expect: { outcome: "becomes", by: "federated credential: credential main" },
  },
  {
    says: "it does not block service principals that it does not include",
    source: workload,
    set: workloadUnder(
      () => ({
        clientApplications: { includedServicePrincipals: ["99999999-9999-4999-8999-999999999999"] },
      }),
      {},
    ),
    expect: { outcome: "becomes", by: "federated credential: credential main" },
  },
  {
    says: "a policy for users does not touch service principals",
    source: workload,
    set: workloadUnder(() => ({ users: { includedUsers: ["All"] } }), {}),
    expect: { outcome: "becomes", by: "federated credential: credential main" },
  },
];

table(
  "sign-ins and Conditional Access",
  [...signIns, ...assignments, ...conditions, ...grants, ...workloads],
  40,
);
