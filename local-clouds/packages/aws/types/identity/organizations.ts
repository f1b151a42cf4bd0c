/** Organisations, their accounts, units and policies (AWS Organizations API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../../types/type.ts";
import { hexFrom } from "../../stable.ts";
import { oneOf, others } from "../common.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault, documentProblem, documentText } from "../policy-documents.ts";
import { isAccount } from "../references.ts";

/** Characters of a policy, and policies of one target (AWS Organizations quotas). */
const policyCharactersMax = 5120;

const policiesPerTargetMax = 5;

/** Levels of units under a root (AWS Organizations quotas). */
const depthMax = 5;

/** The account is its organisation's management account, as the function `getOrganization` says too. */
function organizationOf(account: string): { id: string; root: string } {
  return {
    id: `o-${hexFrom(`organization ${account}`, 10)}`,
    root: `r-${hexFrom(`root ${account}`, 4)}`,
  };
}

const inOrganization = (r: Resource, kind: string, rest: string) =>
  form(`arn:{partition}:organizations::{account}:${kind}/${organizationOf(r.account).id}/${rest}`)(
    r,
  );

const organization = ordinary("aws:organizations/organization:Organization", {
  global: true,
  untagged: true,
  id: (r) => organizationOf(r.account).id,
  defaults: { featureSet: "ALL" },
  forceNew: ["featureSet"],
  check: (r) => oneOf(r.text("featureSet", "ALL"), "featureSet", ["ALL", "CONSOLIDATED_BILLING"]),
  outputs: {
    arn: form("arn:{partition}:organizations::{account}:organization/{id}"),
    accounts: [],
    awsServiceAccessPrincipals: [],
    enabledPolicyTypes: [],
    masterAccountArn: (r) => inOrganization(r, "account", r.account),
    masterAccountEmail: form("aws+{account}@example.com"),
    masterAccountId: (r) => r.account,
    masterAccountName: "management",
    nonMasterAccounts: [],
    roots: (r) => {
      const { root } = organizationOf(r.account);
      return [{ arn: inOrganization(r, "root", root), id: root, name: "Root", policyTypes: [] }];
    },
  },
  taken: error(
    "AlreadyInOrganizationException",
    "The AWS account is already a member of an organization.",
  ),
});

const unitToken = "aws:organizations/organizationalUnit:OrganizationalUnit";

const noParent = error(
  "ParentNotFoundException",
  "You specified parent {value} that doesn't exist.",
);

const toParent = refer("parentId", unitToken, noParent, {
  holds: true,
  unless: (value, r) => value === organizationOf(r.account).root,
});

/** A member account. */
export const account = ordinary("aws:organizations/account:Account", {
  global: true,
  id: (r) => r.digits("account", 12),
  autoname: { property: "name", charactersMax: 50 },
  defaults: { closeOnDeletion: false },
  forceNew: ["createGovcloud", "email", "name", "roleName"],
  outputs: {
    arn: (r) => inOrganization(r, "account", r.id),
    govcloudId: "",
    joinedMethod: "CREATED",
    joinedTimestamp: (r) => r.createdAt,
    parentId: (r) => organizationOf(r.account).root,
    state: "ACTIVE",
    status: "ACTIVE",
  },
  keys: ["arn"],
  references: [toParent],
  admit: (r) => {
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(r.text("email")))
      return error(
        "InvalidInputException",
        "You provided a value that does not match the required pattern: email",
      );
    return refuseIf(
      others(r).some(({ properties }) => properties["email"] === r.given("email")),
      "EmailAlreadyExistsException",
      "EMAIL_ALREADY_EXISTS",
    );
  },
  inUse: error("ConstraintViolationException", "The account {id} is in use by {value}"),
});

const unit = ordinary(unitToken, {
  global: true,
  id: (r) =>
    `ou-${organizationOf(r.account).root.slice(2)}-${r.characters("unit", 8, "abcdefghijklmnopqrstuvwxyz0123456789")}`,
  autoname: { property: "name", charactersMax: 128 },
  forceNew: ["parentId"],
  outputs: { accounts: [], arn: (r) => inOrganization(r, "ou", r.id) },
  keys: ["arn"],
  references: [toParent],
  admit: refuseUnit,
  inUse: error(
    "OrganizationalUnitNotEmptyException",
    "The organizational unit {id} is not empty: {value}",
  ),
});

function refuseUnit(r: Resource): ServiceError | undefined {
  const beside = others(r).filter(
    ({ properties }) => properties["parentId"] === r.given("parentId"),
  );
  if (beside.some(({ properties }) => properties["name"] === r.given("name"))) {
    return error(
      "DuplicateOrganizationalUnitException",
      "An OU with the same name already exists.",
    );
  }
  let [depth, parent] = [1, r.text("parentId")];
  for (; parent.startsWith("ou-") && depth <= depthMax; depth++) {
    parent = String(r.find(unitToken, parent)?.properties["parentId"] ?? "");
  }
  return refuseIf(
    depth > depthMax,
    "ConstraintViolationException",
    `You have exceeded the maximum depth of the organization hierarchy: ${depthMax}`,
  );
}

const policyTypes = [
  "AISERVICES_OPT_OUT_POLICY",
  "BACKUP_POLICY",
  "CHATBOT_POLICY",
  "DECLARATIVE_POLICY_EC2",
  "RESOURCE_CONTROL_POLICY",
  "SECURITYHUB_POLICY",
  "SERVICE_CONTROL_POLICY",
  "TAG_POLICY",
];

const policy = ordinary("aws:organizations/policy:Policy", {
  global: true,
  id: "p-{lower8}",
  autoname: { property: "name", charactersMax: 128 },
  defaults: { skipDestroy: false, type: "SERVICE_CONTROL_POLICY" },
  forceNew: ["type"],
  check: (r) => [
    ...oneOf(r.text("type", "SERVICE_CONTROL_POLICY"), "type", policyTypes),
    ...documentFault(r, "content"),
  ],
  outputs: {
    arn: (r) => inOrganization(r, "policy", `${r.text("type").toLowerCase()}/${r.id}`),
    description: "",
  },
  normalised: { content: asDocument },
  keys: ["arn"],
  admit: (r) => {
    const text = documentText(r.given("content") ?? "");
    if (text.length > policyCharactersMax)
      return error(
        "ConstraintViolationException",
        `You have exceeded the policy size limit: ${policyCharactersMax}`,
      );
    const control = r.text("type") === "SERVICE_CONTROL_POLICY";
    const problem = control ? documentProblem(text, "identity") : undefined;
    if (problem !== undefined)
      return error(
        "MalformedPolicyDocumentException",
        "The provided policy document does not meet the requirements of the specified policy type.",
      );
    return refuseIf(
      others(r).some(({ properties }) => properties["name"] === r.given("name")),
      "DuplicatePolicyException",
      "A policy with the same name already exists.",
    );
  },
  inUse: error(
    "PolicyInUseException",
    "The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.",
  ),
});

const isTarget = (r: Resource, value: string) =>
  value === organizationOf(r.account).root || value === r.account;

const policyAttachment = ordinary("aws:organizations/policyAttachment:PolicyAttachment", {
  global: true,
  untagged: true,
  id: "{targetId}:{policyId}",
  forceNew: ["policyId", "targetId"],
  references: [
    refer(
      "policyId",
      policy.token,
      error(
        "PolicyNotFoundException",
        "We can't find a policy with the policyId that you specified: {value}",
      ),
      { holds: true, unless: (value) => /^p-[A-Z]/.test(value) },
    ),
    refer(
      "targetId",
      [unitToken, account.token],
      error(
        "TargetNotFoundException",
        "We can't find a root, OU, account, or policy with the targetId that you specified: {value}",
      ),
      { unless: (value, r) => isTarget(r, value), cascades: true },
    ),
  ],
  taken: error(
    "DuplicatePolicyAttachmentException",
    "The selected policy is already attached to the specified target.",
  ),
  admit: (r) => {
    const mine = others(r).filter(
      ({ properties }) => properties["targetId"] === r.given("targetId"),
    );
    return refuseIf(
      mine.length >= policiesPerTargetMax,
      "ConstraintViolationException",
      `You have exceeded the number of policies attached to an entity: ${policiesPerTargetMax}`,
    );
  },
});

const delegation = ordinary("aws:organizations/delegatedAdministrator:DelegatedAdministrator", {
  global: true,
  untagged: true,
  id: "{accountId}/{servicePrincipal}",
  forceNew: ["accountId", "servicePrincipal"],
  check: (r) =>
    isAccount(r.text("accountId"))
      ? []
      : [{ property: "accountId", reason: `"account_id" doesn't look like AWS Account ID` }],
  outputs: {
    arn: (r) => inOrganization(r, "account", r.text("accountId")),
    delegationEnabledDate: (r) => r.createdAt,
    email: form("aws+{accountId}@example.com"),
    joinedMethod: "CREATED",
    joinedTimestamp: (r) => r.createdAt,
    name: form("{accountId}"),
    status: "ACTIVE",
  },
  admit: (r) =>
    refuseIf(
      r.text("accountId") === r.account,
      "ConstraintViolationException",
      "You cannot register the management account as delegated administrator.",
    ),
  taken: error(
    "AccountAlreadyRegisteredException",
    "The specified account is already a delegated administrator for this AWS service.",
  ),
});

const resourcePolicy = ordinary("aws:organizations/resourcePolicy:ResourcePolicy", {
  global: true,
  id: "rp-{lower8}",
  check: (r) => documentFault(r, "content"),
  outputs: { arn: (r) => inOrganization(r, "resourcepolicy", r.id) },
  normalised: { content: asDocument },
});

/** The entries of organisations. */
export const organizationTypes: readonly TypeEntry[] = [
  organization,
  account,
  unit,
  policy,
  policyAttachment,
  delegation,
  resourcePolicy,
];
