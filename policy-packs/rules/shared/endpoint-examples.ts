/** A private subnet behind a NAT gateway, with endpoints and without. */

import { markTags } from "../../../model/network/marks.ts";
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { referring } from "./log-stores.ts";
import { segmentationType } from "./network-plans.ts";

const vpc: ExampleResource = {
  type: awsTypes.vpc,
  name: "vpc",
  props: { cidrBlock: "10.1.0.0/16" },
};
const tags = markTags({ place: "here", segment: "app" });

/** The subnet and the table by which it leaves. */
const subnet: readonly ExampleResource[] = [
  referring(awsTypes.subnet, "subnet", "vpcId", "vpc", { cidrBlock: "10.1.0.0/20", tags }),
  referring(awsTypes.routeTable, "table", "vpcId", "vpc"),
  referring(awsTypes.route, "way-out", "routeTableId", "table", {
    destinationCidrBlock: "0.0.0.0/0",
    natGatewayId: "nat-1",
  }),
  {
    type: awsTypes.tableOfSubnet,
    name: "its-table",
    props: { subnetId: unknownHere, routeTableId: unknownHere },
    dependsOn: { subnetId: ["subnet"], routeTableId: ["table"] },
  },
];

function endpoint(service: string, serviceName = `com.amazonaws.eu-central-1.${service}`) {
  return referring(awsTypes.vpcEndpoint, service, "vpcId", "vpc", {
    serviceName,
    vpcEndpointType: "Interface",
  });
}

/** An intent by which the subnet's segment calls the internet. */
const declared: ExampleResource = {
  type: segmentationType,
  name: "segmentation",
  props: {
    intent: {
      places: [{ name: "here", cloud: "aws", region: "somewhere", cidr4: "10.1.0.0/16" }],
      segments: [{ name: "app", purpose: "logic", egress: "nat" }],
      flows: [{ from: "app", to: "internet", ports: "tcp/443", because: "the cloud's interfaces" }],
    } as unknown as Json,
  },
};

/** By endpoints, by a declared flow, and by the internet alone. */
export const endpointExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "one endpoint of three",
    expect: "fail",
    resources: [vpc, ...subnet, endpoint("sts")],
    path: "",
    witness: "kms, logs",
  },
  {
    kind: "clean",
    says: "all endpoints, one of them by FIPS",
    expect: "pass",
    resources: [
      vpc,
      ...subnet,
      endpoint("sts"),
      endpoint("logs"),
      endpoint("kms", "com.amazonaws.us-east-1.kms-fips"),
    ],
  },
  {
    kind: "clean",
    says: "a declared flow to the internet",
    expect: "not-applicable",
    resources: [vpc, ...subnet, declared],
  },
  {
    kind: "unknown",
    says: "which service an endpoint is for is not known",
    expect: "unknown",
    resources: [vpc, ...subnet, endpoint("sts", unknownHere)],
    path: "serviceName",
  },
  {
    kind: "absent",
    says: "no endpoints at all",
    expect: "fail",
    resources: [vpc, ...subnet],
    witness: "sts, kms, logs",
  },
];
