/** DNS zones, public and private (DNS and Private DNS REST APIs). */

import type { Resource } from "../../../types/resource.ts";
import type { Computed, ServiceError } from "../../../types/type.ts";
import { type ArmEntry, type ArmShape, armArea } from "./arm.ts";
import { childrenOf, invalid, succeeded, systemData, toLinked } from "./common.ts";
import type { NameRule } from "./names.ts";
import { networkTokens } from "./network-area.ts";

const apiVersion = "2024-06-01";
const privateDns = armArea({
  module: "privatedns",
  former: "network",
  provider: "Microsoft.Network",
  apiVersion,
  outputs: { ...systemData, etag: (r) => r.uuid(r.content()) },
});
const dns = armArea({
  module: "dns",
  former: "network",
  provider: "Microsoft.Network",
  apiVersion: "2023-07-01-preview",
  outputs: { ...systemData, etag: (r) => r.uuid(r.content()) },
});

const zoneTokens = {
  public: "azure-native:dns:Zone",
  private: "azure-native:privatedns:PrivateZone",
};

function zoneName(input: string): NameRule {
  return {
    input,
    charactersMax: 253,
    refusal: {
      code: "BadRequest",
      says: "The zone name {value} is invalid: it needs at least two labels.",
    },
    form: /^([\w-]{1,63}\.)+[\w-]{1,63}$/,
  };
}

const privateZone = privateDns("PrivateZone", "privateDnsZones", {
  name: { ...zoneName("privateZoneName"), form: /^[\w-]{1,63}(\.[\w-]{1,63})*$/ },
  location: "global",
  outputs: {
    ...succeeded,
    internalId: (r) => Buffer.from(r.uuid("internal")).toString("base64"),
    maxNumberOfRecordSets: 25_000,
    maxNumberOfVirtualNetworkLinks: 1000,
    maxNumberOfVirtualNetworkLinksWithRegistration: 100,
    numberOfRecordSets: 1,
    numberOfVirtualNetworkLinks: 0,
    numberOfVirtualNetworkLinksWithRegistration: 0,
  },
  inUse: {
    code: "CannotDeleteResource",
    says: "Can not delete resource before nested resources are deleted: {value}.",
  },
});

/** One zone of a name in a network ("What is a virtual network link?"). */
function refuseLink(r: Resource): ServiceError | undefined {
  const network = r.target("virtualNetwork.id")?.id.toLowerCase();
  const zone = r.text("privateZoneName").toLowerCase();
  const twin = r
    .all(r.token)
    .find(
      ({ id, properties }) =>
        id !== r.id &&
        id.toLowerCase().includes(`/privatednszones/${zone}/`) &&
        networkOf(properties["virtualNetwork"]) === network,
    );
  return twin === undefined
    ? undefined
    : invalid(
        "Conflict",
        `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${zone}' and '${zone}' zones.`,
      );
}

function networkOf(value: unknown): string {
  return String((value as { id?: string } | undefined)?.id).toLowerCase();
}

const link = privateDns("VirtualNetworkLink", "privateDnsZones/virtualNetworkLinks", {
  name: { input: "virtualNetworkLinkName", charactersMax: 80 },
  parents: [{ input: "privateZoneName", token: zoneTokens.private }],
  location: "global",
  outputs: { ...succeeded, registrationEnabled: false, virtualNetworkLinkState: "Completed" },
  references: [
    {
      ...toLinked("virtualNetwork.id", networkTokens.network),
      missing: { code: "BadRequest", says: "The virtual network {value} was not found." },
    },
  ],
  admit: refuseLink,
});

const types = ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"];

/** A record set lies under its type: `privateDnsZones/ZONE/A/NAME`. */
function recordSet(zoneInput: string, zone: string): ArmShape {
  return {
    name: { input: "relativeRecordSetName", chosen: "copy" },
    parents: [{ input: zoneInput, token: zone }],
    forceNew: ["recordType"],
    hidden: ["recordType"],
    outputs: recordOutputs(zoneInput),
    admit: (r) => {
      const type = r.text("recordType").toUpperCase();
      if (!types.includes(type)) {
        return invalid("BadRequest", `The record type '${type}' is invalid.`);
      }
      return refuseAlias(r, type);
    },
  };
}

function recordOutputs(zoneInput: string): Readonly<Record<string, Computed>> {
  return {
    fqdn: (r) => {
      const name = r.text("relativeRecordSetName");
      return name === "@" ? `${r.text(zoneInput)}.` : `${name}.${r.text(zoneInput)}.`;
    },
    metadata: {},
  };
}

/** An alias stands alone: no other record has its name (RFC 1034, 3.6.2). */
function refuseAlias(r: Resource, type: string): ServiceError | undefined {
  const zone = r.id.split("/").slice(0, -2).join("/");
  const name = r.text("relativeRecordSetName").toLowerCase();
  const beside = childrenOf(r, r.token, zone)
    .map(({ id }) => id.split("/").slice(-2))
    .filter(([, other]) => other?.toLowerCase() === name)
    .map(([kind]) => kind?.toUpperCase())
    .filter((kind) => kind !== type);
  return beside.length > 0 && (type === "CNAME" || beside.includes("CNAME"))
    ? invalid(
        "BadRequest",
        `The record set '${name}' cannot be created because a CNAME record with this name exists or would exist beside others.`,
      )
    : undefined;
}

const privateRecord = ofType(
  privateDns(
    "PrivateRecordSet",
    "privateDnsZones/recordType",
    recordSet("privateZoneName", zoneTokens.private),
  ),
);
const record = ofType(
  dns("RecordSet", "dnsZones/recordType", recordSet("zoneName", zoneTokens.public)),
);

/** The last kind of the id is the record's type. */
function ofType(entry: ArmEntry): ArmEntry {
  const typed = (path: string, type: string) => path.replace("recordType", type.toUpperCase());
  return {
    ...entry,
    id: (r) => typed(entry.id(r), r.text("recordType")),
    idFrom: (account, text) => typed(entry.idFrom(account, text), text("recordType")),
    planned: { ...entry.planned, type: (r) => typed(entry.armType, r.text("recordType")) },
  };
}

const publicZone = dns("Zone", "dnsZones", {
  name: zoneName("zoneName"),
  location: "global",
  outputs: {
    zoneType: "Public",
    maxNumberOfRecordSets: 10_000,
    maxNumberOfRecordsPerRecordSet: 20,
    numberOfRecordSets: 2,
    nameServers: (r) => {
      const shard = String((Number.parseInt(r.hex("shard", 2), 16) % 10) + 1).padStart(2, "0");
      return ["com", "net", "org", "info"].map((end, i) => `ns${i + 1}-${shard}.azure-dns.${end}.`);
    },
  },
  inUse: {
    code: "CannotDeleteResource",
    says: "Can not delete resource before nested resources are deleted: {value}.",
  },
});

/** The entries of DNS. */
export const dnsTypes: readonly ArmEntry[] = [privateZone, link, privateRecord, publicZone, record];
