/** What an entry is about, as Cloud Logging names its kind (Cloud Logging, "Monitored resources and services"). */

import type { JsonObject } from "../../protocol/value.ts";

/** The resource of an entry. */
export function monitored(
  service: string,
  project: string,
  name: string,
  method: string,
): JsonObject {
  const labels = (more: JsonObject) => ({ project_id: project, ...more });
  const bucket = /buckets\/([^/]+)/.exec(name)?.[1];
  if (service === "storage.googleapis.com")
    return { type: "gcs_bucket", labels: labels({ bucket_name: bucket ?? "", location: "" }) };
  const email = /serviceAccounts\/(.+)$/.exec(name)?.[1];
  if (email !== undefined)
    return { type: "service_account", labels: labels({ email_id: email, unique_id: "" }) };
  if (service === "cloudresourcemanager.googleapis.com")
    return { type: "project", labels: labels({}) };
  const [type = "", label = "", id = ""] = typed(service, name) ?? [];
  if (type !== "") return { type, labels: labels({ [label]: id }) };
  return { type: "audited_resource", labels: labels({ service, method }) };
}

/** Types of resources by what their names end in: type, label, value. */
const types: readonly (readonly [service: string, pattern: RegExp, type: string, label: string])[] =
  [
    ["compute", /\/instances\/([^/]+)$/, "gce_instance", "instance_id"],
    ["compute", /\/disks\/([^/]+)$/, "gce_disk", "disk_id"],
    ["compute", /\/snapshots\/([^/]+)$/, "gce_snapshot", "snapshot_id"],
    ["compute", /\/networks\/([^/]+)$/, "gce_network", "network_id"],
    ["compute", /\/subnetworks\/([^/]+)$/, "gce_subnetwork", "subnetwork_id"],
    ["compute", /\/firewalls\/([^/]+)$/, "gce_firewall_rule", "firewall_rule_id"],
    ["container", /\/clusters\/([^/]+)/, "gke_cluster", "cluster_name"],
    ["logging", /\/sinks\/([^/]+)$/, "logging_sink", "name"],
    ["pubsub", /\/(topics\/[^/]+)$/, "pubsub_topic", "topic_id"],
    ["cloudsql", /([^/]+)$/, "cloudsql_database", "database_id"],
    ["cloudkms", /\/cryptoKeys\/([^/]+)/, "cloudkms_cryptokey", "crypto_key_id"],
    ["cloudkms", /\/keyRings\/([^/]+)$/, "cloudkms_keyring", "key_ring_id"],
  ];

function typed(service: string, name: string): readonly [string, string, string] | undefined {
  for (const [host, pattern, type, label] of types) {
    const found = service === `${host}.googleapis.com` ? pattern.exec(name)?.[1] : undefined;
    if (found !== undefined) return [type, label, found];
  }
  return undefined;
}
