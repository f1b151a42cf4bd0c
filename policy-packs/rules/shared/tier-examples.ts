/** Three tiers, and ways around the one in the middle. */
import type { FlowIntent } from "../../../model/network/intent.ts";
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { awsRuleTypes } from "../../lift/aws-rules.ts";
import type { Props } from "./alone.ts";
import { segmentationType } from "./network-plans.ts";

function intent(...flows: readonly FlowIntent[]): ExampleResource {
  const declared = {
    places: [{ name: "here", cloud: "aws", region: "somewhere", cidr4: "10.1.0.0/16" }],
    segments: ["web", "app", "data"].map((name) => ({ name, purpose: name, egress: "none" })),
    flows: [
      { from: "internet", to: "web", ports: "tcp/443", because: "people read pages" },
      { from: "web", to: "app", ports: "tcp/8080", because: "pages need logic" },
      { from: "app", to: "data", ports: "tcp/5432", because: "logic needs data" },
      ...flows,
    ],
  };
  return {
    type: segmentationType,
    name: "segmentation",
    props: { intent: declared as unknown as Json },
  };
}

const shortcut = { from: "web", to: "data", ports: "tcp/5000-6000", because: "it is faster" };

function group(name: string, ingress: Props): ExampleResource {
  return {
    type: awsRuleTypes.group,
    name,
    props: { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, ...ingress }] },
  };
}

const store: ExampleResource = {
  type: "aws:rds/cluster:Cluster",
  name: "orders",
  props: { vpcSecurityGroupIds: [unknownHere] },
  dependsOn: { vpcSecurityGroupIds: ["data"] },
};

function letsIn(caller: string): ExampleResource {
  return {
    type: awsRuleTypes.ingress,
    name: "rule",
    props: {
      securityGroupId: unknownHere,
      referencedSecurityGroupId: unknownHere,
      ipProtocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
    },
    dependsOn: { securityGroupId: ["data"], referencedSecurityGroupId: [caller] },
  };
}

const data: ExampleResource = { type: awsRuleTypes.group, name: "data", props: {} };
const web = group("web", { cidrBlocks: ["0.0.0.0/0"] });
const app = group("app", { securityGroups: ["sg-web"] });

/** Declared shortcuts, and planned ones. */
export const tierExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "a declared shortcut",
    expect: "fail",
    resources: [intent(shortcut)],
    path: "intent.flows[3]",
    witness: "internet → web → data tcp/5432",
  },
  {
    kind: "violating",
    says: "the database's group lets in the one that is open to everybody",
    expect: "fail",
    resources: [letsIn("web"), data, web, store],
    path: "referencedSecurityGroupId",
    witness: "203.0.113.7 → web → orders",
  },
  { kind: "clean", says: "one tier after the other", expect: "pass", resources: [intent()] },
  {
    kind: "clean",
    says: "the database's group lets in the logic's",
    expect: "pass",
    resources: [letsIn("app"), data, web, app, store],
  },
  {
    kind: "unknown",
    says: "whom the callers let in is not known",
    expect: "unknown",
    resources: [letsIn("web"), data, group("web", { cidrBlocks: [unknownHere] }), store],
    path: "ingress[0].cidrBlocks[0]",
  },
  {
    kind: "absent",
    says: "no rules",
    expect: "pass",
    resources: [data, store],
  },
];
