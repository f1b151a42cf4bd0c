/** Verified Access: applications reached by identity and device (EC2 API reference). */

import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf } from "../common.ts";
import { toGroup } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toCertificate } from "../references.ts";

const accessMissing = (what: string, code: string) =>
  error(code, `The ${what} '{value}' does not exist`);

const instance = ordinary("aws:verifiedaccess/instance:Instance", {
  id: "vai-0{hex16}",
  forceNew: ["fipsEnabled"],
  outputs: {
    creationTime: (r) => r.createdAt,
    lastUpdatedTime: (r) => r.createdAt,
    fipsEnabled: false,
    nameServers: [],
    verifiedAccessTrustProviders: [],
  },
  inUse: error("DependencyViolation", "The Verified Access instance {id} is in use by {value}"),
});

const trustProvider = ordinary("aws:verifiedaccess/trustProvider:TrustProvider", {
  id: "vatp-0{hex16}",
  forceNew: [
    "deviceOptions",
    "deviceTrustProviderType",
    "policyReferenceName",
    "trustProviderType",
    "userTrustProviderType",
  ],
  check: (r) => oneOf(r.text("trustProviderType"), "trustProviderType", ["user", "device"]),
  outputs: { "sseSpecification.customerManagedKeyEnabled": false },
  admit: (r) => {
    const kind = r.text("trustProviderType");
    return refuseIf(
      r.given(`${kind}TrustProviderType`) === undefined,
      "MissingParameter",
      `The request must contain the parameter ${kind === "user" ? "User" : "Device"}TrustProviderType`,
    );
  },
  inUse: error(
    "DependencyViolation",
    "The Verified Access trust provider {id} is in use by {value}",
  ),
});

const toInstance = refer(
  "verifiedaccessInstanceId",
  instance.token,
  accessMissing("Verified Access Instance ID", "InvalidVerifiedAccessInstanceId.NotFound"),
  { holds: true },
);

const attachment = ordinary(
  "aws:verifiedaccess/instanceTrustProviderAttachment:InstanceTrustProviderAttachment",
  {
    id: "{verifiedaccessInstanceId}/{verifiedaccessTrustProviderId}",
    untagged: true,
    forceNew: ["verifiedaccessInstanceId", "verifiedaccessTrustProviderId"],
    references: [
      toInstance,
      refer(
        "verifiedaccessTrustProviderId",
        trustProvider.token,
        accessMissing(
          "Verified Access Trust Provider ID",
          "InvalidVerifiedAccessTrustProviderId.NotFound",
        ),
        { holds: true },
      ),
    ],
  },
);

const group = ordinary("aws:verifiedaccess/group:Group", {
  id: "vagr-0{hex16}",
  outputs: {
    creationTime: (r) => r.createdAt,
    lastUpdatedTime: (r) => r.createdAt,
    deletionTime: "",
    owner: (r) => r.account,
    verifiedaccessGroupArn: form(
      "arn:{partition}:ec2:{region}:{account}:verified-access-group/{id}",
    ),
    verifiedaccessGroupId: (r) => r.id,
  },
  references: [toInstance],
  admit: (r) =>
    refuseIf(
      !r
        .all(attachment.token)
        .some(
          ({ properties }) =>
            properties["verifiedaccessInstanceId"] === r.given("verifiedaccessInstanceId"),
        ),
      "InvalidParameterValue",
      `Verified Access Instance ${r.text("verifiedaccessInstanceId")} has no trust provider attached`,
    ),
  inUse: error("DependencyViolation", "The Verified Access group {id} is in use by {value}"),
});

const endpoint = ordinary("aws:verifiedaccess/endpoint:Endpoint", {
  id: "vae-0{hex16}",
  forceNew: [
    "applicationDomain",
    "attachmentType",
    "domainCertificateArn",
    "endpointDomainPrefix",
    "endpointType",
    "securityGroupIds",
  ],
  check: (r) => [
    ...oneOf(r.text("attachmentType"), "attachmentType", ["vpc"]),
    ...oneOf(r.text("endpointType"), "endpointType", [
      "load-balancer",
      "network-interface",
      "rds",
      "cidr",
    ]),
  ],
  outputs: {
    deviceValidationDomain: "",
    endpointDomain: (r) =>
      form(
        `${r.text("endpointDomainPrefix", "app")}.{id}.edge-{hex16}.prod.verified-access.{region}.{suffix}`,
      )(r),
    verifiedAccessInstanceId: (r) =>
      r.target("verifiedAccessGroupId")?.properties["verifiedaccessInstanceId"],
  },
  references: [
    refer(
      "verifiedAccessGroupId",
      group.token,
      accessMissing("Verified Access Group ID", "InvalidVerifiedAccessGroupId.NotFound"),
      { holds: true },
    ),
    toCertificate(
      "domainCertificateArn",
      error("InvalidParameterValue", "Certificate {value} does not exist"),
    ),
    toGroup("securityGroupIds[*]"),
  ],
  timeouts: { create: 3600, update: 3600, delete: 3600 },
});

const accessLogging = ordinary(
  "aws:verifiedaccess/instanceLoggingConfiguration:InstanceLoggingConfiguration",
  {
    id: "{verifiedaccessInstanceId}",
    untagged: true,
    forceNew: ["verifiedaccessInstanceId"],
    references: [{ ...toInstance, holds: false, cascades: true }],
  },
);

/** The entries of Verified Access. */
export const verifiedAccessTypes: readonly TypeEntry[] = [
  instance,
  trustProvider,
  attachment,
  group,
  endpoint,
  accessLogging,
];
