/** Certificates and certificate authorities (ACM, AWS Private CA, IAM Roles Anywhere API references). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { objectsIn, oneOf, textsIn } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, ordinary, refer, refuseIf } from "../ordinary.ts";

const algorithms = [
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
  "RSA_1024",
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
];

const certificate = ordinary("aws:acm/certificate:Certificate", {
  arn: "acm:certificate/{uuid}",
  forceNew: [
    "certificateAuthorityArn",
    "domainName",
    "keyAlgorithm",
    "options.export",
    "subjectAlternativeNames",
    "validationMethod",
    "validationOptions",
  ],
  check: (r) => [
    ...(r.given("keyAlgorithm") === undefined
      ? []
      : oneOf(r.text("keyAlgorithm"), "keyAlgorithm", algorithms)),
    ...(r.given("validationMethod") === undefined
      ? []
      : oneOf(r.text("validationMethod"), "validationMethod", ["DNS", "EMAIL", "HTTP"])),
    ...(r.given("domainName") === undefined &&
    r.given("privateKey") === undefined &&
    r.given("privateKeyWo") === undefined
      ? [{ property: "domainName", reason: "one of `domain_name,private_key` must be specified" }]
      : []),
  ],
  outputs: {
    domainValidationOptions: validations,
    keyAlgorithm: "RSA_2048",
    notAfter: "",
    notBefore: "",
    options: { certificateTransparencyLoggingPreference: "ENABLED" },
    pendingRenewal: false,
    renewalEligibility: "INELIGIBLE",
    renewalSummaries: [],
    status: (r) => (r.given("privateKey") === undefined ? "PENDING_VALIDATION" : "ISSUED"),
    subjectAlternativeNames: (r) => [r.text("domainName", "")],
    type: (r) => (r.given("domainName") === undefined ? "IMPORTED" : "AMAZON_ISSUED"),
    validationEmails: [],
    validationMethod: "NONE",
  },
  hidden: ["privateKeyWo"],
  references: [
    refer(
      "certificateAuthorityArn",
      "aws:acmpca/certificateAuthority:CertificateAuthority",
      error("ResourceNotFoundException", "Could not find certificate authority {value}."),
      { by: "arn", within: "world" },
    ),
  ],
  inUse: error("ResourceInUseException", "Certificate {id} is in use."),
});

/** One CNAME proves a name and its wildcard (ACM user guide, "DNS validation"). */
function validations(r: Resource) {
  if (r.text("validationMethod", "NONE") !== "DNS") return [];
  const names = [r.text("domainName", ""), ...textsIn(r.list("subjectAlternativeNames"))];
  return [...new Set(names)].map((domainName) => {
    const bare = domainName.replace(/^\*\./, "");
    return {
      domainName,
      resourceRecordName: `_${r.hex(`name ${bare}`, 32)}.${bare}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `_${r.hex(`value ${bare}`, 32)}.xlfgrmvvlj.acm-validations.aws.`,
    };
  });
}

const validation = ordinary("aws:acm/certificateValidation:CertificateValidation", {
  id: (r) => r.createdAt.replace("T", " ").replace(/\.\d+Z$/, " +0000 UTC"),
  untagged: true,
  forceNew: ["certificateArn", "validationRecordFqdns"],
  sharedId: true,
  references: [
    refer(
      "certificateArn",
      certificate.token,
      error("ResourceNotFoundException", "Could not find certificate {value}."),
      {
        by: "arn",
        cascades: true,
      },
    ),
  ],
  // The real provider waits until the names are proven; without their records it would wait in vain.
  admit: (r) => {
    const options = objectsIn(r.target("certificateArn")?.properties["domainValidationOptions"]);
    const needed = new Set(
      options.map((option) =>
        String(option["resourceRecordName"]).replace(/\.$/, "").toLowerCase(),
      ),
    );
    const records = r
      .all("aws:route53/record:Record")
      .map(({ properties }) => String(properties["fqdn"]).toLowerCase());
    const lacking = [...needed].filter((name) => !records.includes(name));
    const declared = textsIn(r.list("validationRecordFqdns")).map((name) =>
      name.replace(/\.$/, "").toLowerCase(),
    );
    return refuseIf(
      lacking.some((name) => !declared.includes(name)),
      "PendingValidation",
      `timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION'): no record ${lacking.join(", ")}`,
    );
  },
  timeouts: { create: 4500 },
});

const authority = ordinary("aws:acmpca/certificateAuthority:CertificateAuthority", {
  arn: "acm-pca:certificate-authority/{uuid}",
  defaults: { enabled: true, permanentDeletionTimeInDays: 30, type: "SUBORDINATE" },
  forceNew: [
    "certificateAuthorityConfiguration",
    "keyStorageSecurityStandard",
    "type",
    "usageMode",
  ],
  check: (r) => oneOf(r.text("type", "SUBORDINATE"), "type", ["ROOT", "SUBORDINATE"]),
  outputs: {
    certificate: "",
    certificateChain: "",
    certificateSigningRequest:
      "-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----\n",
    keyStorageSecurityStandard: "FIPS_140_2_LEVEL_3_OR_HIGHER",
    notAfter: "",
    notBefore: "",
    serial: "",
    usageMode: "GENERAL_PURPOSE",
  },
  timeouts: { create: 60 },
  schemaVersion: 1,
});

const trustAnchor = ordinary("aws:rolesanywhere/trustAnchor:TrustAnchor", {
  global: true,
  id: "{uuid}",
  arn: "arn:{partition}:rolesanywhere:{region}:{account}:trust-anchor/{id}",
  autoname: { property: "name", charactersMax: 255 },
  forceNew: ["name"],
  check: (r) =>
    oneOf(r.text("source.sourceType"), "source.sourceType", [
      "AWS_ACM_PCA",
      "CERTIFICATE_BUNDLE",
      "SELF_SIGNED_REPOSITORY",
    ]),
  outputs: { enabled: true, notificationSettings: [] },
  references: [
    refer(
      "source.sourceData.acmPcaArn",
      authority.token,
      error("ValidationException", "Incorrect source data: {value}"),
      { by: "arn" },
    ),
  ],
});

const profile = ordinary("aws:rolesanywhere/profile:Profile", {
  global: true,
  id: "{uuid}",
  arn: "arn:{partition}:rolesanywhere:{region}:{account}:profile/{id}",
  autoname: { property: "name", charactersMax: 255 },
  defaults: { durationSeconds: 3600 },
  forceNew: ["name"],
  check: (r) => {
    const seconds = r.number("durationSeconds", 3600);
    return seconds >= 900 && seconds <= 43_200
      ? []
      : [
          {
            property: "durationSeconds",
            reason: `expected duration_seconds to be in the range (900 - 43200), got ${seconds}`,
          },
        ];
  },
  outputs: {
    enabled: true,
    managedPolicyArns: [],
    roleArns: [],
    acceptRoleSessionName: false,
    requireInstanceProperties: false,
    sessionPolicy: "",
  },
  references: [toRole("roleArns[*]", error("ValidationException", "Role {value} does not exist"))],
});

/** The entries of certificates. */
export const certificateTypes: readonly TypeEntry[] = [
  certificate,
  validation,
  authority,
  trustAnchor,
  profile,
];
