/** Forms of Azure's and Entra's records: fields, types, and which are there when. */

import assert from "node:assert/strict";
import type { Live } from "../../../local-clouds/probe/token/live.ts";
import { azureEvent } from "../../../local-clouds/records/azure/activity.ts";
import { auditEvent, signInEvent } from "../../../local-clouds/records/azure/directory.ts";
import { flowRecord } from "../../../local-clouds/records/azure/flow-logs.ts";
import type { Call, Caller } from "../../../local-clouds/records/call.ts";
import type { Flow } from "../../../local-clouds/records/flow.ts";
import type { SignIn } from "../../../local-clouds/records/sign-in.ts";
import { address, type Form, hasForm, offset, ticks, uuid } from "./form.ts";

const subscription = "99999999-8888-4777-8666-555555555555";
const tenant = "11111111-2222-4333-8444-555555555555";
const group = `/subscriptions/${subscription}/resourceGroups/shop`;
const at = new Date("2026-01-02T03:04:05.678Z");

const alice: Caller = {
  kind: "user",
  id: "7d2d5b0e-2a4c-4c4f-9a55-0d3f3a1b7c11",
  name: "alice@contoso.com",
  account: tenant,
  uniqueId: "",
  session: "",
  groups: [],
};
const deployer: Caller = {
  ...alice,
  kind: "managed identity",
  name: "deployer",
  uniqueId: "0c0c0c0c-2a4c-4c4f-9a55-0d3f3a1b7c11",
};

function call(action: string, resource: string, changes: Partial<Call> = {}): Call {
  return {
    cloud: "azure",
    caller: deployer,
    action,
    resource,
    account: subscription,
    region: "westeurope",
    at,
    request: {},
    response: {},
    sourceIp: "203.0.113.7",
    userAgent: "azsdk-net",
    grounds: { role: "Contributor", scope: group },
    ...changes,
  };
}

const recordOf = (one: Call) => azureEvent(one)?.record;

describe("Azure's activity log's form", () => {
  const base = {
    aud: "text",
    iss: /^https:\/\/sts\.windows\.net\/[0-9a-f-]+\/$/,
    iat: /^\d+$/,
    nbf: /^\d+$/,
    exp: /^\d+$/,
    ver: "text",
    ipaddr: address,
    "http://schemas.microsoft.com/identity/claims/objectidentifier": uuid,
    "http://schemas.microsoft.com/identity/claims/tenantid": uuid,
  } as const satisfies Form;
  const xmlsoap = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
  // Azure Monitor, "Azure activity log event schema: Schema from storage account and event hubs".
  const form = (claims: Form, properties: { readonly [field: string]: Form }): Form => ({
    time: ticks,
    resourceId: /^\/SUBSCRIPTIONS\/[^a-z]+$/,
    operationName: /^MICROSOFT\.[A-Z/]+\/(WRITE|DELETE|ACTION)$/,
    category: /^Administrative$/,
    resultType: /^(Success|Failure)$/,
    resultSignature: /^(Succeeded\.|Failed\.\w+)$/,
    durationMs: "number",
    callerIpAddress: address,
    correlationId: uuid,
    identity: {
      authorization: {
        scope: /^\/subscriptions\//,
        action: "text",
        evidence: {
          role: "text",
          roleAssignmentScope: "text",
          principalId: /^[0-9a-f]{32}$/,
          principalType: /^(User|ServicePrincipal)$/,
        },
      },
      claims,
    },
    level: /^(Information|Error)$/,
    location: /^global$/,
    properties: {
      entity: "text",
      eventCategory: /^Administrative$/,
      message: "text",
      hierarchy: "text",
      ...properties,
    },
  });
  const restart = call(
    "Microsoft.Compute/virtualMachines/restart/action",
    `${group}/providers/Microsoft.Compute/virtualMachines/vm`,
  );

  it("of an application", () =>
    hasForm(recordOf(restart), form({ ...base, appid: uuid, idtyp: /^app$/ }, {})));

  it("of a user, with what was asked", () => {
    const claims: Form = {
      ...base,
      name: "text",
      [`${xmlsoap}/upn`]: /@/,
      [`${xmlsoap}/name`]: /@/,
    };
    const asked = { ...restart, caller: alice, request: { a: 1 } };
    hasForm(recordOf(asked), form(claims, { requestbody: /^\{"a":1\}$/ }));
  });

  it("of a refusal", () => {
    const error = { code: "AuthorizationFailed", message: "no" };
    const record = recordOf({ ...restart, error });
    const claims = { ...base, appid: uuid, idtyp: /^app$/ };
    hasForm(record, form(claims, { statusCode: /^Forbidden$/, statusMessage: /^no$/ }));
    assert.equal(record?.["resultSignature"], "Failed.Forbidden");
  });

  it("has no reads", () => {
    assert.equal(recordOf(call("Microsoft.Compute/virtualMachines/read", group)), undefined);
  });
});

describe("Key Vault's log's form", () => {
  const vault = `${group}/providers/Microsoft.KeyVault/vaults/shopvault`;
  // Azure Key Vault, "Azure Key Vault logging: Interpret your Key Vault logs".
  const form = (claim: Form): Form => ({
    time: ticks,
    resourceId: /^\/SUBSCRIPTIONS\/.*\/VAULTS\/SHOPVAULT$/,
    operationName: /^(Secret|Key)\w+$/,
    operationVersion: "text",
    category: /^AuditEvent$/,
    resultType: /^Success$/,
    resultSignature: /^(OK|Forbidden)$/,
    resultDescription: "text",
    durationMs: /^\d+$/,
    callerIpAddress: address,
    correlationId: uuid,
    identity: { claim },
    properties: {
      clientInfo: "text",
      requestUri: /^https:\/\/shopvault\.vault\.azure\.net\/.*\?api-version=/,
      id: /^https:\/\/shopvault\.vault\.azure\.net\//,
      httpStatusCode: "number",
    },
  });
  const id = "http://schemas.microsoft.com/identity/claims/objectidentifier";
  const upn = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";
  const get = call("Microsoft.KeyVault/vaults/secrets/getSecret/action", `${vault}/secrets/key`);

  it("of an application", () => {
    const record = recordOf(get);
    hasForm(record, form({ [id]: uuid, appid: uuid }));
    assert.equal(typeof record?.["durationMs"], "string");
  });

  it("of a user", () =>
    hasForm(recordOf({ ...get, caller: alice }), form({ [id]: uuid, [upn]: /@/, appid: "text" })));

  for (const [action, operation] of [
    ["secrets/setSecret/action", "SecretSet"],
    ["secrets/readMetadata/action", "SecretList"],
    ["keys/sign/action", "KeySign"],
    ["keys/decrypt/action", "KeyDecrypt"],
    ["keys/unwrap/action", "KeyUnwrap"],
  ] as const) {
    it(`names ${action} ${operation}`, () => {
      const record = recordOf(call(`Microsoft.KeyVault/vaults/${action}`, `${vault}/x/y`));
      assert.equal(record?.["operationName"], operation);
    });
  }
});

describe("Blob storage's log's form", () => {
  const blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
  const account = `${group}/providers/Microsoft.Storage/storageAccounts/shopdata`;
  const blob = `${account}/blobServices/default/containers/c/blobs/dir/a.txt`;
  // Azure Storage, "Azure Blob Storage monitoring data reference: Resource logs".
  const form: Form = {
    time: ticks,
    resourceId: /^\/subscriptions\/.*\/storageAccounts\/shopdata\/blobServices\/default$/,
    category: /^Storage(Read|Write|Delete)$/,
    operationName: /^(Get|Put|Delete)Blob$/,
    operationVersion: /^\d{4}-\d\d-\d\d$/,
    schemaVersion: /^1\.0$/,
    statusCode: "number",
    statusText: "text",
    durationMs: "number",
    callerIpAddress: /^\d+(\.\d+){3}:\d+$/,
    correlationId: uuid,
    identity: {
      type: /^OAuth$/,
      authorization: [
        {
          action: "text",
          principals: [{ id: uuid, type: /^(User|ServicePrincipal)$/ }],
          result: /^(Granted|Denied)$/,
          reason: "text",
        },
      ],
      requester: {
        appId: "text",
        audience: "text",
        objectId: uuid,
        tenantId: uuid,
        tokenIssuer: "text",
        "upn?": /@/,
      },
    },
    location: "text",
    properties: {
      accountName: /^shopdata$/,
      userAgentHeader: "text",
      serviceType: /^blob$/,
      objectKey: /^\/shopdata\/c\/dir\/a\.txt$/,
    },
    uri: /^https:\/\/shopdata\.blob\.core\.windows\.net:443\/c\/dir\/a\.txt$/,
    protocol: /^HTTPS$/,
  };

  for (const [verb, category, status] of [
    ["read", "StorageRead", 200],
    ["write", "StorageWrite", 201],
    ["delete", "StorageDelete", 202],
  ] as const) {
    it(`of ${verb}`, () => {
      const record = recordOf(call(`${blobs}/${verb}`, blob));
      hasForm(record, form);
      assert.deepEqual([record?.["category"], record?.["statusCode"]], [category, status]);
    });
  }

  it("of a refusal, by a user", () => {
    const error = { code: "AuthorizationPermissionMismatch", message: "no" };
    const record = recordOf(call(`${blobs}/read`, blob, { error, caller: alice }));
    hasForm(record, form);
    assert.equal(record?.["statusCode"], 403);
    assert.equal(record?.["statusText"], "AuthorizationPermissionMismatch");
  });
});

describe("VNet flow logs' form", () => {
  const network = `${group}/providers/Microsoft.Network/virtualNetworks/hub`;
  const id = `${group}/providers/Microsoft.Network/networkWatchers/w/flowLogs/f`;
  const log = { id, properties: { targetResourceId: network } } as unknown as Live;
  const flow: Flow = {
    cloud: "azure",
    interfaceId: `${group}/providers/Microsoft.Network/networkInterfaces/web`,
    subnetId: `${network}/subnets/app`,
    networkId: network,
    account: subscription,
    region: "westeurope",
    direction: "out",
    source: "10.0.0.6",
    destination: "10.0.1.7",
    sourcePort: 23_956,
    destinationPort: 443,
    protocol: 6,
    accepted: true,
    rule: "AllowVnetOutBound",
    at,
  };
  const counts = String.raw`\d+,\d+,\d+,\d+`;
  // Azure Network Watcher, "Virtual network flow logs: Log format".
  const form: Form = {
    time: ticks,
    flowLogVersion: /^4$/,
    flowLogGUID: uuid,
    macAddress: /^[0-9A-F]{12}$/,
    category: /^FlowLogFlowEvent$/,
    flowLogResourceID: /^\/SUBSCRIPTIONS\/[^a-z]+\/FLOWLOGS\/F$/,
    targetResourceID: /\/virtualNetworks\/hub$/,
    operationName: /^FlowLogFlowEvent$/,
    flowRecords: {
      flows: [
        {
          aclID: uuid,
          flowGroups: [
            {
              rule: "text",
              flowTuples: [
                new RegExp(`^\\d{13},[\\d.]+,[\\d.]+,\\d+,\\d+,6,[IO],[BED],NX,${counts}$`),
              ],
            },
          ],
        },
      ],
    },
  };
  const tuples = (one: Flow) =>
    flowRecord(log, one).flowRecords.flows[0]?.flowGroups[0]?.flowTuples.map((tuple) =>
      tuple.split(",").slice(6).join(","),
    );

  it("of what was let through: begin without statistics, end with them", () => {
    hasForm(flowRecord(log, flow), form);
    assert.deepEqual(tuples(flow), ["O,B,NX,0,0,0,0", "O,E,NX,1,40,0,0"]);
  });

  it("of what was denied: one tuple", () => {
    const denied: Flow = { ...flow, direction: "in", accepted: false };
    hasForm(flowRecord(log, denied), form);
    assert.deepEqual(tuples(denied), ["I,D,NX,0,0,0,0"]);
  });

  it("names one interface and one subnet always alike", () => {
    const [one, two] = [flowRecord(log, flow), flowRecord(log, { ...flow, rule: "Other" })];
    assert.equal(one.macAddress, two.macAddress);
    assert.equal(one.flowRecords.flows[0]?.aclID, two.flowRecords.flows[0]?.aclID);
  });
});

describe("Entra's forms", () => {
  const around = {
    time: ticks,
    resourceId: /^\/tenants\/[0-9a-f-]+\/providers\/Microsoft\.aadiam$/,
    operationName: "text",
    operationVersion: /^1\.0$/,
    category: "text",
    tenantId: uuid,
    resultType: "text",
    resultSignature: /^None$/,
    "resultDescription?": "text",
    durationMs: "number",
    callerIpAddress: address,
    correlationId: uuid,
    identity: "text",
  } as const satisfies Form;
  // Microsoft Entra, "Interpret the Microsoft Entra sign-in logs schema in Azure Monitor".
  const common = {
    id: uuid,
    createdDateTime: offset,
    appId: "text",
    appDisplayName: "text",
    ipAddress: address,
    status: { errorCode: "number", "failureReason?": "text" },
    location: { city: "text", state: "text", countryOrRegion: "text" },
    correlationId: uuid,
    conditionalAccessStatus: /^(success|failure|notApplied)$/,
    appliedConditionalAccessPolicies: ["any"],
    originalRequestId: uuid,
    authenticationProcessingDetails: ["any"],
    networkLocationDetails: ["any"],
    processingTimeInMilliseconds: "number",
    riskDetail: /^none$/,
    riskLevelAggregated: /^none$/,
    riskLevelDuringSignIn: /^none$/,
    riskState: /^none$/,
    riskEventTypes: ["any"],
    riskEventTypes_v2: ["any"],
    resourceDisplayName: "text",
    resourceId: "text",
    resourceTenantId: uuid,
    homeTenantId: uuid,
    tokenIssuerName: "text",
    tokenIssuerType: /^AzureAD$/,
    servicePrincipalId: "text",
  } as const satisfies Form;
  const ofUser = {
    userDisplayName: "text",
    userPrincipalName: "text",
    userId: uuid,
    isInteractive: "boolean",
    clientAppUsed: "text",
    deviceDetail: { deviceId: "text", operatingSystem: "text", browser: "text" },
    userType: /^Member$/,
  } as const satisfies Form;
  const ofPrincipal = {
    servicePrincipalName: "text",
    servicePrincipalCredentialKeyId: "text",
    federatedCredentialId: "text",
  } as const satisfies Form;
  const signIn = (caller: Caller, changes: Partial<SignIn> = {}): SignIn => ({
    cloud: "entra",
    caller,
    target: "Azure Resource Manager",
    account: tenant,
    region: "",
    issuer: "https://token.actions.githubusercontent.com",
    subject: "repo:acme/shop:ref:refs/heads/main",
    audience: "api://AzureADTokenExchange",
    at,
    sourceIp: "203.0.113.7",
    ...changes,
  });
  const signInForm = (properties: Form): Form => ({
    ...around,
    operationName: /^Sign-in activity$/,
    resultType: /^\d+$/,
    Level: "number",
    location: "text",
    properties,
  });

  it("of a user's sign-in", () => {
    const { record, category } = signInEvent(signIn(alice));
    hasForm(record, signInForm({ ...common, ...ofUser }));
    assert.equal(category, "SignInLogs");
  });

  it("of a managed identity's", () => {
    const { record, category } = signInEvent(signIn(deployer));
    hasForm(record, signInForm({ ...common, ...ofPrincipal }));
    assert.equal(category, "ManagedIdentitySignInLogs");
  });

  it("of a refused one", () => {
    const error = { code: "AccessDenied", message: "audience" };
    const { record } = signInEvent(signIn(deployer, { error }));
    hasForm(record, signInForm({ ...common, ...ofPrincipal }));
    assert.notEqual(record["resultType"], "0");
    assert.equal(record["resultDescription"], "audience");
  });

  // Microsoft Entra, "Interpret the audit logs schema in Azure Monitor"; Microsoft Graph, "directoryAudit resource type".
  const audit = (initiatedBy: Form): Form => ({
    ...around,
    category: /^AuditLogs$/,
    resultType: /^(Success|Failure)$/,
    level: /^Informational$/,
    properties: {
      id: /^Directory_/,
      category: /^\w+Management$/,
      correlationId: uuid,
      result: /^(success|failure)$/,
      resultReason: "text",
      activityDisplayName: "text",
      activityDateTime: offset,
      loggedByService: "text",
      operationType: /^(Add|Update|Delete|Assign|Unassign)$/,
      initiatedBy,
      targetResources: [
        { id: "text", displayName: "null", type: /^[A-Z]\w+$/, modifiedProperties: ["any"] },
      ],
      additionalDetails: ["any"],
    },
  });

  it("of a user's change", () => {
    const { record } = auditEvent(
      call("microsoft.directory/users/disable", "u-1", {
        cloud: "entra",
        caller: alice,
        account: tenant,
      }),
    );
    hasForm(
      record,
      audit({
        user: {
          id: uuid,
          displayName: "null",
          userPrincipalName: /@/,
          ipAddress: address,
          roles: ["any"],
        },
      }),
    );
    assert.equal(record["operationName"], "Disable account");
    const properties = record["properties"] as { readonly correlationId: string };
    assert.equal(record["correlationId"], properties.correlationId);
  });

  it("of an application's", () => {
    const { record } = auditEvent(
      call("microsoft.directory/groups/create", "g-1", { cloud: "entra", account: tenant }),
    );
    hasForm(
      record,
      audit({
        app: {
          appId: uuid,
          displayName: "text",
          servicePrincipalId: uuid,
          servicePrincipalName: "null",
        },
      }),
    );
    assert.equal(record["operationName"], "Add group");
  });
});
