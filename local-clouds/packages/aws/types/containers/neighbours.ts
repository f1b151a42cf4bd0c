/** What stands beside containers: Fargate and identity providers of EKS, Cloud Map (their API references). */

import type { TypeEntry } from "../../../../types/type.ts";
import { textOf, textsIn } from "../common.ts";
import { toSubnet, toVpc } from "../ec2-references.ts";
import { toCluster as toEksCluster } from "../eks-references.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { letsIn } from "../policy-documents.ts";
import { parameter } from "./ecs.ts";

const fargateProfile = ordinary("aws:eks/fargateProfile:FargateProfile", {
  id: "{clusterName}:{fargateProfileName}",
  arn: "eks:fargateprofile/{clusterName}/{fargateProfileName}/{uuid}",
  autoname: { property: "fargateProfileName", charactersMax: 63 },
  forceNew: ["clusterName", "fargateProfileName", "podExecutionRoleArn", "selectors", "subnetIds"],
  outputs: { status: "ACTIVE", subnetIds: [] },
  references: [
    toEksCluster(true),
    toRole(
      "podExecutionRoleArn",
      parameter(
        "Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal",
      ),
    ),
    toSubnet("subnetIds[*]"),
  ],
  taken: error(
    "ResourceInUseException",
    "Fargate Profile already exists with this name in this cluster.",
  ),
  admit: (r) => {
    const trust =
      textOf(r.target("podExecutionRoleArn")?.properties ?? {}, "assumeRolePolicy") ?? "";
    if (!letsIn(trust, "eks-fargate-pods.", "sts:assumerole")) {
      return parameter(
        "Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal",
      );
    }
    const open = textsIn(r.list("subnetIds")).find(
      (id) => r.find("aws:ec2/subnet:Subnet", id)?.properties["mapPublicIpOnLaunch"] === true,
    );
    return open === undefined
      ? undefined
      : parameter(`Subnet ${open} provided in Fargate Profile is not a private subnet`);
  },
  timeouts: { create: 600, delete: 600 },
});

const identityProvider = ordinary("aws:eks/identityProviderConfig:IdentityProviderConfig", {
  id: "{clusterName}:{oidc.identityProviderConfigName}",
  arn: "eks:identityproviderconfig/{clusterName}/oidc/{oidc.identityProviderConfigName}/{uuid}",
  forceNew: ["clusterName", "oidc"],
  check: (r) =>
    r.text("oidc.issuerUrl").startsWith("https://")
      ? []
      : [
          {
            property: "oidc.issuerUrl",
            reason: `expected "oidc.0.issuer_url" to have a url with schema of: "https"`,
          },
        ],
  outputs: {
    status: "ACTIVE",
    identityProviderConfigName: form("{oidc.identityProviderConfigName}"),
  },
  references: [toEksCluster(false)],
  timeouts: { create: 2400, delete: 2400 },
});

const namespace = ordinary("aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace", {
  id: "ns-{lower16}",
  arn: "servicediscovery:namespace/{id}",
  name: 1024,
  forceNew: ["vpc"],
  outputs: { hostedZone: form("Z{upper20}") },
  references: [toVpc("vpc")],
  admit: (r) =>
    refuseIf(
      r
        .all(r.token)
        .some(
          ({ properties }) =>
            r.before === undefined &&
            properties["name"] === r.given("name") &&
            properties["vpc"] === r.given("vpc"),
        ),
      "NamespaceAlreadyExists",
      `Namespace with name ${r.text("name")} already exists`,
    ),
  inUse: error("ResourceInUse", "Namespace {id} has services: {value}"),
});

const discoveryService = ordinary("aws:servicediscovery/service:Service", {
  id: "srv-{lower16}",
  arn: "servicediscovery:service/{id}",
  name: 127,
  defaults: { forceDestroy: false },
  forceNew: [
    "healthCheckCustomConfig",
    "namespaceId",
    "type",
    "dnsConfig.namespaceId",
    "dnsConfig.routingPolicy",
  ],
  outputs: {
    namespaceId: (r) => r.target("dnsConfig.namespaceId")?.id ?? "",
    type: (r) => (r.given("dnsConfig") === undefined ? "HTTP" : "DNS_HTTP"),
  },
  references: ["namespaceId", "dnsConfig.namespaceId"].map((at) =>
    refer(at, namespace.token, error("NamespaceNotFound", "Namespace {value} not found"), {
      holds: true,
    }),
  ),
});

/** The entries of Fargate of EKS and Cloud Map. */
export const neighbourTypes: readonly TypeEntry[] = [
  fargateProfile,
  identityProvider,
  namespace,
  discoveryService,
];
