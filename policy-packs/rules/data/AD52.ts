/** Amazon EMR Management Guide, "Create a security configuration": no TLS between nodes unless it says so. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";

const type = "aws:emr/securityConfiguration:SecurityConfiguration";

export const AD52: Rule = {
  id: "AD52",
  sentence: "A security configuration of EMR has the nodes of a cluster encrypt what they send.",
  why: "Whoever listens in the network reads what nodes hand each other, and what jobs compute.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  fix: "Set EncryptionConfiguration.EnableInTransitEncryption to true, and name certificates in InTransitEncryptionConfiguration.",
  subjects: [type],
  needs: "resource",
  check: ({ inputs }, judge) => {
    const document = inputs.at("configuration").document();
    if (document.at("EncryptionConfiguration", "EnableInTransitEncryption").flag() === true) return;
    judge.fail(inputs.at("configuration"), "a node's blocks, read on the way to another node");
  },
  examples: [
    {
      kind: "violating",
      says: "at rest alone",
      expect: "fail",
      resources: configured({ EnableInTransitEncryption: false, EnableAtRestEncryption: true }),
      path: "configuration",
    },
    {
      kind: "clean",
      says: "in transit",
      expect: "pass",
      resources: configured({ EnableInTransitEncryption: true }),
    },
    {
      kind: "unknown",
      says: "the document is not known",
      expect: "unknown",
      resources: alone(type, { configuration: unknownHere }),
      path: "configuration",
    },
    {
      kind: "absent",
      says: "nothing about encryption",
      expect: "fail",
      resources: alone(type, { configuration: "{}" }),
    },
  ],
};

function configured(EncryptionConfiguration: { readonly [key: string]: boolean }) {
  return alone(type, { configuration: JSON.stringify({ EncryptionConfiguration }) });
}
