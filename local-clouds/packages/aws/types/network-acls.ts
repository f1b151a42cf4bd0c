/** Network ACLs of EC2 networks (EC2 API reference). */

import { crc32 } from "node:zlib";
import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  arn,
  ec2InUse,
  ec2Reference,
  objectsIn,
  oneOf,
  others,
  region,
  regionAndTags,
} from "./common.ts";
import { toSubnet, toVpc } from "./ec2-references.ts";

/** Rule numbers a program may use (VPC user guide, "Network ACL rules"). */
const ruleNumberMax = 32_766;

const toAcl: Reference = ec2Reference(
  "networkAclId",
  ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"],
  "InvalidNetworkAclID.NotFound",
  "networkAcl ID",
);

const acl: TypeEntry = {
  token: "aws:ec2/networkAcl:NetworkAcl",
  forceNew: ["vpcId", "region"],
  id: (r) => `acl-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "ec2", `network-acl/${r.id}`),
    ownerId: (r) => r.account,
    ingress: [],
    egress: [],
    subnetIds: [],
  },
  keys: ["arn"],
  references: [toVpc("vpcId"), { ...toSubnet("subnetIds[*]"), holds: false }],
  admit: refuseInline,
  inUse: ec2InUse("networkAcl"),
};

const defaultAcl: TypeEntry = {
  token: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  forceNew: ["defaultNetworkAclId", "region"],
  id: (r) => r.text("defaultNetworkAclId"),
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "ec2", `network-acl/${r.id}`),
    ownerId: (r) => r.account,
    vpcId: (r) => r.target("defaultNetworkAclId")?.properties["vpcId"],
    ingress: [],
    egress: [],
    subnetIds: [],
  },
  keys: ["arn"],
  references: [
    {
      ...toAcl,
      at: "defaultNetworkAclId",
      to: "aws:ec2/networkAcl:NetworkAcl",
      holds: false,
      cascades: true,
    },
    { ...toSubnet("subnetIds[*]"), holds: false },
  ],
  admit: refuseInline,
};

function refuseInline(r: Resource): ServiceError | undefined {
  for (const direction of ["ingress", "egress"]) {
    const seen = new Set<number>();
    for (const rule of objectsIn(r.list(direction))) {
      const number = Number(rule["ruleNo"]);
      const refusal = refuseNumber(number, seen.has(number));
      if (refusal !== undefined) return refusal;
      seen.add(number);
    }
  }
  return undefined;
}

function refuseNumber(number: number, taken: boolean): ServiceError | undefined {
  if (!Number.isInteger(number) || number < 1 || number > ruleNumberMax) {
    return {
      code: "InvalidParameterValue",
      says: `Value (${number}) for parameter ruleNumber is invalid. Must be between 1 and ${ruleNumberMax}.`,
    };
  }
  return taken
    ? {
        code: "NetworkAclEntryAlreadyExists",
        says: `The network acl entry identified by ${number} already exists.`,
      }
    : undefined;
}

const aclRule: TypeEntry = {
  token: "aws:ec2/networkAclRule:NetworkAclRule",
  defaults: { egress: false },
  forceNew: [
    "cidrBlock",
    "egress",
    "fromPort",
    "icmpCode",
    "icmpType",
    "ipv6CidrBlock",
    "networkAclId",
    "protocol",
    "ruleAction",
    "ruleNumber",
    "toPort",
    "region",
  ],
  check: (r) => oneOf(r.text("ruleAction", ""), "ruleAction", ["allow", "deny"]),
  id: (r) =>
    `nacl-${crc32(JSON.stringify([r.text("networkAclId"), r.number("ruleNumber"), r.flag("egress"), r.text("protocol")]))}`,
  planned: region,
  references: [{ ...toAcl, holds: false, cascades: true }],
  taken: {
    code: "NetworkAclEntryAlreadyExists",
    says: "The network acl entry {name} already exists.",
  },
  admit: (r) => {
    const same = ({ properties }: { properties: JsonObject }) =>
      ["networkAclId", "ruleNumber"].every((key) => properties[key] === r.given(key)) &&
      (properties["egress"] === true) === r.flag("egress");
    const inline = objectsIn(
      r.target("networkAclId")?.properties[r.flag("egress") ? "egress" : "ingress"],
    );
    const number = r.number("ruleNumber");
    return refuseNumber(
      number,
      others(r).some(same) || inline.some((rule) => rule["ruleNo"] === number),
    );
  },
};

/** The entries of network ACLs. */
export const networkAclTypes: readonly TypeEntry[] = [acl, defaultAcl, aclRule];
