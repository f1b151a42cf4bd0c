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
export function addonVersion(name: string): string | undefined {
  return Object.hasOwn(versions, name) ? versions[name] : undefined;
}
