/** Notebooks, archives, queries, catalogues, builds (SageMaker, S3 Glacier, Athena, Glue and CodeBuild API references). */

import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf, textOf } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault } from "../policy-documents.ts";
import { toKey } from "../references.ts";
import { toBucket } from "../s3-references.ts";

const notebook = ordinary("aws:sagemaker/notebookInstance:NotebookInstance", {
  id: "{name}",
  arn: "sagemaker:notebook-instance/{name}",
  name: 63,
  defaults: { directInternetAccess: "Enabled", rootAccess: "Enabled", volumeSize: 5 },
  forceNew: [
    "directInternetAccess",
    "kmsKeyId",
    "platformIdentifier",
    "roleArn",
    "securityGroups",
    "subnetId",
  ],
  check: (r) =>
    ["directInternetAccess", "rootAccess"].flatMap((key) =>
      oneOf(r.text(key, "Enabled"), key, ["Enabled", "Disabled"]),
    ),
  outputs: {
    instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "2" },
    networkInterfaceId: "",
    platformIdentifier: "notebook-al2-v3",
    securityGroups: [],
    url: form("{name}.notebook.{region}.sagemaker.aws"),
  },
  references: [
    toRole("roleArn", error("ValidationException", "Could not assume role {value}.")),
    toSubnet("subnetId"),
    toGroup("securityGroups[*]"),
    toKey("kmsKeyId", "ValidationException", "The KMS key {value} does not exist"),
  ],
  taken: error("ValidationException", "Cannot create a duplicate NotebookInstance ({id})"),
  admit: (r) =>
    refuseIf(
      r.text("directInternetAccess") === "Disabled" && r.given("subnetId") === undefined,
      "ValidationException",
      "Must specify SubnetId when DirectInternetAccess is Disabled",
    ),
});

const archive = ordinary("aws:glacier/vault:Vault", {
  id: "{name}",
  arn: "glacier:vaults/{name}",
  name: 255,
  check: (r) => documentFault(r, "accessPolicy"),
  outputs: { location: form("/{account}/vaults/{name}") },
  normalised: { accessPolicy: asDocument },
  keys: ["name"],
});

const workgroup = ordinary("aws:athena/workgroup:Workgroup", {
  id: "{name}",
  arn: "athena:workgroup/{name}",
  name: 128,
  defaults: {
    forceDestroy: false,
    state: "ENABLED",
    "configuration.enforceWorkgroupConfiguration": true,
    "configuration.publishCloudwatchMetricsEnabled": true,
  },
  check: (r) => oneOf(r.text("state", "ENABLED"), "state", ["ENABLED", "DISABLED"]),
  outputs: {
    "configuration.engineVersion": {
      effectiveEngineVersion: "Athena engine version 3",
      selectedEngineVersion: "AUTO",
    },
  },
  taken: error("InvalidRequestException", "WorkGroup is already created"),
});

const athenaDatabase = ordinary("aws:athena/database:Database", {
  id: "{name}",
  autoname: { property: "name", charactersMax: 255, lowerCase: true, separator: "_" },
  untagged: true,
  defaults: { forceDestroy: false },
  maps: ["properties"],
  forceNew: [
    "bucket",
    "comment",
    "encryptionConfiguration",
    "expectedBucketOwner",
    "name",
    "properties",
  ],
  check: (r) =>
    /^[_a-z0-9]+$/.test(r.text("name"))
      ? []
      : [
          {
            property: "name",
            reason: `must be lowercase letters, numbers, or underscore ('_'): ${r.text("name")}`,
          },
        ],
  references: [toBucket("bucket")],
});

const namedQuery = ordinary("aws:athena/namedQuery:NamedQuery", {
  id: "{uuid}",
  name: 128,
  untagged: true,
  defaults: { workgroup: "primary" },
  forceNew: ["database", "description", "query", "workgroup"],
  references: [
    refer(
      "workgroup",
      workgroup.token,
      error("InvalidRequestException", "WorkGroup {value} is not found."),
      { unless: (value) => value === "primary", cascades: true },
    ),
  ],
});

const catalogDatabase = ordinary("aws:glue/catalogDatabase:CatalogDatabase", {
  id: (r) => `${r.text("catalogId", r.account)}:${r.text("name")}`,
  arn: "glue:database/{name}",
  autoname: { property: "name", charactersMax: 255, lowerCase: true },
  maps: ["parameters"],
  forceNew: ["catalogId", "name"],
  outputs: {
    catalogId: (r) => r.account,
    createTableDefaultPermissions: [
      {
        permissions: ["ALL"],
        principal: { dataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" },
      },
    ],
    locationUri: "",
  },
  keys: ["name"],
  taken: error("AlreadyExistsException", "Database already exists."),
});

const noDatabase = error("EntityNotFoundException", "Database {value} not found.");

const catalogTable = ordinary("aws:glue/catalogTable:CatalogTable", {
  id: (r) => `${r.text("catalogId", r.account)}:${r.text("databaseName")}:${r.text("name")}`,
  arn: "glue:table/{databaseName}/{name}",
  autoname: { property: "name", charactersMax: 255, lowerCase: true },
  untagged: true,
  maps: ["parameters", "storageDescriptor.parameters"],
  forceNew: ["catalogId", "databaseName", "name", "openTableFormatInput", "partitionIndices"],
  outputs: { catalogId: (r) => r.account, partitionIndices: [] },
  references: [
    refer("databaseName", catalogDatabase.token, noDatabase, { by: "name", cascades: true }),
  ],
  taken: error("AlreadyExistsException", "Table already exists."),
});

const crawler = ordinary("aws:glue/crawler:Crawler", {
  id: "{name}",
  arn: "glue:crawler/{name}",
  name: 255,
  references: [
    refer(
      "databaseName",
      catalogDatabase.token,
      error("InvalidInputException", "Database {value} does not exist"),
      { by: "name" },
    ),
  ],
  admit: (r) => {
    const role = r.text("role").split("/").at(-1) ?? "";
    return refuseIf(
      r.find("aws:iam/role:Role", role) === undefined,
      "InvalidInputException",
      `Service is unable to assume provided role. Please verify role's TrustPolicy`,
    );
  },
  taken: error("AlreadyExistsException", "Crawler {id} already exists"),
});

const job = ordinary("aws:glue/job:Job", {
  id: "{name}",
  arn: "glue:job/{name}",
  name: 255,
  maps: ["defaultArguments", "nonOverridableArguments"],
  defaults: { "command.name": "glueetl" },
  outputs: {
    executionProperty: { maxConcurrentRuns: 1 },
    glueVersion: "0.9",
    jobMode: "SCRIPT",
    maxCapacity: 10,
    timeout: 2880,
    "command.pythonVersion": "2",
  },
  references: [toRole("roleArn", error("InvalidInputException", "Role {value} does not exist"))],
});

const securityConfiguration = ordinary("aws:glue/securityConfiguration:SecurityConfiguration", {
  id: "{name}",
  name: 255,
  untagged: true,
  forceNew: ["encryptionConfiguration"],
});

const catalogEncryption = ordinary(
  "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings",
  {
    id: (r) => r.text("catalogId", r.account),
    untagged: true,
    forceNew: ["catalogId"],
    outputs: { catalogId: (r) => r.account },
  },
);

const project = ordinary("aws:codebuild/project:Project", {
  arn: "codebuild:project/{name}",
  name: 255,
  defaults: {
    badgeEnabled: false,
    buildTimeout: 60,
    projectVisibility: "PRIVATE",
    queuedTimeout: 480,
    "artifacts.encryptionDisabled": false,
    "artifacts.overrideArtifactName": false,
    "environment.imagePullCredentialsType": "CODEBUILD",
    "environment.privilegedMode": false,
  },
  outputs: {
    badgeUrl: "",
    description: "",
    encryptionKey: form("arn:{partition}:kms:{region}:{account}:alias/aws/s3"),
    publicProjectAlias: "",
  },
  keys: ["name"],
  references: [
    toRole(
      "serviceRole",
      error(
        "InvalidInputException",
        "CodeBuild is not authorized to perform: sts:AssumeRole on {value}",
      ),
    ),
    toSubnet("vpcConfig.subnets[*]"),
    toGroup("vpcConfig.securityGroupIds[*]"),
  ],
  taken: error("ResourceAlreadyExistsException", "Project already exists: {id}"),
  admit: (r) => {
    const trust = textOf(r.target("serviceRole")?.properties ?? {}, "assumeRolePolicy") ?? "";
    return refuseIf(
      !trust.includes("codebuild."),
      "InvalidInputException",
      `CodeBuild is not authorized to perform: sts:AssumeRole on ${r.text("serviceRole")}`,
    );
  },
});

/** The entries of analysis. */
export const analysisTypes: readonly TypeEntry[] = [
  notebook,
  archive,
  workgroup,
  athenaDatabase,
  namedQuery,
  catalogDatabase,
  catalogTable,
  crawler,
  job,
  securityConfiguration,
  catalogEncryption,
  project,
];
