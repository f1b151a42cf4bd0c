/** What actions change in Google Cloud (the REST reference of each API). */

import { BadRequest, Refused } from "../../lifecycle/session.ts";
import { type Live, type LiveWorld, textAt } from "../../probe/token/live.ts";
import type { JsonObject, ValueObject } from "../../protocol/value.ts";
import { answers, type Change, removes, sets } from "../change.ts";
import type { GcpResource } from "./resource.ts";

/** An allowed call. */
export interface GcpCall {
  readonly live: LiveWorld;
  readonly resource: GcpResource;
  readonly with: JsonObject;
}

type Deed = (call: GcpCall) => Change;

/** The change that a call makes; `undefined` where that is not known. */
export function gcpChange(permission: string, call: GcpCall): Change | undefined {
  const deed = deeds[permission];
  if (deed !== undefined) return deed(call);
  return /\.(get|list|access|getIamPolicy|getAccessToken|getOpenIdToken|actAs|signBlob|signJwt|search\w*)$/.test(
    permission,
  )
    ? answers()
    : undefined;
}

function param(call: GcpCall, key: string): string {
  const text = textAt(call.with, key);
  if (text !== "") return text;
  throw new BadRequest(`the call needs --with '{"${key}": …}'`);
}

function demanded({ resource }: GcpCall): Live {
  if (resource.live !== undefined) return resource.live;
  throw new Refused("5", `${resource.name} was not found`);
}

function creates(
  call: GcpCall,
  token: string,
  name: string,
  inputs: ValueObject,
  shows = {},
): Change {
  const config = { project: call.resource.project };
  return { kind: "create", token, name, inputs, config, shows };
}

/** setIamPolicy with one binding more: `--with '{"role": …, "member": …}'`. */
const grants =
  (token: string, key: string, value: (call: GcpCall) => string): Deed =>
  (call) => {
    const binding = { role: param(call, "role"), member: param(call, "member") };
    return creates(call, token, "grant", { [key]: value(call), ...binding });
  };

const deeds: Readonly<Record<string, Deed>> = {
  "resourcemanager.projects.setIamPolicy": grants(
    "gcp:projects/iAMMember:IAMMember",
    "project",
    ({ resource }) => resource.project,
  ),
  "iam.serviceAccounts.setIamPolicy": grants(
    "gcp:serviceaccount/iAMMember:IAMMember",
    "serviceAccountId",
    (call) => textAt(demanded(call).properties, "name") || demanded(call).id,
  ),
  "storage.buckets.setIamPolicy": grants(
    "gcp:storage/bucketIAMMember:BucketIAMMember",
    "bucket",
    (call) => demanded(call).id,
  ),
  "secretmanager.secrets.setIamPolicy": grants(
    "gcp:secretmanager/secretIamMember:SecretIamMember",
    "secretId",
    (call) => demanded(call).id,
  ),
  "iam.serviceAccountKeys.create": (call) =>
    creates(
      call,
      "gcp:serviceaccount/key:Key",
      "key",
      { serviceAccountId: textAt(demanded(call).properties, "name") || demanded(call).id },
      { name: "id" },
    ),
  "iam.serviceAccounts.create": (call) => {
    const accountId = param(call, "accountId");
    return creates(
      call,
      "gcp:serviceaccount/account:Account",
      accountId,
      { accountId },
      { email: "email" },
    );
  },
  "iam.serviceAccounts.disable": (call) => sets(demanded(call), { disabled: true }),
  "iam.serviceAccounts.enable": (call) => sets(demanded(call), { disabled: false }),
  "compute.disks.createSnapshot": (call) =>
    creates(
      call,
      "gcp:compute/snapshot:Snapshot",
      param(call, "name"),
      { name: param(call, "name"), sourceDisk: demanded(call).id },
      { id: "id" },
    ),
  "compute.snapshots.setIamPolicy": grants(
    "gcp:compute/snapshotIamMember:SnapshotIamMember",
    "name",
    (call) => textAt(demanded(call).properties, "name"),
  ),
  "compute.instances.setMetadata": (call) => sets(demanded(call), { metadata: call.with }),
  "compute.firewalls.create": (call) =>
    creates(call, "gcp:compute/firewall:Firewall", param(call, "name"), call.with, {
      name: "name",
    }),
  "logging.sinks.delete": (call) => removes(demanded(call)),
  "logging.sinks.update": (call) => sets(demanded(call), call.with),
  "iam.denypolicies.delete": (call) => removes(demanded(call)),
  // What lies in a bucket is not of this world.
  "storage.objects.create": () => answers(),
  "storage.objects.delete": () => answers(),
};
