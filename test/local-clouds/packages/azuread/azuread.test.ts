import assert from "node:assert/strict";
import type { ValueObject } from "../../../../local-clouds/protocol/value.ts";
import { type Lab, openLab } from "../../kit/lab.ts";

const tenantId = "11111111-2222-4333-8444-555555555555";
const token = {
  group: "azuread:index/group:Group",
  member: "azuread:index/groupMember:GroupMember",
  user: "azuread:index/user:User",
  application: "azuread:index/application:Application",
  principal: "azuread:index/servicePrincipal:ServicePrincipal",
  credential:
    "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  flexible:
    "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
  role: "azuread:index/appRoleAssignment:AppRoleAssignment",
  policy: "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",
  location: "azuread:index/namedLocation:NamedLocation",
};
const nobody = "99999999-9999-4999-8999-999999999999";
const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

let lab: Lab;
beforeEach(() => {
  lab = openLab("azuread", { tenantId });
});
afterEach(() => lab.close());

function objectId(made: { outputs: ValueObject }): string {
  return String(made.outputs["objectId"]);
}

describe("Entra groups and users", () => {
  const group = (name: string, more: ValueObject = {}) =>
    lab.create(token.group, name, { displayName: name, securityEnabled: true, ...more });
  const user = (name: string) =>
    lab.create(token.user, name, { displayName: name, userPrincipalName: `${name}@example.com` });

  it("gives a group an object id, its caller as owner and a path as id", () => {
    const made = group("platform");
    assert.match(made.id, new RegExp(`^/groups/${uuid}$`));
    assert.equal(made.id, `/groups/${objectId(made)}`);
    const { objectId: caller } = lab.invoke("azuread:index/getClientConfig:getClientConfig");
    assert.deepEqual(made.outputs["owners"], [caller]);
  });

  it("prevents duplicate names only where that is asked for", () => {
    group("platform");
    group("platform", { description: "second" });
    assert.match(
      lab.refusal(() => group("third", { displayName: "platform", preventDuplicateNames: true })),
      /already|existing/,
    );
  });

  it("judges what a group is before anything is planned", () => {
    const faults = (inputs: ValueObject) =>
      lab.checkFailures(token.group, "g", { displayName: "g", ...inputs }).length;
    assert.equal(faults({}), 1);
    assert.equal(faults({ securityEnabled: true, types: ["Unified"] }), 1);
    assert.equal(faults({ mailEnabled: true, types: ["Unified"], assignableToRole: true }), 1);
    assert.equal(faults({ securityEnabled: true, types: ["DynamicMembership"] }), 1);
    assert.equal(
      faults({
        securityEnabled: true,
        types: ["DynamicMembership"],
        dynamicMembership: { enabled: true, rule: "x" },
      }),
      0,
    );
  });

  it("takes members that are there, each once, and loses them with the group", () => {
    const made = group("platform");
    const ann = user("ann");
    assert.match(
      lab.refusal(() => group("g", { members: [nobody] })),
      /Request_ResourceNotFound/,
    );
    const inputs = { groupObjectId: objectId(made), memberObjectId: objectId(ann) };
    const member = lab.create(token.member, "m", inputs);
    assert.equal(member.id, `${objectId(made)}/member/${objectId(ann)}`);
    assert.match(
      lab.refusal(() => lab.create(token.member, "again", inputs)),
      /already exist/,
    );
    lab.delete(made);
    assert.equal(lab.read(token.member, member.id), undefined);
  });

  it("has a user principal name once, whatever its case", () => {
    user("ann");
    assert.match(
      lab.refusal(() => user("ANN")),
      /userPrincipalName already exists/,
    );
    assert.equal(
      lab.checkFailures(token.user, "u", { displayName: "u", userPrincipalName: "u" }).length,
      1,
    );
  });

  it("finds a group by name, and none where there are two", () => {
    const made = group("platform");
    const find = () => lab.invoke("azuread:index/getGroup:getGroup", { displayName: "platform" });
    assert.equal(find()["objectId"], objectId(made));
    group("platform", { description: "second" });
    assert.match(lab.refusal(find), /More than one/);
    assert.match(
      lab.refusal(() => lab.invoke("azuread:index/getGroup:getGroup", { displayName: "none" })),
      /ResourceNotFound/,
    );
  });
});

describe("Entra applications", () => {
  const application = (name: string, more: ValueObject = {}) =>
    lab.create(token.application, name, { displayName: name, ...more });
  const clientId = (made: { outputs: ValueObject }) => String(made.outputs["clientId"]);
  const trust = {
    audiences: ["api://AzureADTokenExchange"],
    issuer: "https://token.actions.githubusercontent.com",
  };
  const credential = (name: string, inputs: ValueObject) =>
    lab.create(token.credential, name, {
      displayName: name,
      subject: `repo:a/${name}`,
      ...trust,
      ...inputs,
    });

  it("stands for an application once", () => {
    const app = application("app");
    assert.match(app.id, new RegExp(`^/applications/${uuid}$`));
    const made = lab.create(token.principal, "p", { clientId: clientId(app) });
    assert.equal(made.outputs["displayName"], "app");
    assert.equal(made.outputs["applicationTenantId"], tenantId);
    assert.match(
      lab.refusal(() => lab.create(token.principal, "q", { clientId: clientId(app) })),
      /already in use/,
    );
    assert.match(
      lab.refusal(() => lab.create(token.principal, "r", { clientId: nobody })),
      /NoBackingApplicationObject/,
    );
    assert.equal(lab.checkFailures(token.principal, "s", { clientId: "app" }).length, 1);
  });

  it("has each identifier URI once", () => {
    application("one", { identifierUris: ["api://x"] });
    assert.match(
      lab.refusal(() => application("two", { identifierUris: ["api://x"] })),
      /identifierUris already exists/,
    );
  });

  it("takes federated credentials on its path, apart by name and by subject", () => {
    const applicationId = application("app").id;
    const made = credential("main", { applicationId });
    const expected = `${applicationId.split("/").at(-1)}/federatedIdentityCredential/${String(made.outputs["credentialId"])}`;
    assert.equal(made.id, expected);
    assert.match(
      lab.refusal(() => credential("main", { applicationId, subject: "other" })),
      /name main already exists/,
    );
    assert.match(
      lab.refusal(() => credential("same", { applicationId, subject: "repo:a/main" })),
      /must be unique/,
    );
    assert.match(
      lab.refusal(() => credential("lost", { applicationId: `/applications/${nobody}` })),
      /Request_ResourceNotFound/,
    );
  });

  it("judges a credential's form before anything is planned", () => {
    const applicationId = `/applications/${nobody}`;
    const faults = (inputs: ValueObject) =>
      lab.checkFailures(token.credential, "c", {
        applicationId,
        displayName: "c",
        subject: "s",
        ...trust,
        ...inputs,
      }).length;
    assert.equal(faults({}), 0);
    assert.equal(faults({ applicationId: nobody }), 1);
    assert.equal(faults({ audiences: ["a", "b"] }), 1);
    assert.equal(faults({ displayName: "with space" }), 1);
  });

  it("has at most twenty credentials of both kinds", () => {
    const applicationId = application("app").id;
    for (let i = 0; i < 19; i++) credential(`c${i}`, { applicationId });
    lab.create(token.flexible, "flexible", {
      applicationId,
      displayName: "flexible",
      audience: "api://AzureADTokenExchange",
      issuer: trust.issuer,
      claimsMatchingExpression: "claims['sub'] matches 'repo:a/*'",
    });
    assert.match(
      lab.refusal(() => credential("more", { applicationId })),
      /exceeds the maximum/,
    );
  });

  it("assigns roles that the application has", () => {
    const id = "5a1c0000-0000-4000-8000-000000000001";
    const appRole = {
      allowedMemberTypes: ["User"],
      description: "d",
      displayName: "Reader",
      enabled: true,
      id,
      value: "read",
    };
    const app = application("app", { appRoles: [appRole] });
    const resource = lab.create(token.principal, "p", { clientId: clientId(app) });
    const group = lab.create(token.group, "g", { displayName: "g", securityEnabled: true });
    const assign = (appRoleId: string) =>
      lab.create(token.role, "r", {
        appRoleId,
        principalObjectId: objectId(group),
        resourceObjectId: objectId(resource),
      });
    assert.match(
      lab.refusal(() => assign(nobody)),
      /was not found on application/,
    );
    const made = assign(id);
    assert.equal(made.outputs["principalType"], "Group");
    assert.match(
      lab.refusal(() => assign(id)),
      /already exists/,
    );
  });
});

describe("Conditional Access", () => {
  const conditions = (more: ValueObject = {}): ValueObject => ({
    applications: { includedApplications: ["All"] },
    clientAppTypes: ["all"],
    users: { includedUsers: ["All"] },
    ...more,
  });
  const policy = (name: string, more: ValueObject) =>
    lab.create(token.policy, name, {
      displayName: name,
      state: "enabled",
      conditions: conditions(),
      grantControls: { operator: "OR", builtInControls: ["mfa"] },
      ...more,
    });

  it("keeps a location that a policy names", () => {
    const location = lab.create(token.location, "office", {
      displayName: "office",
      ip: { ipRanges: ["203.0.113.0/24"] },
    });
    assert.match(location.id, new RegExp(`^/identity/conditionalAccess/namedLocations/${uuid}$`));
    assert.deepEqual(location.outputs["ip"], { ipRanges: ["203.0.113.0/24"], trusted: false });
    const locations = { includedLocations: ["All"], excludedLocations: [objectId(location)] };
    const made = policy("p", { conditions: conditions({ locations }) });
    assert.match(
      lab.refusal(() => lab.delete(location)),
      /1104/,
    );
    lab.delete(made);
    lab.delete(location);
  });

  it("refuses objects that the directory does not have", () => {
    const locations = { includedLocations: [nobody] };
    assert.match(
      lab.refusal(() => policy("p", { conditions: conditions({ locations }) })),
      /1040/,
    );
    const users = { includedUsers: ["All"], excludedGroups: [nobody] };
    assert.match(
      lab.refusal(() => policy("p", { conditions: conditions({ users }) })),
      /1011/,
    );
  });

  it("judges the form before anything is planned", () => {
    const faults = (name: string, inputs: ValueObject) =>
      lab.checkFailures(name, "x", { displayName: "x", ...inputs }).length;
    const grantControls = { operator: "OR", builtInControls: ["mfa"] };
    assert.equal(faults(token.policy, { state: "on", conditions: conditions(), grantControls }), 1);
    assert.equal(faults(token.policy, { state: "enabled", conditions: conditions() }), 1);
    assert.equal(
      faults(token.policy, {
        state: "enabled",
        conditions: conditions({ clientAppTypes: ["fax"] }),
        grantControls,
      }),
      1,
    );
    assert.equal(faults(token.location, {}), 1);
    assert.equal(faults(token.location, { ip: { ipRanges: ["office"] } }), 1);
  });
});

describe("functions of azuread", () => {
  it("tells the tenant, and the same caller every time", () => {
    const token = "azuread:index/getClientConfig:getClientConfig";
    const first = lab.invoke(token);
    assert.equal(first["tenantId"], tenantId);
    assert.match(String(first["objectId"]), new RegExp(`^${uuid}$`));
    assert.deepEqual(lab.invoke(token), first);
    const configured = lab.with("azuread", { tenantId, clientId: nobody }).invoke(token);
    assert.equal(configured["clientId"], nobody);
  });
});
