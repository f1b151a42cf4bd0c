/** Zones, records and resolver policies (Cloud DNS API v1). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { absent, badRequest, labels, notFound, toNetwork } from "./common.ts";
import { grants } from "./iam-grants.ts";
import { shaped } from "./shaped.ts";

const zoneToken = "gcp:dns/managedZone:ManagedZone";

const zone: TypeEntry = shaped({
  token: zoneToken,
  form: "projects/{project}/managedZones/{name}",
  defaults: {
    description: "Managed by Pulumi",
    forceDestroy: false,
    visibility: "public",
    "dnssecConfig.kind": "dns#managedZoneDnsSecConfig",
  },
  check: (r) =>
    r.text("dnsName").endsWith(".")
      ? []
      : [
          {
            property: "dnsName",
            reason: `"dns_name" must fully qualified, got: ${r.text("dnsName")}`,
          },
        ],
  forceNew: ["dnsName", "privateVisibilityConfig.gkeClusters", "visibility"],
  planned: labels,
  outputs: {
    creationTime: (r) => r.createdAt,
    managedZoneId: (r) => r.digits("number", 19),
    nameServers: (r) =>
      r.text("visibility", "public") === "public"
        ? [1, 2, 3, 4].map((n) => `ns-cloud-a${n}.googledomains.com.`)
        : ["ns-gcp-private.googledomains.com."],
    ...absent("cloudLoggingConfig", "forwardingConfig", "peeringConfig", "privateVisibilityConfig"),
  },
  keys: ["name", "managedZoneId"],
  references: [
    toNetwork("privateVisibilityConfig.networks[*].networkUrl"),
    toNetwork("peeringConfig.targetNetwork.networkUrl"),
  ],
  inUse: {
    code: "400",
    says: "The resource named '{id}' cannot be deleted because it contains one or more 'resource records'., containerNotEmpty",
  },
});

const record: TypeEntry = {
  token: "gcp:dns/recordSet:RecordSet",
  forceNew: ["managedZone", "name", "project", "type"],
  id: (r) =>
    `projects/${r.account}/managedZones/${zoneName(r)}/rrsets/${r.text("name")}/${r.text("type")}`,
  planned: { project: (r) => r.account },
  outputs: { ...absent("routingPolicy") },
  references: [
    {
      at: "managedZone",
      to: zoneToken,
      by: ["id", "name"],
      key: (_, value) => value,
      holds: true,
      missing: notFound("The 'parameters.managedZone' resource named '{value}' does not exist."),
    },
  ],
  taken: {
    code: "409",
    says: "The resource 'entity.change.additions' named '{leaf}' already exists, alreadyExists",
  },
  admit: refuseRecord,
};

function zoneName(r: Resource): string {
  return r.text("managedZone").slice(r.text("managedZone").lastIndexOf("/") + 1);
}

/** A record lies in its zone, and a CNAME stands alone (Cloud DNS, "Records overview"). */
function refuseRecord(r: Resource): ServiceError | undefined {
  const name = r.text("name");
  const home = String(r.target("managedZone")?.properties["dnsName"] ?? "");
  if (name !== home && !name.endsWith(`.${home}`)) {
    return badRequest(
      `Invalid value for 'entity.change.additions[0].name': '${name}' is not in the zone '${home}'`,
    );
  }
  const others = r
    .all("gcp:dns/recordSet:RecordSet")
    .filter(
      ({ properties }) => properties["name"] === name && properties["type"] !== r.text("type"),
    );
  const cname =
    r.text("type") === "CNAME" || others.some(({ properties }) => properties["type"] === "CNAME");
  return cname && others.length > 0
    ? badRequest(
        `The resource record set '${name}' is invalid because the DNS name has a CNAME record already, cnameResourceRecordSetConflict`,
      )
    : undefined;
}

const policy: TypeEntry = shaped({
  token: "gcp:dns/policy:Policy",
  form: "projects/{project}/policies/{name}",
  defaults: { description: "Managed by Pulumi" },
  outputs: {
    enableInboundForwarding: false,
    enableLogging: false,
    ...absent("alternativeNameServerConfig"),
  },
  references: [toNetwork("networks[*].networkUrl")],
});

/** The entries of Cloud DNS. */
export const dnsTypes: readonly TypeEntry[] = [
  zone,
  record,
  policy,
  ...grants({
    family: "gcp:dns/dnsManagedZoneIam",
    input: "managedZone",
    to: zoneToken,
    form: "projects/{project}/managedZones/{managedZone}",
    fullName: true,
  }),
];
