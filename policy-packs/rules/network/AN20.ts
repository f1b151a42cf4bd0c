/** AWS Transit Gateway Guide, "Shared attachments"; AWS PrivateLink Guide, "Accept or reject requests". */
import { awsTypes } from "../../lift/aws/types.ts";
import { iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const AN20 = demandRule({
  id: "AN20",
  sentence: "Attachments and endpoint connections are accepted by hand.",
  why: "Whoever the gateway or service is shared with connects a network of his own, and nobody sees it beforehand.",
  severity: "high",
  tenets: ["T2", "T3"],
  controls: ["AC-4", "SC-7", "CA-3"],
  frameworks: [iso("aws", "A.8.20", "ec2_transitgateway_auto_accept_vpc_attachments")],
  fix: "Set autoAcceptSharedAttachments to disable, and acceptanceRequired to true.",
  demands: {
    [awsTypes.transitGateway]: [
      {
        path: ["autoAcceptSharedAttachments"],
        holds: (value) => value !== "enable",
        witness: "a VPC of another account, attached by itself",
        good: "disable",
        bad: "enable",
      },
    ],
    "aws:ec2/vpcEndpointService:VpcEndpointService": [
      {
        path: ["acceptanceRequired"],
        holds: (value) => value === "true",
        witness: "an endpoint of another account, connected by itself",
        good: true,
        bad: false,
      },
    ],
  },
  // What is connected stays connected; only new requests wait.
  remedy: "safe",
});
