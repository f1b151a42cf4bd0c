/** User pools and identity pools (Amazon Cognito API references). */

import type { Reference, TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { keptWhile } from "../protection.ts";
import { toCertificate, toFunction } from "../references.ts";

const triggers = [
  "createAuthChallenge",
  "customMessage",
  "defineAuthChallenge",
  "postAuthentication",
  "postConfirmation",
  "preAuthentication",
  "preSignUp",
  "preTokenGeneration",
  "userMigration",
  "verifyAuthChallengeResponse",
];

const userPool = ordinary("aws:cognito/userPool:UserPool", {
  id: "{region}_{upper9}",
  arn: "cognito-idp:userpool/{id}",
  autoname: { property: "name", charactersMax: 128 },
  defaults: { deletionProtection: "INACTIVE", mfaConfiguration: "OFF" },
  ...keptWhile("deletionProtection", "ACTIVE", {
    code: "InvalidParameterException",
    says: "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
  }),
  forceNew: ["aliasAttributes", "name", "usernameAttributes", "usernameConfiguration"],
  check: (r) => [
    ...oneOf(r.text("mfaConfiguration", "OFF"), "mfaConfiguration", ["OFF", "ON", "OPTIONAL"]),
    ...oneOf(r.text("deletionProtection", "INACTIVE"), "deletionProtection", [
      "ACTIVE",
      "INACTIVE",
    ]),
  ],
  outputs: {
    accountRecoverySetting: {
      recoveryMechanisms: [
        { name: "verified_email", priority: 1 },
        { name: "verified_phone_number", priority: 2 },
      ],
    },
    adminCreateUserConfig: { allowAdminCreateUserOnly: false },
    creationDate: (r) => r.createdAt,
    lastModifiedDate: (r) => r.createdAt,
    customDomain: "",
    domain: "",
    emailConfiguration: { emailSendingAccount: "COGNITO_DEFAULT" },
    emailVerificationMessage: "",
    emailVerificationSubject: "",
    endpoint: form("cognito-idp.{region}.{suffix}/{id}"),
    estimatedNumberOfUsers: 0,
    passwordPolicy: {
      minimumLength: 8,
      passwordHistorySize: 0,
      requireLowercase: true,
      requireNumbers: true,
      requireSymbols: true,
      requireUppercase: true,
      temporaryPasswordValidityDays: 7,
    },
    signInPolicy: { allowedFirstAuthFactors: ["PASSWORD"] },
    smsVerificationMessage: "",
    userPoolTier: "ESSENTIALS",
    verificationMessageTemplate: { defaultEmailOption: "CONFIRM_WITH_CODE" },
  },
  references: [
    ...triggers.map((trigger) => toFunction(`lambdaConfig.${trigger}`)),
    toRole(
      "smsConfiguration.snsCallerArn",
      error(
        "InvalidSmsRoleTrustRelationshipException",
        "Role does not have a trust relationship allowing Cognito to assume the role",
      ),
    ),
  ],
  admit: (r) =>
    refuseIf(
      r.text("mfaConfiguration") !== "OFF" &&
        ["smsConfiguration", "softwareTokenMfaConfiguration", "emailMfaConfiguration"].every(
          (key) => r.given(key) === undefined,
        ),
      "InvalidParameterException",
      "Invalid MFA configuration given, can't disable all MFAs and require MFA.",
    ),
  inUse: error(
    "InvalidParameterException",
    "User pool cannot be deleted. It has a domain configured that should be deleted first.",
  ),
});

const noPool = error("ResourceNotFoundException", "User pool {value} does not exist.");
const toPool = (how: Partial<Reference> = { cascades: true }) =>
  refer("userPoolId", userPool.token, noPool, how);

const client = ordinary("aws:cognito/userPoolClient:UserPoolClient", {
  id: "{lower26}",
  autoname: { property: "name", charactersMax: 128 },
  untagged: true,
  forceNew: ["generateSecret", "userPoolId"],
  outputs: {
    accessTokenValidity: 0,
    allowedOauthFlows: [],
    allowedOauthFlowsUserPoolClient: false,
    allowedOauthScopes: [],
    authSessionValidity: 3,
    callbackUrls: [],
    clientSecret: (r) => (r.flag("generateSecret") ? form("{lower52:secret}")(r) : ""),
    defaultRedirectUri: "",
    enablePropagateAdditionalUserContextData: false,
    enableTokenRevocation: true,
    explicitAuthFlows: [],
    idTokenValidity: 0,
    logoutUrls: [],
    preventUserExistenceErrors: "LEGACY",
    readAttributes: [],
    refreshTokenValidity: 30,
    supportedIdentityProviders: [],
    writeAttributes: [],
  },
  references: [toPool()],
  admit: (r) => {
    const flows = r.list("allowedOauthFlows").length > 0;
    if (flows && !r.flag("allowedOauthFlowsUserPoolClient")) {
      return error(
        "InvalidOAuthFlowException",
        "AllowedOAuthFlowsUserPoolClient must be true to use OAuth flows",
      );
    }
    return refuseIf(
      r.list("allowedOauthFlows").includes("client_credentials") && !r.flag("generateSecret"),
      "InvalidOAuthFlowException",
      "client_credentials flow can not be selected if client does not have a client secret.",
    );
  },
});

const domain = ordinary("aws:cognito/userPoolDomain:UserPoolDomain", {
  id: "{domain}",
  untagged: true,
  forceNew: ["domain", "userPoolId"],
  outputs: {
    awsAccountId: (r) => r.account,
    cloudfrontDistribution: form("d{lower13}.cloudfront.net"),
    cloudfrontDistributionArn: form("d{lower13}.cloudfront.net"),
    cloudfrontDistributionZoneId: "Z2FDTNDATAQYW2",
    managedLoginVersion: 1,
    s3Bucket: form("aws-cognito-prod-{region}-assets"),
    version: form("{digits14}"),
  },
  references: [
    toPool({ holds: true }),
    toCertificate(
      "certificateArn",
      error("InvalidParameterException", "Certificate {value} does not exist"),
    ),
  ],
  taken: error("InvalidParameterException", "Domain already associated with another user pool."),
});

const resourceServer = ordinary("aws:cognito/resourceServer:ResourceServer", {
  id: "{userPoolId}|{identifier}",
  autoname: { property: "name", charactersMax: 256 },
  untagged: true,
  forceNew: ["identifier", "userPoolId"],
  outputs: {
    scopeIdentifiers: (r) =>
      r.every("scopes[*].scopeName").map((scope) => `${r.text("identifier")}/${String(scope)}`),
  },
  references: [toPool()],
  taken: error("InvalidParameterException", "{id} already exists in user pool"),
});

const providerTypes = ["SAML", "Facebook", "Google", "LoginWithAmazon", "SignInWithApple", "OIDC"];

const identityProvider = ordinary("aws:cognito/identityProvider:IdentityProvider", {
  id: "{userPoolId}:{providerName}",
  untagged: true,
  maps: ["attributeMapping", "providerDetails"],
  forceNew: ["providerName", "providerType", "userPoolId"],
  check: (r) => oneOf(r.text("providerType"), "providerType", providerTypes),
  outputs: { attributeMapping: {}, idpIdentifiers: [] },
  references: [toPool()],
  taken: error("DuplicateProviderException", "Provider {id} already exists"),
});

const userGroup = ordinary("aws:cognito/userGroup:UserGroup", {
  id: "{userPoolId}/{name}",
  name: 128,
  untagged: true,
  forceNew: ["userPoolId"],
  references: [
    toPool(),
    toRole("roleArn", error("InvalidParameterException", "Role {value} does not exist")),
  ],
  taken: error("GroupExistsException", "A group with the name already exists."),
});

const user = ordinary("aws:cognito/user:User", {
  id: "{userPoolId}/{username}",
  untagged: true,
  defaults: { enabled: true },
  maps: ["attributes", "clientMetadata", "validationData"],
  forceNew: ["userPoolId", "username"],
  outputs: {
    creationDate: (r) => r.createdAt,
    lastModifiedDate: (r) => r.createdAt,
    mfaSettingLists: [],
    preferredMfaSetting: "",
    status: (r) => (r.given("password") === undefined ? "FORCE_CHANGE_PASSWORD" : "CONFIRMED"),
    sub: form("{uuid}"),
  },
  references: [toPool()],
  taken: error("UsernameExistsException", "User account already exists"),
});

const identityPool = ordinary("aws:cognito/identityPool:IdentityPool", {
  id: "{region}:{uuid}",
  arn: "cognito-identity:identitypool/{id}",
  defaults: { allowClassicFlow: false, allowUnauthenticatedIdentities: false },
  maps: ["supportedLoginProviders"],
  forceNew: ["developerProviderName", "identityPoolName"],
  references: [
    refer(
      "cognitoIdentityProviders[*].clientId",
      client.token,
      error("InvalidParameterException", "Invalid Cognito Identity Provider client {value}"),
      {},
    ),
    refer(
      "openidConnectProviderArns[*]",
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
      error("InvalidParameterException", "Invalid OpenID Connect provider {value}"),
      { by: "arn" },
    ),
  ],
  admit: (r) =>
    refuseIf(
      others(r).length >= identityPoolsMax,
      "LimitExceededException",
      `The limit of ${identityPoolsMax} identity pools is reached`,
    ),
});

/** Identity pools of an account (Amazon Cognito quotas, adjustable). */
const identityPoolsMax = 1000;

const poolRoles = ordinary("aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment", {
  id: "{identityPoolId}",
  untagged: true,
  maps: ["roles"],
  forceNew: ["identityPoolId"],
  check: (r) =>
    Object.keys(r.object("roles")).flatMap((key) =>
      oneOf(key, "roles", ["authenticated", "unauthenticated"]),
    ),
  references: [
    refer(
      "identityPoolId",
      identityPool.token,
      error("ResourceNotFoundException", "IdentityPool '{value}' not found."),
      { cascades: true },
    ),
    toRole("roles.*", error("InvalidParameterException", "Role {value} does not exist")),
  ],
});

/** The entries of user pools and identity pools. */
export const cognitoTypes: readonly TypeEntry[] = [
  userPool,
  client,
  domain,
  resourceServer,
  identityProvider,
  userGroup,
  user,
  identityPool,
  poolRoles,
];
