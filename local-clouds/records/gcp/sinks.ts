/**
 * Where sinks send entries (Cloud Logging, "Route log entries to supported destinations", "Set destination
 * permissions", "Collate and route organization- and folder-level logs", "Configure Data Access audit
 * logs").
 */

import { decideGcp } from "../../act/gcp/decide.ts";
import { gcpResource } from "../../act/gcp/resource.ts";
import { projectNumber } from "../../packages/gcp/types/common.ts";
import { accountPrincipal } from "../../probe/token/gcp/principal.ts";
import { type Live, objectsAt, textAt, textsAt } from "../../probe/token/live.ts";
import type { RecordData } from "../../world/world.ts";
import { dateParts } from "../call.ts";
import { destinationRow, type Routes } from "../logging.ts";
import type { GcpEvent } from "./entry.ts";
import { takes } from "./filter.ts";

export const sinkTokens = [
  "gcp:logging/projectSink:ProjectSink",
  "gcp:logging/folderSink:FolderSink",
  "gcp:logging/organizationSink:OrganizationSink",
];
export const auditTokens = [
  "gcp:projects/iAMAuditConfig:IAMAuditConfig",
  "gcp:folder/iamAuditConfig:IamAuditConfig",
  "gcp:organizations/iamAuditConfig:IamAuditConfig",
];

/** A destination as a sink writes it. */
interface Target {
  readonly pattern: RegExp;
  readonly tokens: readonly string[];
  /** Id of the resource, of what the pattern found. */
  readonly id: (parts: readonly string[]) => string;
  /** What the sink's writer must be allowed there. */
  readonly permission: string;
  readonly place: (event: GcpEvent) => string;
}

const targets: readonly Target[] = [
  {
    pattern: /^storage\.googleapis\.com\/([^/]+)$/,
    tokens: ["gcp:storage/bucket:Bucket"],
    id: ([bucket = ""]) => bucket,
    permission: "storage.objects.create",
    place: objectName,
  },
  {
    pattern: /^pubsub\.googleapis\.com\/(projects\/[^/]+\/topics\/[^/]+)$/,
    tokens: ["gcp:pubsub/topic:Topic"],
    id: ([topic = ""]) => topic,
    permission: "pubsub.topics.publish",
    place: () => "",
  },
  {
    pattern: /^bigquery\.googleapis\.com\/(projects\/[^/]+\/datasets\/[^/]+)$/,
    tokens: ["gcp:bigquery/dataset:Dataset"],
    id: ([dataset = ""]) => dataset,
    permission: "bigquery.tables.updateData",
    place: ({ log }) => log.replace(/[^A-Za-z0-9]/g, "_"),
  },
  {
    pattern: /^logging\.googleapis\.com\/(.+\/buckets\/[^/]+)$/,
    tokens: [
      "gcp:logging/projectBucketConfig:ProjectBucketConfig",
      "gcp:logging/folderBucketConfig:FolderBucketConfig",
      "gcp:logging/organizationBucketConfig:OrganizationBucketConfig",
    ],
    id: ([bucket = ""]) => bucket,
    permission: "logging.buckets.write",
    place: ({ log }) => log,
  },
];

/** Records of an entry in the destinations of every sink that takes it. */
export function toSinks(routes: Routes, event: GcpEvent): readonly RecordData[] {
  if (!isWritten(routes, event)) return [];
  return routes.live
    .of(...sinkTokens)
    .filter((sink) => watches(routes, sink, event.project) && chooses(sink, event))
    .flatMap((sink) => delivered(routes, sink, event));
}

/** Data access is only logged where it is switched on for the service, and not for exempted members. */
function isWritten({ live }: Routes, { project, switched, service, member }: GcpEvent): boolean {
  if (switched === "") return true;
  const places = gcpResource(live, `projects/${project}`).places;
  return live
    .of(...auditTokens)
    .filter(({ properties }) => ["allServices", service].includes(textAt(properties, "service")))
    .filter(({ properties }) =>
      places.some(({ names }) =>
        ["project", "folder", "orgId"].some((key) => names.has(textAt(properties, key))),
      ),
    )
    .some(({ properties }) =>
      objectsAt(properties, "auditLogConfigs").some(
        (one) =>
          textAt(one, "logType") === switched && !textsAt(one, "exemptedMembers").includes(member),
      ),
    );
}

/** A sink of a folder or organization takes its children's entries only with `includeChildren`. */
function watches({ live }: Routes, sink: Live, project: string): boolean {
  const { properties } = sink;
  if (sink.token === sinkTokens[0]) {
    const own = textAt(properties, "project") || sink.account;
    // Pools name their project by its number.
    return own === project || projectNumber(own) === project;
  }
  if (properties["includeChildren"] !== true) return false;
  const key = textAt(properties, "folder") || textAt(properties, "orgId");
  return gcpResource(live, `projects/${project}`).places.some(({ names }) => names.has(key));
}

/** A filter that is not understood sends nothing: better a record less than one in the wrong place. */
function chooses({ properties }: Live, { entry }: GcpEvent): boolean {
  if (properties["disabled"] === true) return false;
  if (takes(textAt(properties, "filter"), entry) !== true) return false;
  return !objectsAt(properties, "exclusions").some(
    (one) => one["disabled"] !== true && takes(textAt(one, "filter"), entry) !== false,
  );
}

function delivered(routes: Routes, sink: Live, event: GcpEvent): readonly RecordData[] {
  const written = textAt(sink.properties, "destination");
  for (const target of targets) {
    const found = target.pattern.exec(written);
    if (found === null) continue;
    const id = target.id(found.slice(1));
    const destination = destinationRow(routes.world, target.tokens, id);
    if (destination === undefined || !mayWrite(routes, sink, target, id, event)) return [];
    const kind = event.log.startsWith("cloudaudit") ? "Cloud Audit Logs" : "VPC Flow Logs";
    const body = JSON.stringify(event.entry);
    return [{ destination, place: target.place(event), kind, at: event.at.toISOString(), body }];
  }
  return [];
}

/** Without a grant the writer's entries are lost; a log bucket of the sink's own project needs none. */
function mayWrite(
  routes: Routes,
  sink: Live,
  target: Target,
  id: string,
  event: GcpEvent,
): boolean {
  const own = id.startsWith(`projects/${textAt(sink.properties, "project") || sink.account}/`);
  if (target.permission === "logging.buckets.write" && own) return true;
  const writer = textAt(sink.properties, "writerIdentity").replace(/^serviceAccount:/, "");
  const name = target.permission.startsWith("storage.") ? `gs://${id}` : id;
  const resource = gcpResource(routes.live, name);
  const row = destinationRow(routes.world, target.tokens, id);
  const project =
    resource.project ||
    projectOfRow(routes, target, id) ||
    (row === undefined ? "" : event.project);
  const here =
    resource.places.length > 1 ? resource : gcpResource(routes.live, `projects/${project}`);
  const places = [
    ...resource.places,
    ...here.places,
    { kind: familyOf(target), names: new Set([id, id.split("/").at(-1) ?? id]) },
  ];
  const where = { ...resource, project, places };
  const nowSeconds = Math.floor(event.at.getTime() / 1000);
  return (
    decideGcp(routes.live, accountPrincipal(writer), where, target.permission, nowSeconds).says !==
    "no"
  );
}

function projectOfRow({ world }: Routes, { tokens }: Target, id: string): string {
  return tokens.flatMap((token) => world.named(token, "id", id, {}))[0]?.account ?? "";
}

/** As the module of its grants is called. */
function familyOf({ permission }: Target): string {
  return permission.split(".")[0] ?? "";
}

/** `LOG/YYYY/MM/DD/HH:00:00_HH:59:59_S0.json` ("View logs routed to Cloud Storage"). */
function objectName({ log, at }: GcpEvent): string {
  const { year, month, day, hour } = dateParts(at);
  return `${log}/${year}/${month}/${day}/${hour}:00:00_${hour}:59:59_S0.json`;
}
