/** VPC Lattice: services reached by identity instead of place (Amazon VPC Lattice API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { Reference, TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { toGroup, toVpc } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault } from "../policy-documents.ts";
import { toCertificate } from "../references.ts";

const missing = (what: string) => error("ResourceNotFoundException", `${what} {value} not found`);

const authTypes = ["NONE", "AWS_IAM"];

const service = ordinary("aws:vpclattice/service:Service", {
  id: "svc-0{hex16}",
  arn: "vpc-lattice:service/{id}",
  name: 40,
  forceNew: ["customDomainName"],
  check: (r) => oneOf(r.text("authType", "NONE"), "authType", authTypes),
  outputs: {
    authType: "NONE",
    certificateArn: "",
    status: "ACTIVE",
    dnsEntries: (r) => [
      {
        domainName: form("{name}-{id}.7d67968.vpc-lattice-svcs.{region}.on.aws")(r),
        hostedZoneId: "Z09127221KTH2CFUOHIZH",
      },
    ],
  },
  references: [
    toCertificate(
      "certificateArn",
      error("ValidationException", "Certificate {value} does not exist"),
    ),
  ],
  admit: (r) => sameName(r, "Service"),
  inUse: error("ConflictException", "Service {id} has associations: {value}"),
  timeouts: { create: 300, update: 300, delete: 300 },
});

function sameName(r: Resource, what: string) {
  return refuseIf(
    others(r).some(({ properties }) => properties["name"] === r.given("name")),
    "ConflictException",
    `${what} with name ${r.text("name")} already exists`,
  );
}

const serviceNetwork = ordinary("aws:vpclattice/serviceNetwork:ServiceNetwork", {
  id: "sn-0{hex16}",
  arn: "vpc-lattice:servicenetwork/{id}",
  name: 63,
  check: (r) => oneOf(r.text("authType", "NONE"), "authType", authTypes),
  outputs: { authType: "NONE" },
  admit: (r) => sameName(r, "Service network"),
  inUse: error("ConflictException", "Service network {id} has associations: {value}"),
});

const toService = (at: string, how: Partial<Reference>) =>
  refer(at, service.token, missing("Service"), { by: ["id", "arn"], within: "world", ...how });

const toServiceNetwork = refer(
  "serviceNetworkIdentifier",
  serviceNetwork.token,
  missing("Service network"),
  { by: ["id", "arn"], within: "world", holds: true },
);

const vpcAssociation = ordinary(
  "aws:vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation",
  {
    id: "snva-0{hex16}",
    arn: "vpc-lattice:servicenetworkvpcassociation/{id}",
    defaults: { privateDnsEnabled: false },
    forceNew: ["privateDnsEnabled", "serviceNetworkIdentifier", "vpcIdentifier"],
    outputs: { createdBy: (r) => r.account, status: "ACTIVE" },
    references: [
      toServiceNetwork,
      toVpc("vpcIdentifier"),
      { ...toGroup("securityGroupIds[*]"), holds: true },
    ],
    admit: (r) =>
      refuseIf(
        others(r).some(
          ({ properties }) => properties["vpcIdentifier"] === r.given("vpcIdentifier"),
        ),
        "ConflictException",
        `VPC ${r.text("vpcIdentifier")} is already associated with a service network`,
      ),
    timeouts: { create: 300, update: 300, delete: 300 },
  },
);

const serviceAssociation = ordinary(
  "aws:vpclattice/serviceNetworkServiceAssociation:ServiceNetworkServiceAssociation",
  {
    id: "snsa-0{hex16}",
    arn: "vpc-lattice:servicenetworkserviceassociation/{id}",
    forceNew: ["serviceIdentifier", "serviceNetworkIdentifier"],
    outputs: {
      createdBy: (r) => r.account,
      status: "ACTIVE",
      customDomainName: "",
      dnsEntries: (r) => r.target("serviceIdentifier")?.properties["dnsEntries"],
    },
    references: [toServiceNetwork, toService("serviceIdentifier", { holds: true })],
    timeouts: { create: 300, delete: 300 },
  },
);

const lattice = [service.token, serviceNetwork.token];

const toEither = (at: string) =>
  refer(at, lattice, missing("Resource"), { by: ["id", "arn"], cascades: true });

const authPolicy = ordinary("aws:vpclattice/authPolicy:AuthPolicy", {
  id: "{resourceIdentifier}",
  untagged: true,
  forceNew: ["resourceIdentifier"],
  check: (r) => documentFault(r, "policy"),
  normalised: { policy: asDocument },
  outputs: {
    state: (r) =>
      r.target("resourceIdentifier")?.properties["authType"] === "AWS_IAM" ? "Active" : "Inactive",
  },
  references: [toEither("resourceIdentifier")],
});

const resourcePolicy = ordinary("aws:vpclattice/resourcePolicy:ResourcePolicy", {
  id: "{resourceArn}",
  untagged: true,
  forceNew: ["resourceArn"],
  check: (r) => documentFault(r, "policy"),
  normalised: { policy: asDocument },
  references: [toEither("resourceArn")],
});

const targetGroup = ordinary("aws:vpclattice/targetGroup:TargetGroup", {
  id: "tg-0{hex16}",
  arn: "vpc-lattice:targetgroup/{id}",
  name: 128,
  forceNew: ["config.port", "config.protocol", "config.vpcIdentifier", "type"],
  check: (r) => oneOf(r.text("type"), "type", ["IP", "LAMBDA", "INSTANCE", "ALB"]),
  outputs: { status: "ACTIVE" },
  references: [{ ...toVpc("config.vpcIdentifier"), holds: false }],
  admit: (r) => sameName(r, "Target group"),
  inUse: error("ConflictException", "Target group {id} is in use by {value}"),
});

const toTargetGroup = (at: string, how: Partial<Reference>) =>
  refer(at, targetGroup.token, missing("Target group"), { by: ["id", "arn"], ...how });

const targetAttachment = ordinary("aws:vpclattice/targetGroupAttachment:TargetGroupAttachment", {
  id: (r) =>
    `${r.text("targetGroupIdentifier")}/${r.text("target.id")}/${r.number("target.port", 0)}`,
  untagged: true,
  forceNew: ["target", "targetGroupIdentifier"],
  references: [toTargetGroup("targetGroupIdentifier", { cascades: true })],
});

const listener = ordinary("aws:vpclattice/listener:Listener", {
  id: (r) => `${serviceIdOf(r)}/${listenerId(r)}`,
  arn: "vpc-lattice:service/",
  name: 63,
  forceNew: ["port", "protocol", "serviceArn", "serviceIdentifier"],
  check: (r) => oneOf(r.text("protocol"), "protocol", ["HTTP", "HTTPS", "TLS_PASSTHROUGH"]),
  outputs: {
    arn: (r) =>
      form(
        `arn:{partition}:vpc-lattice:{region}:{account}:service/${serviceIdOf(r)}/listener/${listenerId(r)}`,
      )(r),
    createdAt: (r) => r.createdAt,
    lastUpdatedAt: (r) => r.createdAt,
    listenerId,
    port: (r) => (r.text("protocol") === "HTTP" ? 80 : 443),
    serviceIdentifier: serviceIdOf,
    serviceArn: (r) => serviceOf(r)?.properties["arn"],
  },
  keys: ["listenerId"],
  references: [
    toService("serviceIdentifier", { cascades: true }),
    toService("serviceArn", { cascades: true }),
    toTargetGroup("defaultAction.forwards[*].targetGroups[*].targetGroupIdentifier", {
      holds: true,
    }),
  ],
});

function serviceOf(r: Resource) {
  return r.target("serviceIdentifier") ?? r.target("serviceArn");
}

function serviceIdOf(r: Resource): string {
  return serviceOf(r)?.id ?? "";
}

function listenerId(r: Resource): string {
  return `listener-0${r.hex("listener", 16)}`;
}

const listenerRule = ordinary("aws:vpclattice/listenerRule:ListenerRule", {
  id: (r) => `${r.text("serviceIdentifier")}/${r.text("listenerIdentifier")}/${ruleId(r)}`,
  name: 63,
  forceNew: ["listenerIdentifier", "serviceIdentifier"],
  outputs: {
    arn: (r) => {
      const [at, to] = [r.text("serviceIdentifier"), r.text("listenerIdentifier")];
      return form(
        `arn:{partition}:vpc-lattice:{region}:{account}:service/${at}/listener/${to}/rule/${ruleId(r)}`,
      )(r);
    },
    ruleId,
  },
  references: [
    toService("serviceIdentifier", { cascades: true }),
    refer("listenerIdentifier", listener.token, missing("Listener"), {
      by: ["listenerId", "arn"],
      cascades: true,
    }),
    toTargetGroup("action.forward.targetGroups[*].targetGroupIdentifier", { holds: true }),
  ],
});

function ruleId(r: Resource): string {
  return `rule-0${r.hex("rule", 16)}`;
}

const accessLog = ordinary("aws:vpclattice/accessLogSubscription:AccessLogSubscription", {
  id: "als-0{hex16}",
  arn: "vpc-lattice:accesslogsubscription/{id}",
  forceNew: ["destinationArn", "resourceIdentifier", "serviceNetworkLogType"],
  outputs: {
    resourceArn: (r) => r.target("resourceIdentifier")?.properties["arn"],
    serviceNetworkLogType: (r) =>
      r.text("resourceIdentifier").includes("sn-") ? "SERVICE" : undefined,
  },
  references: [toEither("resourceIdentifier")],
});

/** The entries of VPC Lattice. */
export const latticeTypes: readonly TypeEntry[] = [
  service,
  serviceNetwork,
  vpcAssociation,
  serviceAssociation,
  authPolicy,
  resourcePolicy,
  targetGroup,
  targetAttachment,
  listener,
  listenerRule,
  accessLog,
];
