/** Certificates and what TLS listeners agree to (Compute Engine, Certificate Manager). */

import type { TypeEntry } from "../../../types/type.ts";
import { badRequest, fingerprint, labels } from "./common.ts";
import { computeShaped, shaped } from "./shaped.ts";

export const certificates = [
  "gcp:compute/managedSslCertificate:ManagedSslCertificate",
  "gcp:compute/sSLCertificate:SSLCertificate",
];

export const sslPolicyToken = "gcp:compute/sSLPolicy:SSLPolicy";

export const mapToken = "gcp:certificatemanager/certificateMap:CertificateMap";

const managedCertificate: TypeEntry = computeShaped({
  token: certificates[0] ?? "",
  form: `projects/{project}/global/sslCertificates/{name}`,
  defaults: { type: "MANAGED" },
  forceNew: ["description", "managed", "type"],
  outputs: {
    certificateId: (r) => Number(r.digits("number", 15)),
    expireTime: "",
    subjectAlternativeNames: [],
  },
  // One certificate holds at most 100 names (Load Balancing, "Google-managed certificates").
  admit: (r) =>
    r.list("managed.domains").length > domainsMax
      ? badRequest(
          `Invalid value for field 'resource.managed.domains': more than ${domainsMax} domains`,
        )
      : undefined,
  timeouts: { create: 1800, delete: 1800 },
});

const domainsMax = 100;

const ownCertificate: TypeEntry = computeShaped({
  token: certificates[1] ?? "",
  form: `projects/{project}/global/sslCertificates/{name}`,
  forceNew: ["certificate", "description", "namePrefix", "privateKey"],
  autoname: { property: "name", instead: "namePrefix", charactersMax: 63, lowerCase: true },
  outputs: { certificateId: (r) => Number(r.digits("number", 15)), expireTime: "" },
  secrets: ["certificate", "privateKey"],
  admit: (r) =>
    r.text("certificate").includes("-----BEGIN CERTIFICATE-----")
      ? undefined
      : badRequest(
          "Invalid value for field 'resource.certificate': the certificate is not in PEM form",
        ),
});

const sslPolicy: TypeEntry = computeShaped({
  token: sslPolicyToken,
  form: `projects/{project}/global/sslPolicies/{name}`,
  defaults: { minTlsVersion: "TLS_1_0", profile: "COMPATIBLE" },
  forceNew: ["description"],
  outputs: {
    customFeatures: [],
    enabledFeatures: (r) => r.list("customFeatures"),
    fingerprint,
  },
  check: (r) =>
    (r.text("profile", "COMPATIBLE") === "CUSTOM") === r.list("customFeatures").length > 0
      ? []
      : [
          {
            property: "customFeatures",
            reason: "customFeatures must be set if and only if profile is CUSTOM",
          },
        ],
});

const certificateMap: TypeEntry = shaped({
  token: mapToken,
  form: "projects/{project}/locations/global/certificateMaps/{name}",
  planned: labels,
  outputs: {
    createTime: (r) => r.createdAt,
    updateTime: (r) => r.createdAt,
    description: "",
    gclbTargets: [],
  },
});

const certificate: TypeEntry = shaped({
  token: "gcp:certificatemanager/certificate:Certificate",
  form: "projects/{project}/locations/{location}/certificates/{name}",
  defaults: { location: "global", scope: "DEFAULT" },
  forceNew: ["managed", "scope"],
  planned: labels,
  outputs: { sanDnsnames: (r) => r.list("managed.domains") },
  check: (r) =>
    (r.given("managed") === undefined) === (r.given("selfManaged") === undefined)
      ? [
          {
            property: "managed",
            reason: "exactly one of managed and self_managed must be specified",
          },
        ]
      : [],
  schemaVersion: 1,
});

/** The entries of certificates. */
export const certificateTypes: readonly TypeEntry[] = [
  managedCertificate,
  ownCertificate,
  sslPolicy,
  certificateMap,
  certificate,
];
