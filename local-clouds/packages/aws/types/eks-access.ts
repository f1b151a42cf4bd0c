/** Who may do what in EKS clusters (Amazon EKS user guide, "Access entries" and "Pod Identity"). */

import type { Resource } from "../../../types/resource.ts";
import type { TypeEntry } from "../../../types/type.ts";
import { arn, oneOf, others, region, regionAndTags } from "./common.ts";
import { toCluster } from "./eks-references.ts";
import { toRole } from "./iam-references.ts";

const entryTypes = [
  "STANDARD",
  "EC2",
  "EC2_LINUX",
  "EC2_WINDOWS",
  "FARGATE_LINUX",
  "HYBRID_LINUX",
  "HYPERPOD_LINUX",
];

/** What EKS calls machines whose entry it writes itself (Amazon EKS user guide, "Create access entries"). */
function nodeGroupsOf(r: Resource): readonly string[] | undefined {
  const type = r.text("type", "STANDARD");
  if (type === "EC2_WINDOWS") return ["eks:kube-proxy-windows", "system:nodes"];
  return type === "EC2_LINUX" ? ["system:nodes"] : undefined;
}

const accessEntry: TypeEntry = {
  token: "aws:eks/accessEntry:AccessEntry",
  defaults: { type: "STANDARD" },
  forceNew: ["clusterName", "principalArn", "type", "region"],
  check: (r) => oneOf(r.text("type", "STANDARD"), "type", entryTypes),
  id: (r) => `${r.text("clusterName")}:${r.text("principalArn")}`,
  planned: regionAndTags,
  outputs: {
    accessEntryArn: (r) => {
      const [, , , , account, principal] = r.text("principalArn").split(":");
      const [kind, ...path] = (principal ?? "").split("/");
      return arn(
        r,
        "eks",
        `access-entry/${r.text("clusterName")}/${kind}/${account}/${path.at(-1)}/${r.uuid("arn")}`,
      );
    },
    createdAt: (r) => r.createdAt,
    modifiedAt: (r) => r.createdAt,
    kubernetesGroups: (r) => nodeGroupsOf(r) ?? [],
    userName: (r) =>
      nodeGroupsOf(r) === undefined ? r.text("principalArn") : "system:node:{{EC2PrivateDNSName}}",
  },
  references: [
    toCluster(false),
    {
      at: "principalArn",
      to: ["aws:iam/role:Role", "aws:iam/user:User"],
      by: "arn",
      within: "world",
      // Identity Center makes roles of its own in each account.
      unless: (principal) => principal.includes("aws-reserved/sso.amazonaws.com"),
      missing: {
        code: "InvalidParameterException",
        says: "The specified principalArn is invalid: invalid principal. {value}",
      },
    },
  ],
  taken: {
    code: "ResourceInUseException",
    says: "The specified access entry resource is already in use on this cluster.",
  },
  admit: (r) => {
    const access = r.target("clusterName")?.properties["accessConfig"];
    const mode =
      typeof access === "object" && access !== null && "authenticationMode" in access
        ? access.authenticationMode
        : "";
    return mode === "CONFIG_MAP"
      ? {
          code: "InvalidRequestException",
          says: "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
        }
      : undefined;
  },
  timeouts: { create: 1200, delete: 2400 },
};

const policyAssociation: TypeEntry = {
  token: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  forceNew: ["accessScope", "clusterName", "policyArn", "principalArn", "region"],
  check: (r) => oneOf(r.text("accessScope.type", ""), "accessScope.type", ["namespace", "cluster"]),
  id: (r) => `${r.text("clusterName")}#${r.text("principalArn")}#${r.text("policyArn")}`,
  planned: region,
  outputs: { associatedAt: (r) => r.createdAt, modifiedAt: (r) => r.createdAt },
  references: [
    toCluster(false),
    {
      at: "principalArn",
      to: accessEntry.token,
      key: (r, principal) => `${r.text("clusterName")}:${principal}`,
      cascades: true,
      missing: {
        code: "ResourceNotFoundException",
        says: "The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.",
      },
    },
  ],
  admit: (r) =>
    /^arn:[\w-]+:eks::aws:cluster-access-policy\/Amazon\w+$/.test(r.text("policyArn"))
      ? undefined
      : {
          code: "ResourceNotFoundException",
          says: "The specified policyArn could not be found. You can view available access policies with 'list-access-policies'.",
        },
  timeouts: { create: 1200, delete: 2400 },
};

const podIdentity: TypeEntry = {
  token: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  forceNew: ["clusterName", "namespace", "serviceAccount", "region"],
  id: (r) => `a-${r.characters("id", 17, "abcdefghijklmnopqrstuvwxyz0123456789")}`,
  planned: regionAndTags,
  outputs: {
    associationArn: (r) => arn(r, "eks", `podidentityassociation/${r.text("clusterName")}/${r.id}`),
    associationId: (r) => r.id,
    disableSessionTags: false,
  },
  references: [
    toCluster(false),
    toRole("roleArn", {
      code: "InvalidParameterException",
      says: "Role provided in the request does not exist: {value}",
    }),
  ],
  admit: (r) => {
    const same = others(r).find(({ properties }) =>
      ["clusterName", "namespace", "serviceAccount"].every(
        (key) => properties[key] === r.given(key),
      ),
    );
    return same === undefined
      ? undefined
      : { code: "ResourceInUseException", says: `Association already exists: ${same.id}` };
  },
};

/** The entries of access to clusters. */
export const eksAccessTypes: readonly TypeEntry[] = [accessEntry, policyAssociation, podIdentity];
