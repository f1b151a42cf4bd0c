/** Tables (Amazon DynamoDB API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { InputFault, TypeEntry } from "../../../../types/type.ts";
import { objectsIn, oneOf } from "../common.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault } from "../policy-documents.ts";
import { toKey } from "../references.ts";

const table = ordinary("aws:dynamodb/table:Table", {
  id: "{name}",
  arn: "dynamodb:table/{name}",
  name: 255,
  defaults: { billingMode: "PROVISIONED", tableClass: "STANDARD" },
  forceNew: [
    "hashKey",
    "importTable",
    "localSecondaryIndexes",
    "rangeKey",
    "restoreBackupArn",
    "restoreDateTime",
    "restoreSourceName",
    "restoreSourceTableArn",
    "restoreToLatestTime",
  ],
  check: tableFaults,
  keep: (r) =>
    refuseIf(
      r.flag("deletionProtectionEnabled"),
      "ValidationException",
      `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
    ),
  outputs: {
    deletionProtectionEnabled: false,
    globalSecondaryIndexes: [],
    localSecondaryIndexes: [],
    pointInTimeRecovery: { enabled: false, recoveryPeriodInDays: 0 },
    readCapacity: 0,
    replicas: [],
    serverSideEncryption: null,
    streamArn: (r) =>
      r.flag("streamEnabled")
        ? form(`arn:{partition}:dynamodb:{region}:{account}:table/{name}/stream/${label(r)}`)(r)
        : "",
    streamEnabled: false,
    streamLabel: (r) => (r.flag("streamEnabled") ? label(r) : ""),
    streamViewType: "",
    ttl: { attributeName: "", enabled: false },
    writeCapacity: 0,
  },
  normalised: {
    // The service forgets the attribute of what is switched off (DescribeTimeToLive).
    ttl: (r, given) =>
      r.given("ttl.enabled") === false ? { attributeName: "", enabled: false } : given,
  },
  keys: ["streamArn"],
  references: [
    toKey(
      "serverSideEncryption.kmsKeyArn",
      "ValidationException",
      "One or more parameter values were invalid: KMS key {value} does not exist",
    ),
  ],
  taken: error("ResourceInUseException", "Table already exists: {id}"),
  admit: (r) =>
    refuseIf(
      r.flag("streamEnabled") && r.given("streamViewType") === undefined,
      "ValidationException",
      "One or more parameter values were invalid: StreamViewType must be specified when StreamEnabled is true",
    ),
  timeouts: { create: 1800, update: 3600, delete: 600 },
  schemaVersion: 1,
});

function label(r: Resource): string {
  return r.createdAt.replace("Z", "");
}

/** Every attribute that is declared is a key of the table or of an index, and the other way round. */
function tableFaults(r: Resource): InputFault[] {
  const copied = [
    "restoreSourceName",
    "restoreSourceTableArn",
    "restoreBackupArn",
    "importTable",
  ].some((key) => r.given(key) !== undefined);
  const indexes = ["globalSecondaryIndexes", "localSecondaryIndexes"].flatMap((list) =>
    objectsIn(r.list(list)),
  );
  const keys = new Set(
    [
      r.given("hashKey"),
      r.given("rangeKey"),
      ...indexes.flatMap((index) => [index["hashKey"], index["rangeKey"]]),
    ].filter((key) => typeof key === "string"),
  );
  const declared = new Set(r.every("attributes[*].name").map(String));
  const stray = [...declared].filter((name) => !keys.has(name));
  const lacking = [...keys].filter((name) => !declared.has(name));
  const capacity =
    r.text("billingMode", "PROVISIONED") === "PROVISIONED" &&
    (r.given("readCapacity") === undefined || r.given("writeCapacity") === undefined);
  return [
    ...oneOf(r.text("billingMode", "PROVISIONED"), "billingMode", [
      "PROVISIONED",
      "PAY_PER_REQUEST",
    ]),
    ...oneOf(r.text("tableClass", "STANDARD"), "tableClass", [
      "STANDARD",
      "STANDARD_INFREQUENT_ACCESS",
    ]),
    ...(stray.length > 0 || (lacking.length > 0 && !copied)
      ? [
          {
            property: "attributes",
            reason: `all attributes must be indexed. Unused attributes: ${JSON.stringify(stray)}; all indexes must match a defined attribute. Unmatched indexes: ${JSON.stringify(lacking)}`,
          },
        ]
      : []),
    ...(capacity && !copied
      ? [
          {
            property: "readCapacity",
            reason:
              "read_capacity and write_capacity must be at least 1 when billing_mode is PROVISIONED",
          },
        ]
      : []),
  ];
}

const noTable = error(
  "ResourceNotFoundException",
  "Requested resource not found: Table: {value} not found",
);

const tableItem = ordinary("aws:dynamodb/tableItem:TableItem", {
  id: (r) =>
    [
      r.text("tableName"),
      r.text("hashKey"),
      r.text("rangeKey", ""),
      keyOf(r, "hashKey"),
      keyOf(r, "rangeKey"),
    ]
      .filter((part) => part !== "")
      .join("|"),
  untagged: true,
  forceNew: ["hashKey", "rangeKey", "tableName"],
  check: (r) => documentFault(r, "item"),
  outputs: { hashKeyValue: (r) => keyOf(r, "hashKey"), rangeKeyValue: (r) => keyOf(r, "rangeKey") },
  references: [refer("tableName", table.token, noTable, { by: ["id", "arn"], cascades: true })],
  taken: error("ConditionalCheckFailedException", "The conditional request failed"),
  admit: (r) =>
    refuseIf(
      keyOf(r, "hashKey") === "",
      "ValidationException",
      `One or more parameter values were invalid: Missing the key ${r.text("hashKey")} in the item`,
    ),
});

/** The value of a key attribute in DynamoDB's own JSON, e.g. `{"id": {"S": "1"}}`. */
function keyOf(r: Resource, property: string): string {
  const key = r.text(property, "");
  const item = JSON.parse(r.text("item")) as Record<string, Record<string, unknown>>;
  const value = Object.values(item[key] ?? {})[0];
  return typeof value === "string" ? value : "";
}

const tablePolicy = ordinary("aws:dynamodb/resourcePolicy:ResourcePolicy", {
  id: "{resourceArn}",
  untagged: true,
  forceNew: ["resourceArn"],
  check: (r) => documentFault(r, "policy"),
  outputs: {
    confirmRemoveSelfResourceAccess: false,
    revisionId: (r) => r.createdAt.replaceAll(/\D/g, ""),
  },
  normalised: { policy: asDocument },
  references: [
    refer("resourceArn", table.token, noTable, { by: ["arn", "streamArn"], cascades: true }),
  ],
});

const streamingDestination = ordinary(
  "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination",
  {
    id: "{tableName},{streamArn}",
    untagged: true,
    forceNew: ["approximateCreationDateTimePrecision", "streamArn", "tableName"],
    outputs: { approximateCreationDateTimePrecision: "MILLISECOND" },
    references: [
      refer("tableName", table.token, noTable, { cascades: true }),
      refer(
        "streamArn",
        "aws:kinesis/stream:Stream",
        error("ResourceNotFoundException", "Kinesis stream {value} not found"),
        { by: "arn" },
      ),
    ],
  },
);

/** The entries of tables. */
export const dynamodbTypes: readonly TypeEntry[] = [
  table,
  tableItem,
  tablePolicy,
  streamingDestination,
];
