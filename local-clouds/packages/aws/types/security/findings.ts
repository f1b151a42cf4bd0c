/** Where findings gather: Security Hub, Inspector, Macie, Access Analyzer, Detective (their API references). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { administrator, frequencies } from "./guardduty.ts";

const hub = ordinary("aws:securityhub/account:Account", {
  id: "{account}",
  untagged: true,
  defaults: { autoEnableControls: true, enableDefaultStandards: true },
  outputs: {
    arn: form("arn:{partition}:securityhub:{region}:{account}:hub/default"),
    controlFindingGenerator: "SECURITY_CONTROL",
  },
  keys: ["arn"],
  taken: error("ResourceConflictException", "Account is already subscribed to Security Hub"),
  schemaVersion: 1,
});

/** Nothing of Security Hub works before it is switched on in the region. */
const needsHub = (r: Resource) =>
  refuseIf(
    r.all(hub.token).length === 0,
    "InvalidAccessException",
    `Account ${r.account} is not subscribed to AWS Security Hub`,
  );

const standard = ordinary("aws:securityhub/standardsSubscription:StandardsSubscription", {
  id: (r) =>
    form(
      `arn:{partition}:securityhub:{region}:{account}:subscription/${
        r
          .text("standardsArn")
          .split(/:::?ruleset\/|:standards\/|::standards\//)
          .at(-1) ?? ""
      }`,
    )(r),
  untagged: true,
  forceNew: ["standardsArn"],
  outputs: { arn: (r) => r.id },
  admit: (r) =>
    needsHub(r) ??
    refuseIf(
      !/^arn:[\w-]+:securityhub:[\w-]*::(standards|ruleset)\//.test(r.text("standardsArn")),
      "InvalidInputException",
      `Invalid parameter: standardsArn ${r.text("standardsArn")}`,
    ),
});

const product = ordinary("aws:securityhub/productSubscription:ProductSubscription", {
  id: (r) => `${r.text("productArn")},${subscriptionArn(r)}`,
  untagged: true,
  forceNew: ["productArn"],
  outputs: { arn: subscriptionArn },
  admit: needsHub,
});

function subscriptionArn(r: Resource): string {
  return form(
    `arn:{partition}:securityhub:{region}:{account}:product-subscription/${r.text("productArn").split(":product/").at(-1) ?? ""}`,
  )(r);
}

const findingAggregator = ordinary("aws:securityhub/findingAggregator:FindingAggregator", {
  id: (r) => form("arn:{partition}:securityhub:{region}:{account}:finding-aggregator/{uuid}")(r),
  untagged: true,
  check: (r) =>
    oneOf(r.text("linkingMode"), "linkingMode", [
      "ALL_REGIONS",
      "ALL_REGIONS_EXCEPT_SPECIFIED",
      "SPECIFIED_REGIONS",
      "NO_REGIONS",
    ]),
  outputs: { arn: (r) => r.id },
  admit: (r) =>
    needsHub(r) ??
    refuseIf(others(r).length > 0, "InvalidInputException", "A finding aggregator exists already"),
});

const hubOrganization = ordinary(
  "aws:securityhub/organizationConfiguration:OrganizationConfiguration",
  {
    id: "{account}",
    untagged: true,
    outputs: {
      autoEnableStandards: "DEFAULT",
      organizationConfiguration: { configurationType: "LOCAL" },
    },
    admit: needsHub,
  },
);

const hubMember = ordinary("aws:securityhub/member:Member", {
  id: "{accountId}",
  untagged: true,
  defaults: { invite: false },
  forceNew: ["accountId", "email", "invite"],
  outputs: {
    masterId: (r) => r.account,
    memberStatus: (r) => (r.flag("invite") ? "Invited" : "Created"),
  },
  admit: needsHub,
});

const scans = ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE", "CODE_REPOSITORY"];

const inspector = ordinary("aws:inspector2/enabler:Enabler", {
  id: (r) =>
    `${r.list("accountIds").map(String).sort().join(":")}-${r.list("resourceTypes").map(String).sort().join(":")}`,
  untagged: true,
  forceNew: ["accountIds"],
  check: (r) =>
    r.every("resourceTypes[*]").flatMap((type) => oneOf(String(type), "resourceTypes", scans)),
  timeouts: { create: 300, update: 300, delete: 300 },
});

const inspectorAdmin = ordinary("aws:inspector2/delegatedAdminAccount:DelegatedAdminAccount", {
  id: "{accountId}",
  untagged: true,
  forceNew: ["accountId"],
  outputs: { relationshipStatus: "ENABLED" },
});

const inspectorOrganization = ordinary(
  "aws:inspector2/organizationConfiguration:OrganizationConfiguration",
  {
    id: "{account}",
    untagged: true,
    outputs: { maxAccountLimitReached: false },
  },
);

const macie = ordinary("aws:macie2/account:Account", {
  id: "{account}",
  untagged: true,
  check: (r) => [
    ...(r.given("findingPublishingFrequency") === undefined
      ? []
      : oneOf(r.text("findingPublishingFrequency"), "findingPublishingFrequency", frequencies)),
    ...(r.given("status") === undefined
      ? []
      : oneOf(r.text("status"), "status", ["ENABLED", "PAUSED"])),
  ],
  outputs: {
    createdAt: (r) => r.createdAt,
    updatedAt: (r) => r.createdAt,
    findingPublishingFrequency: "FIFTEEN_MINUTES",
    serviceRole: form(
      "arn:{partition}:iam::{account}:role/aws-service-role/macie.{suffix}/AWSServiceRoleForAmazonMacie",
    ),
    status: "ENABLED",
  },
  taken: error("ConflictException", "Macie has already been enabled"),
});

const macieJob = ordinary("aws:macie2/classificationJob:ClassificationJob", {
  id: "{hex32}",
  name: 500,
  prefixed: true,
  forceNew: [
    "customDataIdentifierIds",
    "description",
    "initialRun",
    "jobType",
    "s3JobDefinition",
    "samplingPercentage",
    "scheduleFrequency",
  ],
  check: (r) => oneOf(r.text("jobType"), "jobType", ["ONE_TIME", "SCHEDULED"]),
  outputs: {
    createdAt: (r) => r.createdAt,
    jobArn: form("arn:{partition}:macie2:{region}:{account}:classification-job/{id}"),
    jobId: (r) => r.id,
    jobStatus: "RUNNING",
    samplingPercentage: 100,
  },
  admit: (r) =>
    refuseIf(r.all(macie.token).length === 0, "AccessDeniedException", "Macie is not enabled"),
});

const analyzerTypes = [
  "ACCOUNT",
  "ACCOUNT_INTERNAL_ACCESS",
  "ACCOUNT_UNUSED_ACCESS",
  "ORGANIZATION",
  "ORGANIZATION_INTERNAL_ACCESS",
  "ORGANIZATION_UNUSED_ACCESS",
];

const analyzer = ordinary("aws:accessanalyzer/analyzer:Analyzer", {
  id: "{analyzerName}",
  arn: "access-analyzer:analyzer/{analyzerName}",
  defaults: { type: "ACCOUNT" },
  forceNew: ["analyzerName", "type"],
  check: (r) => oneOf(r.text("type", "ACCOUNT"), "type", analyzerTypes),
  taken: error("ConflictException", "Analyzer with this name already exists: {id}"),
  admit: (r) =>
    refuseIf(
      others(r).some(
        ({ properties }) => properties["type"] === r.given("type") && r.text("type") === "ACCOUNT",
      ),
      "ServiceQuotaExceededException",
      "You have reached the quota for this analyzer type: 1 per Region and account",
    ),
});

const archiveRule = ordinary("aws:accessanalyzer/archiveRule:ArchiveRule", {
  id: "{analyzerName}/{ruleName}",
  untagged: true,
  forceNew: ["analyzerName", "ruleName"],
  references: [
    refer(
      "analyzerName",
      analyzer.token,
      error("ResourceNotFoundException", "Analyzer {value} not found"),
      { cascades: true },
    ),
  ],
});

const graph = ordinary("aws:detective/graph:Graph", {
  id: (r) => form("arn:{partition}:detective:{region}:{account}:graph:{hex32}")(r),
  outputs: { createdTime: (r) => r.createdAt, graphArn: (r) => r.id },
  admit: (r) =>
    refuseIf(
      others(r).length > 0,
      "ConflictException",
      "A behavior graph already exists for this account",
    ),
});

/** The entries of services with findings. */
export const findingTypes: readonly TypeEntry[] = [
  hub,
  standard,
  product,
  findingAggregator,
  hubOrganization,
  hubMember,
  administrator("securityhub"),
  inspector,
  inspectorAdmin,
  inspectorOrganization,
  macie,
  macieJob,
  analyzer,
  archiveRule,
  graph,
];
