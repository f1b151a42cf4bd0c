/** How REST APIs are reached: stages, domains, keys and plans (Amazon API Gateway API reference, version 1). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toCertificate } from "../references.ts";
import { gatewayArn, method, notFound, toApi } from "./rest-apis.ts";

const deployment = ordinary("aws:apigateway/deployment:Deployment", {
  id: "{lower6}",
  untagged: true,
  maps: ["triggers", "variables"],
  forceNew: ["restApi", "triggers", "variables"],
  outputs: { createdDate: (r) => r.createdAt },
  references: [toApi()],
  admit: (r) =>
    refuseIf(
      r.target("restApi")?.properties["body"] === undefined &&
        !r.all(method.token).some(({ properties }) => properties["restApi"] === r.given("restApi")),
      "BadRequestException",
      "The REST API doesn't contain any methods",
    ),
  inUse: error(
    "BadRequestException",
    "Active stages pointing to this deployment must be moved or deleted",
  ),
});

const stage = ordinary("aws:apigateway/stage:Stage", {
  id: "ags-{restApi}-{stageName}",
  arn: gatewayArn("/restapis/{restApi}/stages/{stageName}"),
  maps: ["variables"],
  forceNew: ["restApi", "stageName"],
  outputs: {
    executionArn: form("arn:{partition}:execute-api:{region}:{account}:{restApi}/{stageName}"),
    invokeUrl: form("https://{restApi}.execute-api.{region}.{suffix}/{stageName}"),
    webAclArn: "",
    cacheClusterEnabled: false,
    clientCertificateId: "",
    description: "",
    documentationVersion: "",
  },
  references: [
    toApi(),
    refer("deployment", deployment.token, notFound("Deployment"), { holds: true }),
  ],
  taken: error("ConflictException", "Stage already exists"),
});

const toStage = (r: Resource) =>
  refuseIf(
    r.given("stageName") !== undefined &&
      r.find(stage.token, `ags-${r.text("restApi")}-${r.text("stageName")}`) === undefined,
    "NotFoundException",
    "Invalid stage identifier specified",
  );

const methodSettings = ordinary("aws:apigateway/methodSettings:MethodSettings", {
  id: "{restApi}-{stageName}-{methodPath}",
  untagged: true,
  defaults: {
    "settings.throttlingBurstLimit": -1,
    "settings.throttlingRateLimit": -1,
  },
  forceNew: ["methodPath", "restApi", "stageName"],
  references: [toApi()],
  admit: toStage,
});

const domainName = ordinary("aws:apigateway/domainName:DomainName", {
  id: "{domainName}",
  arn: gatewayArn("/domainnames/{domainName}"),
  forceNew: ["certificateBody", "certificateChain", "certificatePrivateKey", "domainName"],
  check: (r) =>
    r.given("securityPolicy") === undefined ||
    /^(TLS_1_[02]|SecurityPolicy_)/.test(r.text("securityPolicy"))
      ? []
      : oneOf(r.text("securityPolicy"), "securityPolicy", ["TLS_1_0", "TLS_1_2"]),
  outputs: {
    certificateUploadDate: (r) => r.createdAt,
    cloudfrontDomainName: (r) => (isRegional(r) ? "" : `d${r.hex("edge", 13)}.cloudfront.net`),
    cloudfrontZoneId: "Z2FDTNDATAQYW2",
    domainNameId: "",
    endpointConfiguration: { ipAddressType: "ipv4", types: "EDGE" },
    regionalDomainName: (r) =>
      isRegional(r) ? form("d-{lower10}.execute-api.{region}.{suffix}")(r) : "",
    regionalZoneId: (r) => (isRegional(r) ? "Z1U9ULNL0V5AJ3" : ""),
    routingMode: "BASE_PATH_MAPPING_ONLY",
    securityPolicy: "TLS_1_2",
  },
  references: ["certificateArn", "regionalCertificateArn"].map((at) =>
    toCertificate(at, error("BadRequestException", "The certificate {value} does not exist")),
  ),
  taken: error("BadRequestException", "The domain name you provided already exists."),
  admit: (r) =>
    refuseIf(
      ["certificateArn", "regionalCertificateArn", "certificateBody"].every(
        (property) => r.given(property) === undefined,
      ),
      "BadRequestException",
      "A certificate must be provided for a public domain name",
    ),
});

function isRegional(r: Resource): boolean {
  return (
    r.given("endpointConfiguration.types") === "REGIONAL" ||
    r.given("regionalCertificateArn") !== undefined
  );
}

const basePathMapping = ordinary("aws:apigateway/basePathMapping:BasePathMapping", {
  id: (r) => `${r.text("domainName")}/${r.text("basePath", "")}`,
  untagged: true,
  forceNew: ["domainName", "domainNameId"],
  references: [
    refer("domainName", domainName.token, notFound("domain name"), { holds: true }),
    toApi(),
  ],
  taken: error("ConflictException", "Base path already exists for this domain name"),
  admit: toStage,
});

const apiKey = ordinary("aws:apigateway/apiKey:ApiKey", {
  id: "{lower10}",
  arn: gatewayArn("/apikeys/{id}"),
  name: 1024,
  defaults: { description: "Managed by Pulumi", enabled: true },
  forceNew: ["value"],
  outputs: {
    createdDate: (r) => r.createdAt,
    lastUpdatedDate: (r) => r.createdAt,
    customerId: "",
    value: form("{lower40:value}"),
  },
});

const usagePlan = ordinary("aws:apigateway/usagePlan:UsagePlan", {
  id: "{lower6}",
  arn: gatewayArn("/usageplans/{id}"),
  autoname: { property: "name", charactersMax: 255 },
  references: [{ ...toApi("apiStages[*].apiId", {}) }],
  inUse: error("BadRequestException", "Cannot delete the usage plan {id}: it has keys {value}"),
});

const usagePlanKey = ordinary("aws:apigateway/usagePlanKey:UsagePlanKey", {
  id: "{keyId}",
  untagged: true,
  forceNew: ["keyId", "keyType", "usagePlanId"],
  // A key may stand in several plans.
  sharedId: true,
  outputs: {
    name: (r) => r.target("keyId")?.properties["name"],
    value: (r) => r.target("keyId")?.properties["value"],
  },
  references: [
    refer("keyId", apiKey.token, notFound("API Key"), { cascades: true }),
    refer("usagePlanId", usagePlan.token, notFound("Usage Plan"), { cascades: true }),
  ],
});

const account = ordinary("aws:apigateway/account:Account", {
  id: "api-gateway-account",
  untagged: true,
  outputs: {
    apiKeyVersion: "4",
    features: ["UsagePlans"],
    throttleSettings: [{ burstLimit: 5000, rateLimit: 10_000 }],
    cloudwatchRoleArn: "",
  },
  sharedId: true,
  references: [
    toRole(
      "cloudwatchRoleArn",
      error(
        "BadRequestException",
        "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.",
      ),
    ),
  ],
});

const vpcLink = ordinary("aws:apigateway/vpcLink:VpcLink", {
  id: "{lower6}",
  arn: gatewayArn("/vpclinks/{id}"),
  autoname: { property: "name", charactersMax: 255 },
  forceNew: ["targetArn"],
  references: [
    refer(
      "targetArn",
      "aws:lb/loadBalancer:LoadBalancer",
      error("BadRequestException", "NLB ARN is malformed or does not exist: {value}"),
      {
        by: "arn",
        holds: true,
      },
    ),
  ],
});

/** The entries of stages and domains. */
export const restStageTypes: readonly TypeEntry[] = [
  deployment,
  stage,
  methodSettings,
  domainName,
  basePathMapping,
  apiKey,
  usagePlan,
  usagePlanKey,
  account,
  vpcLink,
];
