/** What a cluster of the intent becomes in AWS: EKS without a public endpoint. */
import type { AwsAccount } from "../../../model/base/accounts.ts";
import type { ClusterPlaceIntent, NodeSize } from "../../../model/network/cluster-intent.ts";
import type { PlaceIntent } from "../../../model/network/intent.ts";
import { markTags } from "../../../model/network/marks.ts";
import { describeKeyPolicy, describeTrust } from "./policies.ts";

/** A role with the managed policies it carries. */
export interface AwsRoleRecord {
  readonly name: string;
  readonly description: string;
  /** JSON. */
  readonly assumeRolePolicy: string;
  readonly policies: readonly { readonly name: string; readonly policyArn: string }[];
}

/** An addon of EKS. */
export interface EksAddonRecord {
  readonly name: string;
  readonly addonName: string;
  /** Addons that need no node come first: nodes are not ready without them. */
  readonly needsNodes: boolean;
  /** JSON. */
  readonly configurationValues?: string;
  /** Service account that takes the CNI role. */
  readonly cniServiceAccount?: string;
}

/** Everything AWS needs for one cluster. */
export interface EksPlan {
  readonly cloud: "aws";
  readonly place: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly segment: string;
  /** Name of the cluster in EKS; its log group is named after it. */
  readonly clusterName: string;
  readonly key: { readonly name: string; readonly description: string; readonly policy: string };
  readonly logGroup: { readonly name: string; readonly logGroupName: string };
  readonly roles: {
    readonly cluster: AwsRoleRecord;
    readonly node: AwsRoleRecord;
    readonly cni: AwsRoleRecord;
  };
  readonly cluster: {
    readonly name: string;
    readonly version: string;
    readonly deletionProtection: boolean;
  };
  /** Prefix of the names of access entries, and the policy they get. */
  readonly access: { readonly name: string; readonly policyArn: string };
  readonly addons: readonly EksAddonRecord[];
  readonly launchTemplate: { readonly name: string };
  readonly nodeGroup: {
    readonly name: string;
    readonly instanceType: string;
    readonly min: number;
    readonly max: number;
  };
}

const instanceTypes: Record<NodeSize, string> = {
  small: "m7i.large",
  medium: "m7i.xlarge",
  large: "m7i.2xlarge",
};

/** Lowers one cluster; intent and place must have been checked. */
export function lowerEks(
  name: string,
  environment: string,
  segment: string,
  cluster: ClusterPlaceIntent,
  place: PlaceIntent,
  account: AwsAccount,
): EksPlan {
  const base = `${name}-${place.name}`;
  const clusterName = `bulkhead-${environment}-${place.name}`;
  const logGroupName = `/aws/eks/${clusterName}/cluster`;
  return {
    cloud: "aws",
    place: place.name,
    region: place.region,
    tags: markTags({ place: place.name, segment }),
    segment,
    clusterName,
    key: {
      name: `${base}-key`,
      description: `Secrets and control-plane logs of ${clusterName}`,
      policy: describeKeyPolicy(account, place.region, logGroupName),
    },
    logGroup: { name: `${base}-logs`, logGroupName },
    roles: lowerRoles(base, account),
    cluster: {
      name: base,
      version: cluster.kubernetesVersion,
      deletionProtection: cluster.deletionProtection,
    },
    access: {
      name: `${base}-administrator`,
      policyArn: `arn:${account.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
    },
    addons: lowerAddons(base),
    launchTemplate: { name: `${base}-nodes` },
    nodeGroup: {
      name: `${base}-nodes`,
      instanceType: instanceTypes[cluster.nodes.size],
      min: cluster.nodes.min,
      max: cluster.nodes.max,
    },
  };
}

function lowerRoles(base: string, account: AwsAccount): EksPlan["roles"] {
  const role = (
    suffix: string,
    description: string,
    trust: string,
    policies: readonly string[],
  ): AwsRoleRecord => ({
    name: `${base}-${suffix}`,
    description,
    assumeRolePolicy: trust,
    policies: policies.map((policy) => ({
      name: `${base}-${suffix}-${policy}`,
      policyArn: `arn:${account.partition}:iam::aws:policy/${policy}`,
    })),
  });
  return {
    cluster: role(
      "control-plane",
      "EKS acts for the cluster",
      describeTrust("eks.amazonaws.com", ["sts:AssumeRole"], account),
      ["AmazonEKSClusterPolicy"],
    ),
    // EC2 offers no condition on the account: instance profiles cannot be used across accounts.
    node: role(
      "node",
      "Nodes join the cluster",
      describeTrust("ec2.amazonaws.com", ["sts:AssumeRole"]),
      ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"],
    ),
    cni: role(
      "cni",
      "The network plugin gives pods addresses",
      describeTrust("pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"], account),
      ["AmazonEKS_CNI_Policy"],
    ),
  };
}

function lowerAddons(base: string): EksAddonRecord[] {
  const addon = (addonName: string, needsNodes: boolean) => ({
    name: `${base}-${addonName}`,
    addonName,
    needsNodes,
  });
  return [
    addon("eks-pod-identity-agent", false),
    {
      ...addon("vpc-cni", false),
      // Without this the plugin ignores NetworkPolicy (EKS user guide, "Limit pod traffic").
      configurationValues: JSON.stringify({ enableNetworkPolicy: "true" }),
      cniServiceAccount: "aws-node",
    },
    addon("kube-proxy", false),
    addon("coredns", true),
  ];
}
