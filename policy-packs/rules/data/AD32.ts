/**
 * Amazon EMR Management Guide, "Encryption options for Amazon EMR": disks of a cluster's nodes are in
 * plaintext unless its security configuration says otherwise; what goes to S3, the bucket encrypts.
 */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { isNamed } from "../shared/given-rule.ts";

const cluster = "aws:emr/cluster:Cluster";
const configuration = "aws:emr/securityConfiguration:SecurityConfiguration";
const disks = "a copy of a node's disk is read without any key";

export const AD32: Rule = {
  id: "AD32",
  sentence: "A cluster of EMR has a security configuration, and it encrypts the nodes' disks.",
  why: "What jobs spill and cache lies on the disks of nodes in plaintext, and on every snapshot of them.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  fix: "Name a securityConfiguration with EnableAtRestEncryption true and a LocalDiskEncryptionConfiguration whose EnableEbsEncryption is true.",
  subjects: [cluster, configuration],
  needs: "plan",
  check: ({ type, inputs }, judge, plan) => {
    if (type === configuration) return judgeConfiguration(inputs.at("configuration"), judge);
    const named = inputs.at("securityConfiguration");
    if (!isNamed(named, plan)) judge.fail(named, disks);
  },
  examples: [
    {
      kind: "violating",
      says: "a cluster without a configuration",
      expect: "fail",
      resources: alone(cluster, { releaseLabel: "emr-7.9.0" }),
      path: "securityConfiguration",
    },
    {
      kind: "clean",
      says: "a configuration by name",
      expect: "pass",
      resources: alone(cluster, { securityConfiguration: "encrypted" }),
    },
    {
      kind: "clean",
      says: "a configuration that is planned as well",
      expect: "pass",
      resources: [
        {
          type: cluster,
          name: "jobs",
          props: { securityConfiguration: unknownHere },
          dependsOn: { securityConfiguration: ["app"] },
        },
        ...says(withDisks({ EnableEbsEncryption: true })),
      ],
    },
    {
      kind: "unknown",
      says: "the configuration is not known",
      expect: "unknown",
      resources: alone(cluster, { securityConfiguration: unknownHere }),
      path: "securityConfiguration",
    },
    {
      kind: "violating",
      says: "a configuration that leaves storage in plaintext",
      expect: "fail",
      resources: says({ EnableInTransitEncryption: true, EnableAtRestEncryption: false }),
      path: "configuration",
    },
    {
      kind: "violating",
      says: "a configuration that encrypts S3 alone",
      expect: "fail",
      resources: says({
        EnableAtRestEncryption: true,
        AtRestEncryptionConfiguration: { S3EncryptionConfiguration: { EncryptionMode: "SSE-S3" } },
      }),
      witness: "disk",
    },
    {
      kind: "violating",
      says: "a configuration that leaves volumes in plaintext",
      expect: "fail",
      resources: says(withDisks({ EncryptionKeyProviderType: "AwsKms" })),
    },
    {
      kind: "clean",
      says: "a configuration that encrypts disks and volumes",
      expect: "pass",
      resources: says(
        withDisks({ EncryptionKeyProviderType: "AwsKms", EnableEbsEncryption: true }),
      ),
    },
    {
      kind: "unknown",
      says: "what a configuration says is not known",
      expect: "unknown",
      resources: alone(configuration, { configuration: unknownHere }),
      path: "configuration",
    },
    {
      kind: "absent",
      says: "a configuration that says nothing of encryption",
      expect: "fail",
      resources: alone(configuration, { configuration: "{}" }),
    },
  ],
};

/** All of it is one text, and so is the place of every finding. */
function judgeConfiguration(text: View, judge: Judge): void {
  const encryption = text.document().at("EncryptionConfiguration");
  const local = encryption.at("AtRestEncryptionConfiguration", "LocalDiskEncryptionConfiguration");
  const isOn = encryption.at("EnableAtRestEncryption").flag() === true;
  if (!isOn || local.state === "absent") judge.fail(text, disks);
  else if (local.at("EnableEbsEncryption").flag() !== true) {
    judge.fail(text, "a snapshot of a node's volume is read without any key");
  }
}

function withDisks(LocalDiskEncryptionConfiguration: Json): Json {
  return {
    EnableAtRestEncryption: true,
    AtRestEncryptionConfiguration: { LocalDiskEncryptionConfiguration },
  };
}

function says(EncryptionConfiguration: Json) {
  return alone(configuration, { configuration: JSON.stringify({ EncryptionConfiguration }) });
}
