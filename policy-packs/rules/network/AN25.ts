/** Amazon EKS User Guide, "Cluster API server endpoint": public, and open to everybody, unless said. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { addressesOf } from "../../lift/address-set.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { entriesOf } from "../../lift/entries.ts";
import type { Props } from "../shared/alone.ts";
import { alone } from "../shared/alone.ts";
import { judgePeers } from "../shared/open-port.ts";

export const AN25: Rule = {
  id: "AN25",
  sentence: "A cluster's endpoint is private, or open to named networks only.",
  why: "A stolen token or a flaw of the API server is enough for anybody to command the cluster.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "AC-17"],
  fix: "Set vpcConfig.endpointPublicAccess to false and endpointPrivateAccess to true, or name publicAccessCidrs.",
  subjects: [awsTypes.eksCluster],
  needs: "resource",
  check: (subject, judge) => {
    const config = subject.inputs.at("vpcConfig");
    if (config.at("endpointPublicAccess").flag() === false) return;
    const prefixes = entriesOf(config.at("publicAccessCidrs"));
    const call = (who: string) => `a request from ${who} to the cluster's API`;
    if (prefixes.length === 0) {
      return judge.fail(config.at("publicAccessCidrs"), `${call("203.0.113.7")} (not set)`);
    }
    const peers = prefixes.map((at) => ({
      kind: "addresses" as const,
      at,
      addresses: () => addressesOf(at),
    }));
    judgePeers(judge, peers, (at, who) => judge.fail(at, call(who)));
  },
  examples: [
    {
      kind: "violating",
      says: "everybody, in halves",
      expect: "fail",
      resources: cluster({ publicAccessCidrs: ["128.0.0.0/1", "0.0.0.0/1"] }),
      path: "vpcConfig.publicAccessCidrs[0]",
      witness: "203.0.113.7",
    },
    {
      kind: "violating",
      says: "public, and nobody named",
      expect: "fail",
      resources: cluster({ endpointPublicAccess: true }),
      path: "vpcConfig.publicAccessCidrs",
    },
    {
      kind: "clean",
      says: "private",
      expect: "pass",
      resources: cluster({ endpointPublicAccess: false, endpointPrivateAccess: true }),
    },
    {
      kind: "clean",
      says: "an office",
      expect: "pass",
      resources: cluster({ publicAccessCidrs: ["198.51.100.0/24"] }),
    },
    {
      kind: "unknown",
      says: "who may call is not known",
      expect: "unknown",
      resources: cluster({ publicAccessCidrs: [unknownHere] }),
      path: "vpcConfig.publicAccessCidrs[0]",
    },
    { kind: "absent", says: "nothing set", expect: "fail", resources: cluster({}) },
  ],
};

function cluster(vpcConfig: Props) {
  return alone(awsTypes.eksCluster, { vpcConfig });
}
