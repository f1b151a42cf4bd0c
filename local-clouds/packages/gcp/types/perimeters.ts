/** Service perimeters, Identity-Aware Proxy and Security Command Center. */

import type { Resource } from "../../../types/resource.ts";
import type { InputFault, TypeEntry } from "../../../types/type.ts";
import { absent, badRequest, lastPart, notFound, projectNumber } from "./common.ts";
import { grants } from "./iam-grants.ts";

const policyToken = "gcp:accesscontextmanager/accessPolicy:AccessPolicy";
const levelToken = "gcp:accesscontextmanager/accessLevel:AccessLevel";
const twentyMinutes = { create: 1200, update: 1200, delete: 1200 };

const policy: TypeEntry = {
  token: policyToken,
  forceNew: ["parent", "scopes"],
  global: true,
  id: (r) => r.digits("number", 12),
  outputs: {
    name: (r) => r.digits("number", 12),
    createTime: (r) => r.createdAt,
    updateTime: (r) => r.createdAt,
  },
  keys: ["name"],
  // An organisation has one policy without scopes (Access Context Manager, "Scoped policies").
  admit: (r) =>
    r.before === undefined &&
    r.list("scopes").length === 0 &&
    r
      .all(policyToken)
      .some(
        ({ properties }) =>
          properties["parent"] === r.text("parent") && !Array.isArray(properties["scopes"]),
      )
      ? {
          code: "409",
          says: `Policy already exists with parent ${r.text("parent")}, alreadyExists`,
        }
      : undefined,
  inUse: { code: "400", says: "Policy {id} still holds {value}, failedPrecondition" },
  timeouts: twentyMinutes,
};

const ofPolicy = {
  at: "parent",
  to: policyToken,
  by: ["id", "name"],
  key: (_: Resource, value: string) => lastPart(value),
  within: "world",
  holds: true,
  missing: notFound("Access policy '{value}' was not found"),
} as const;

/** Names say where they lie: `accessPolicies/P/accessLevels/L`. */
function fullName(collection: string, property: "name") {
  return (r: Resource): InputFault[] =>
    new RegExp(`^accessPolicies/[^/]+/${collection}/\\w+$`).test(r.text(property))
      ? []
      : [
          {
            property,
            reason: `"${property}" must be of the form accessPolicies/POLICY/${collection}/NAME: ${r.text(property)}`,
          },
        ];
}

const level: TypeEntry = {
  token: levelToken,
  autoname: { property: "name", charactersMax: 63 },
  defaults: { "basic.combiningFunction": "AND" },
  check: fullName("accessLevels", "name"),
  forceNew: ["name", "parent"],
  global: true,
  id: (r) => r.text("name"),
  outputs: { description: "", ...absent("basic", "custom") },
  references: [ofPolicy],
  timeouts: twentyMinutes,
};

const perimeter: TypeEntry = {
  token: "gcp:accesscontextmanager/servicePerimeter:ServicePerimeter",
  autoname: { property: "name", charactersMax: 63 },
  defaults: { perimeterType: "PERIMETER_TYPE_REGULAR" },
  check: fullName("servicePerimeters", "name"),
  forceNew: ["name", "parent", "perimeterType"],
  global: true,
  id: (r) => r.text("name"),
  outputs: {
    createTime: (r) => r.createdAt,
    updateTime: (r) => r.createdAt,
    description: "",
    ...absent("spec", "status"),
  },
  references: [
    ofPolicy,
    ...["status", "spec"].map((part) => ({
      at: `${part}.accessLevels[*]`,
      to: levelToken,
      within: "world" as const,
      holds: true,
      missing: notFound("Access level '{value}' was not found"),
    })),
  ],
  // A project lies in one regular perimeter, by its number (VPC Service Controls, "Service perimeters").
  admit: (r) => {
    const projects = r.every("status.resources[*]").map(String);
    const wrong = projects.find(
      (one) => !/^(projects\/\d+|\/\/compute\.googleapis\.com\/.+)$/.test(one),
    );
    return wrong === undefined
      ? undefined
      : badRequest(`Invalid resource '${wrong}': it must be of the form projects/PROJECT_NUMBER`);
  },
  timeouts: twentyMinutes,
  schemaVersion: 1,
};

const brand: TypeEntry = {
  token: "gcp:iap/brand:Brand",
  forceNew: ["applicationTitle", "project", "supportEmail"],
  id: (r) => `projects/${projectNumber(r.account)}/brands/${projectNumber(r.account)}`,
  planned: { project: (r) => r.account },
  outputs: { name: (r) => r.id, orgInternalOnly: true },
  keys: ["name"],
  taken: { code: "409", says: "Requested entity already exists, alreadyExists" },
  timeouts: { create: 1200, delete: 1200 },
};

const client: TypeEntry = {
  token: "gcp:iap/client:Client",
  forceNew: ["brand", "displayName"],
  id: (r) => `${r.text("brand")}/identityAwareProxyClients/${clientId(r)}`,
  outputs: { clientId, secret: (r) => `GOCSPX-${r.characters("secret", 28)}` },
  secrets: ["secret"],
  references: [
    {
      at: "brand",
      to: "gcp:iap/brand:Brand",
      by: ["id", "name"],
      within: "world",
      holds: true,
      missing: notFound("Brand '{value}' was not found"),
    },
  ],
  timeouts: { create: 1200, delete: 1200 },
};

function clientId(r: Resource): string {
  return `${projectNumber(r.account)}-${r.hex("client", 32)}.apps.googleusercontent.com`;
}

const topicRef = {
  at: "pubsubTopic",
  to: "gcp:pubsub/topic:Topic",
  within: "world",
  missing: notFound("Pub/Sub topic '{value}' was not found"),
} as const;

/** Findings sent to a topic. */
function findings(
  token: string,
  on: "organization" | "project" | "folder",
  located: boolean,
): TypeEntry {
  const parent = (r: Resource) =>
    on === "project" ? `projects/${r.account}` : `${on}s/${lastPart(r.text(on))}`;
  return {
    token,
    ...(located ? { defaults: { location: "global" } } : {}),
    forceNew: ["configId", on, ...(located ? ["location"] : [])],
    ...(on === "project" ? { planned: { project: (r: Resource) => r.account } } : { global: true }),
    id: (r) =>
      `${parent(r)}/${located ? `locations/${r.text("location", "global")}/` : ""}notificationConfigs/${r.text("configId")}`,
    outputs: {
      name: (r) => r.id,
      description: "",
      serviceAccount: (r) =>
        `service-${on === "project" ? projectNumber(r.account) : `org-${r.digits("agent", 12)}`}@gcp-sa-scc-notification.iam.gserviceaccount.com`,
    },
    references: [topicRef],
    timeouts: twentyMinutes,
  };
}

/** The entries of perimeters, of the proxy and of findings. */
export const perimeterTypes: readonly TypeEntry[] = [
  policy,
  level,
  perimeter,
  brand,
  client,
  findings("gcp:securitycenter/notificationConfig:NotificationConfig", "organization", false),
  findings(
    "gcp:securitycenter/projectNotificationConfig:ProjectNotificationConfig",
    "project",
    false,
  ),
  findings("gcp:securitycenter/folderNotificationConfig:FolderNotificationConfig", "folder", false),
  findings(
    "gcp:securitycenter/v2OrganizationNotificationConfig:V2OrganizationNotificationConfig",
    "organization",
    true,
  ),
  ...grants({
    family: "gcp:iap/webIam",
    input: "project",
    form: "projects/{project}/iap_web",
    ownProject: true,
  }),
  ...grants({
    family: "gcp:iap/webBackendServiceIam",
    input: "webBackendService",
    to: "gcp:compute/backendService:BackendService",
    form: "projects/{project}/iap_web/compute/services/{webBackendService}",
  }),
  ...grants({
    family: "gcp:iap/tunnelInstanceIAM",
    input: "instance",
    to: "gcp:compute/instance:Instance",
    form: "projects/{project}/iap_tunnel/zones/{zone}/instances/{instance}",
  }),
];
