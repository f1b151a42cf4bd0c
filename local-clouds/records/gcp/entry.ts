/**
 * Log entries of Google Cloud (Cloud Logging API, "LogEntry"; Cloud Audit Logs, "AuditLog", "Understanding
 * audit logs"; VPC, "VPC Flow Logs: Record format").
 */

import { randomBytes } from "node:crypto";
import type { JsonObject } from "../../protocol/value.ts";
import type { Call, CallError, Caller } from "../call.ts";
import { type Flow, packetBytes } from "../flow.ts";
import type { SignIn } from "../sign-in.ts";
import { methodOf } from "./methods.ts";
import { monitored } from "./monitored.ts";

/** An entry with what decides whether and where it is written. */
export interface GcpEvent {
  readonly project: string;
  /** `ADMIN_READ`, `DATA_READ` or `DATA_WRITE`, which must be switched on; `""` for what is always written. */
  readonly switched: string;
  readonly service: string;
  /** As allow policies write it: audit configurations exempt members. */
  readonly member: string;
  /** The log's name, e.g. `cloudaudit.googleapis.com/activity`. */
  readonly log: string;
  readonly entry: JsonObject;
  readonly at: Date;
}

/** Services whose host is not the first word of their permissions. */
const hosts: Readonly<Record<string, string>> = {
  resourcemanager: "cloudresourcemanager",
  clientauthconfig: "iap",
  datastore: "firestore",
};

/** Permissions of the IAM Service Account Credentials API, which is a service of its own. */
const credentials = /^iam\.serviceAccounts\.(getAccessToken|getOpenIdToken|signBlob|signJwt)$/;

/** The entry of a call. */
export function auditEvent(call: Call): GcpEvent {
  const { action, account: project, resource, at, error } = call;
  const [family = ""] = action.split(".");
  const host = credentials.test(action) ? "iamcredentials" : (hosts[family] ?? family);
  const service = `${host}.googleapis.com`;
  const switched = switchOf(action);
  const log = `cloudaudit.googleapis.com/${switched === "" ? "activity" : "data_access"}`;
  const methodName = call.method ?? methodOf(action);
  const entry = {
    protoPayload: {
      "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
      status: statusOf(error),
      authenticationInfo: authenticationOf(call.caller),
      requestMetadata: {
        callerIp: call.sourceIp,
        callerSuppliedUserAgent: call.userAgent,
        requestAttributes: { time: at.toISOString(), auth: {} },
        destinationAttributes: {},
      },
      serviceName: service,
      methodName,
      authorizationInfo: [
        {
          resource,
          permission: action,
          granted: error?.code !== "7",
          resourceAttributes: {},
          permissionType: switched === "" ? "ADMIN_WRITE" : switched,
        },
      ],
      resourceName: resource,
      ...(Object.keys(call.request).length === 0 ? {} : { request: call.request }),
      ...(Object.keys(call.response).length === 0 ? {} : { response: call.response }),
    },
    ...common(
      project,
      log,
      at,
      error === undefined ? (switched === "" ? "NOTICE" : "INFO") : "ERROR",
    ),
    resource: monitored(service, project, resource, methodName),
  };
  return { project, switched, service, member: memberOf(call.caller), log, entry, at };
}

/** "Types of audit logs": what reads configuration is ADMIN_READ, what reads or writes data DATA_READ or DATA_WRITE. */
function switchOf(action: string): string {
  const [verb = "", kind = ""] = action.split(".").reverse();
  if (action === "secretmanager.versions.access" || credentials.test(action)) return "DATA_READ";
  if (/^cloudkms\..*\.useTo/.test(action)) return "DATA_READ";
  if (action === "pubsub.topics.publish") return "DATA_WRITE";
  const reads = /^(get|list|getIamPolicy|search|access)/.test(verb);
  if (/^(objects|tables|messages|documents|entities)$/.test(kind))
    return reads ? "DATA_READ" : "DATA_WRITE";
  return reads ? "ADMIN_READ" : "";
}

/** A principal without address, as a federated one, stands under `principalSubject`. */
function authenticationOf({ kind, id }: Caller): JsonObject {
  if (kind === "principal" || !id.includes("@")) return { principalSubject: id };
  const prefix = kind === "service account" ? "serviceAccount" : "user";
  return { principalEmail: id, principalSubject: `${prefix}:${id}` };
}

function memberOf({ kind, id }: Caller): string {
  if (kind === "service account") return `serviceAccount:${id}`;
  return kind === "user" ? `user:${id}` : id;
}

/** google.rpc.Status: empty when it went well. */
function statusOf(error: CallError | undefined): JsonObject {
  if (error === undefined) return {};
  const number = Number(error.code);
  // What a service refused with an HTTP status or a word is INVALID_ARGUMENT here, or what the status stands for.
  const codes: Readonly<Record<number, number>> = { 404: 5, 409: 6, 403: 7, 412: 9 };
  const code = number > 0 && number < 17 ? number : (codes[number] ?? 3);
  return { code, message: error.message };
}

function common(project: string, log: string, at: Date, severity: string) {
  return {
    insertId: randomBytes(8).toString("hex").slice(0, 13),
    timestamp: at.toISOString(),
    severity,
    logName: `projects/${project}/logs/${encodeURIComponent(log)}`,
    receiveTimestamp: at.toISOString(),
  };
}

/** The entry of a token's exchange at the Security Token Service, or of a token made for a service account. */
export function exchangeEvent(signIn: SignIn): GcpEvent {
  const account = signIn.caller.kind === "service account";
  const service = account ? "iamcredentials.googleapis.com" : "sts.googleapis.com";
  const log = "cloudaudit.googleapis.com/data_access";
  const { account: project, at, error, target, subject } = signIn;
  const methodName = account
    ? "GenerateAccessToken"
    : "google.identity.sts.v1.SecurityTokenService.ExchangeToken";
  const entry = {
    protoPayload: {
      "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
      status: statusOf(error),
      authenticationInfo: { principalSubject: account ? signIn.caller.id : subject },
      requestMetadata: {
        callerIp: signIn.sourceIp,
        callerSuppliedUserAgent: "bulkhead-clouds-probe",
      },
      serviceName: service,
      methodName,
      resourceName: target,
      // What the token was mapped to is told by the exchange alone ("Example audit logs for Workload Identity Federation").
      ...(account
        ? {}
        : {
            metadata: {
              "@type": "type.googleapis.com/google.identity.sts.v1.AuditData",
              mapped_principal: signIn.caller.id,
            },
          }),
    },
    ...common(project, log, at, error === undefined ? "INFO" : "ERROR"),
    resource: monitored(service, project, target, methodName),
  };
  return {
    project,
    switched: "DATA_READ",
    service,
    member: memberOf(signIn.caller),
    log,
    entry,
    at,
  };
}

/** The entry of a flow, as the subnet of one end reports it. */
export function flowEvent(flow: Flow): GcpEvent {
  const { account: project, at, direction } = flow;
  const log = "compute.googleapis.com/vpc_flows";
  const side = direction === "out" ? "src" : "dest";
  const subnet = flow.subnetId.split("/").at(-1) ?? "";
  const vpc = flow.networkId.split("/").at(-1) ?? "";
  const entry = {
    jsonPayload: {
      connection: {
        src_ip: flow.source,
        dest_ip: flow.destination,
        src_port: flow.sourcePort,
        dest_port: flow.destinationPort,
        protocol: flow.protocol,
      },
      reporter: side.toUpperCase(),
      bytes_sent: String(packetBytes),
      packets_sent: "1",
      start_time: at.toISOString(),
      end_time: at.toISOString(),
      [`${side}_instance`]: {
        project_id: project,
        region: flow.region,
        vm_name: flow.interfaceId.split("/").at(-1) ?? "",
      },
      [`${side}_vpc`]: {
        project_id: project,
        subnetwork_name: subnet,
        subnetwork_region: flow.region,
        vpc_name: vpc,
      },
    },
    ...common(project, log, at, "DEFAULT"),
    resource: {
      type: "gce_subnetwork",
      labels: {
        project_id: project,
        location: flow.region,
        subnetwork_name: subnet,
        subnetwork_id: "",
      },
    },
  };
  return { project, switched: "", service: "compute.googleapis.com", member: "", log, entry, at };
}
