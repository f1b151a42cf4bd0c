/** Amazon OpenSearch Service Developer Guide, "VPC support" and "Network access for Serverless". */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { isEmpty } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";

const domains = ["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"] as const;
const serverless = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy";

export const AN24g: Rule = {
  id: "AN24g",
  sentence: "A search domain or collection is reached from a VPC only.",
  why: "Everybody may ask the public endpoint; one too wide access policy is all that is missing.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Give the domain vpcOptions with subnetIds and securityGroupIds; name SourceVPCEs in a collection's network policy.",
  subjects: [...domains, serverless],
  needs: "resource",
  check: (subject, judge) => {
    const { inputs, type } = subject;
    if (type === serverless) return judgeCollections(judge, inputs);
    const subnets = inputs.at("vpcOptions", "subnetIds");
    if (!isEmpty(subnets)) return;
    judge.fail(subnets, "GET /_search from 203.0.113.7 to the public endpoint");
  },
  examples: [
    {
      kind: "violating",
      says: "no subnets",
      expect: "fail",
      resources: alone(domains[1], { vpcOptions: { subnetIds: [] } }),
      path: "vpcOptions.subnetIds",
    },
    {
      kind: "violating",
      says: "a collection open to everybody",
      expect: "fail",
      resources: network([{ Rules: [{ ResourceType: "collection" }], AllowFromPublic: true }]),
      path: "policy[0].AllowFromPublic",
    },
    {
      kind: "clean",
      says: "in a VPC",
      expect: "pass",
      resources: alone(domains[0], { vpcOptions: { subnetIds: [unknownHere] } }),
    },
    {
      kind: "clean",
      says: "a collection behind an endpoint",
      expect: "pass",
      resources: network([{ AllowFromPublic: false, SourceVPCEs: ["vpce-1"] }]),
    },
    {
      kind: "unknown",
      says: "whether it is in a VPC is not known",
      expect: "unknown",
      resources: alone(domains[0], { vpcOptions: unknownHere }),
      path: "vpcOptions",
    },
    {
      kind: "absent",
      says: "nothing set: the endpoint is public",
      expect: "fail",
      resources: alone(domains[0], {}),
    },
  ],
};

/** A network policy is a list of rules; other types are about keys. */
function judgeCollections(judge: Judge, inputs: View): void {
  if (inputs.at("type").text() !== "network") {
    judge.notApplicable("the policy is about keys");
    return;
  }
  for (const entry of inputs.at("policy").document().items()) {
    judge.part(() => {
      const open = entry.at("AllowFromPublic");
      if (open.flag() !== true) return;
      judge.fail(open, "GET /_search from 203.0.113.7 to the collection's endpoint");
    });
  }
}

function network(policy: Json) {
  return alone(serverless, { type: "network", policy: JSON.stringify(policy) });
}
