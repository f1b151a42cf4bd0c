/** EKS add-ons (Amazon EKS API reference, CreateAddon). */

import type { TypeEntry } from "../../../types/type.ts";
import { arn, isJsonObject, regionAndTags } from "./common.ts";
import { toCluster } from "./eks-references.ts";
import { toRole } from "./iam-references.ts";

/** The add-ons that Amazon itself offers, each with a version (Amazon EKS user guide, "AWS add-ons"). */
const versions: Readonly<Record<string, string>> = {
  "amazon-cloudwatch-observability": "v4.5.0-eksbuild.1",
  "aws-ebs-csi-driver": "v1.50.1-eksbuild.1",
  "aws-efs-csi-driver": "v2.1.13-eksbuild.1",
  "aws-fsx-csi-driver": "v1.7.0-eksbuild.1",
  "aws-guardduty-agent": "v1.12.1-eksbuild.2",
  "aws-mountpoint-s3-csi-driver": "v2.1.0-eksbuild.1",
  "aws-network-flow-monitoring-agent": "v1.1.0-eksbuild.1",
  "aws-secrets-store-csi-driver-provider": "v2.1.0-eksbuild.1",
  adot: "v0.131.0-eksbuild.1",
  "cert-manager": "v1.19.1-eksbuild.1",
  coredns: "v1.12.4-eksbuild.1",
  "eks-node-monitoring-agent": "v1.4.1-eksbuild.1",
  "eks-pod-identity-agent": "v1.3.9-eksbuild.3",
  "external-dns": "v0.19.0-eksbuild.2",
  "kube-proxy": "v1.34.0-eksbuild.4",
  "kube-state-metrics": "v2.17.0-eksbuild.4",
  "metrics-server": "v0.8.0-eksbuild.2",
  "prometheus-node-exporter": "v1.9.1-eksbuild.4",
  "snapshot-controller": "v8.3.0-eksbuild.1",
  "vpc-cni": "v1.20.4-eksbuild.1",
};

/** The version an add-on gets when none is asked for; `undefined` where Amazon offers no such add-on. */
function addonVersion(name: string): string | undefined {
  return Object.hasOwn(versions, name) ? versions[name] : undefined;
}

const addon: TypeEntry = {
  token: "aws:eks/addon:Addon",
  forceNew: ["addonName", "clusterName", "namespaceConfig", "region"],
  id: (r) => `${r.text("clusterName")}:${r.text("addonName")}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) =>
      arn(r, "eks", `addon/${r.text("clusterName")}/${r.text("addonName")}/${r.uuid("arn")}`),
    addonVersion: (r) => addonVersion(r.text("addonName")),
    configurationValues: "",
    createdAt: (r) => r.createdAt,
    modifiedAt: (r) => r.createdAt,
  },
  keys: ["arn"],
  references: [
    toCluster(false),
    toRole("serviceAccountRoleArn", {
      code: "InvalidParameterException",
      says: "Role {value} does not exist.",
    }),
    toRole("podIdentityAssociations[*].roleArn", {
      code: "InvalidParameterException",
      says: "Role {value} does not exist.",
    }),
  ],
  taken: { code: "ResourceInUseException", says: "Addon already exists." },
  admit: (r) => {
    if (addonVersion(r.text("addonName")) === undefined) {
      return {
        code: "InvalidParameterException",
        says: `Addon ${r.text("addonName")} specified is not supported`,
      };
    }
    const values = r.given("configurationValues");
    return values === undefined || isConfiguration(String(values))
      ? undefined
      : {
          code: "InvalidParameterException",
          says: "ConfigurationValue is not in valid JSON or YAML format",
        };
  },
  timeouts: { create: 1200, update: 1200, delete: 2400 },
};

/** JSON objects are judged; anything else is taken for YAML, of which only a lone scalar is refused. */
function isConfiguration(text: string): boolean {
  if (text === "") return true;
  if (!text.trimStart().startsWith("{")) return text.includes(":");
  try {
    return isJsonObject(JSON.parse(text));
  } catch {
    return false;
  }
}

/** The entries of add-ons. */
export const eksAddonTypes: readonly TypeEntry[] = [addon];
