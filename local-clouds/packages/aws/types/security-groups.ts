/** Security groups and their rules (EC2 API reference; ids as the Terraform AWS provider builds them). */

import { crc32 } from "node:zlib";
import { tryParseCidr } from "../../../../model/base/address.ts";
import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type {
  Computed,
  InputFault,
  Reference,
  ServiceError,
  TypeEntry,
} from "../../../types/type.ts";
import { arn, oneOf, others, region, regionAndTags } from "./common.ts";
import { networkOf } from "./default-network.ts";
import { toGroup, toVpc } from "./ec2-references.ts";
import {
  type Direction,
  refusePeers,
  refuseRules,
  rulesOfClassic,
  rulesOfInline,
  rulesOfStandalone,
} from "./group-rules.ts";

const blocks = ["ingress", "egress"] as const;

/** References and defaults of rules written inside a group. */
const inlineReferences: readonly Reference[] = blocks.map((block) =>
  toGroup(`${block}[*].securityGroups[*]`),
);
const inlineDefaults: Readonly<Record<string, Computed>> = {
  "ingress[*].self": false,
  "egress[*].self": false,
  revokeRulesOnDelete: false,
};
const inlineOutputs: Readonly<Record<string, Computed>> = {
  ingress: [],
  egress: [],
  ...Object.fromEntries(
    blocks.flatMap((block) => [
      [`${block}[*].description`, ""],
      ...["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups"].map(
        (list) => [`${block}[*].${list}`, []] as const,
      ),
    ]),
  ),
};

const groupArn: Computed = (r) => arn(r, "ec2", `security-group/${r.id}`);
/** Without a network a group lies in the account's default one. */
const groupNetwork: Readonly<Record<string, Computed>> = { vpcId: (r) => networkOf(r)?.id };
const inUse: ServiceError = {
  code: "DependencyViolation",
  says: "resource {id} has a dependent object",
};

const securityGroup: TypeEntry = {
  token: "aws:ec2/securityGroup:SecurityGroup",
  autoname: { property: "name", charactersMax: 255 },
  defaults: { description: "Managed by Pulumi", ...inlineDefaults },
  forceNew: ["name", "namePrefix", "description", "vpcId", "region"],
  check: (r) => [
    ...groupName(r.text("name")),
    ...description(r),
    ...blocks.flatMap((block) => blockRanges(r, block)),
  ],
  id: (r) => `sg-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  outputs: {
    arn: groupArn,
    ownerId: (r) => r.account,
    namePrefix: "",
    ...groupNetwork,
    ...inlineOutputs,
  },
  keys: ["arn"],
  references: [toVpc("vpcId"), ...inlineReferences],
  admit: refuseGroup,
  inUse,
  timeouts: { create: 600, delete: 900 },
  schemaVersion: 1,
};

/** CreateSecurityGroup: "up to 255 characters in length", of letters, digits, spaces and some signs. */
function description(r: Resource): InputFault[] {
  const text = r.text("description", "");
  if (/^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]{0,255}$/.test(text)) return [];
  const reason = `invalid value for description (must have at most 255 of the characters a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*): ${text}`;
  return [{ property: "description", reason }];
}

const defaultGroup: TypeEntry = {
  token: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  defaults: inlineDefaults,
  forceNew: ["vpcId", "region"],
  check: (r) => blocks.flatMap((block) => blockRanges(r, block)),
  id: defaultIdOf,
  planned: regionAndTags,
  outputs: {
    arn: groupArn,
    ownerId: (r) => r.account,
    name: "default",
    namePrefix: "",
    description: "default VPC security group",
    ...groupNetwork,
    ...inlineOutputs,
  },
  keys: ["arn"],
  references: [{ ...toVpc("vpcId"), holds: false, cascades: true }, ...inlineReferences],
  taken: {
    code: "InvalidGroup.Duplicate",
    says: "The default security group '{id}' is already managed by another resource",
  },
  admit: (r) => refuseInline(r, defaultIdOf(r)),
  schemaVersion: 1,
};

function defaultIdOf(r: Resource): string {
  return String(networkOf(r)?.properties["defaultSecurityGroupId"] ?? "");
}

function groupName(name: string): InputFault[] {
  return name.startsWith("sg-")
    ? [{ property: "name", reason: `invalid value for name (cannot begin with sg-)` }]
    : [];
}

/** The provider judges ranges before it plans: no host bits, no other family. */
function blockRanges(r: Resource, block: Direction): InputFault[] {
  return [
    ...r
      .every(`${block}[*].cidrBlocks[*]`)
      .flatMap((text) => rangeFault(`${block}.cidrBlocks`, text, 4)),
    ...r
      .every(`${block}[*].ipv6CidrBlocks[*]`)
      .flatMap((text) => rangeFault(`${block}.ipv6CidrBlocks`, text, 6)),
  ];
}

function rangeFault(property: string, text: unknown, family: 4 | 6): InputFault[] {
  if (typeof text === "string" && tryParseCidr(text)?.family === family) return [];
  return [{ property, reason: `"${String(text)}" is not a valid IPv${family} CIDR block` }];
}

function refuseGroup(r: Resource): ServiceError | undefined {
  const name = r.text("name");
  const vpc = networkOf(r)?.id ?? "";
  const taken = others(r).some(
    ({ properties }) => properties["vpcId"] === vpc && properties["name"] === name,
  );
  if (taken) {
    return {
      code: "InvalidGroup.Duplicate",
      says: `The security group '${name}' already exists for VPC '${vpc}'`,
    };
  }
  return refuseInline(r, r.before === undefined ? "" : r.id);
}

function refuseInline(r: Resource, group: string): ServiceError | undefined {
  const written = { ingress: r.list("ingress"), egress: r.list("egress") };
  const rules = rulesOfInline(group, written);
  const fresh = r.token === defaultGroup.token && r.before === undefined;
  // Adopting the default group first revokes what is in it, so only the written rules count.
  return fresh ? undefined : (refusePeers(r, group, rules) ?? refuseRules(r, group, rules));
}

const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

function standaloneRule(token: string, direction: Direction): TypeEntry {
  return {
    token,
    forceNew: ["securityGroupId", "region"],
    check: (r) => [
      ...exactlyOnePeer(r),
      ...(r.given("cidrIpv4") === undefined ? [] : rangeFault("cidrIpv4", r.given("cidrIpv4"), 4)),
      ...(r.given("cidrIpv6") === undefined ? [] : rangeFault("cidrIpv6", r.given("cidrIpv6"), 6)),
    ],
    id: (r) => `sgr-0${r.hex("id", 16)}`,
    planned: regionAndTags,
    outputs: {
      arn: (r) => arn(r, "ec2", `security-group-rule/${r.id}`),
      securityGroupRuleId: (r) => r.id,
    },
    keys: ["arn"],
    references: [
      { ...toGroup("securityGroupId"), holds: false, cascades: true },
      toGroup("referencedSecurityGroupId"),
    ],
    admit: (r) => {
      const group = r.text("securityGroupId");
      const rules = rulesOfStandalone(
        direction,
        given(r, ["ipProtocol", "fromPort", "toPort", ...peers]),
      );
      return refusePeers(r, group, rules) ?? refuseRules(r, group, rules);
    },
  };
}

function exactlyOnePeer(r: Resource): InputFault[] {
  const count = peers.filter((peer) => r.given(peer) !== undefined).length;
  if (count === 1) return [];
  const list = peers.join(",");
  return [
    { property: "", reason: `Exactly one of these attributes must be configured: [${list}]` },
  ];
}

function given(r: Resource, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = r.given(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

const classicKeys = [
  "cidrBlocks",
  "fromPort",
  "ipv6CidrBlocks",
  "prefixListIds",
  "protocol",
  "securityGroupId",
  "self",
  "sourceSecurityGroupId",
  "toPort",
  "type",
];

/** What conflicts with `self` (Terraform's schema of `aws_security_group_rule`). */
const besides = ["cidrBlocks", "ipv6CidrBlocks", "sourceSecurityGroupId"];

const classicRule: TypeEntry = {
  token: "aws:ec2/securityGroupRule:SecurityGroupRule",
  // The bridge fills in no default beside an input that conflicts with it.
  defaults: {
    self: (r) => (besides.some((key) => r.given(key) !== undefined) ? undefined : false),
  },
  forceNew: [...classicKeys, "region"],
  check: (r) => [
    ...oneOf(r.text("type", ""), "type", ["ingress", "egress"]),
    ...r.list("cidrBlocks").flatMap((text) => rangeFault("cidrBlocks", text, 4)),
    ...r.list("ipv6CidrBlocks").flatMap((text) => rangeFault("ipv6CidrBlocks", text, 6)),
  ],
  id: (r) => `sgrule-${crc32(JSON.stringify(given(r, classicKeys)))}`,
  planned: { ...region, self: false },
  outputs: { securityGroupRuleId: (r) => `sgr-0${r.hex("rule", 16)}` },
  references: [
    { ...toGroup("securityGroupId"), holds: false, cascades: true },
    toGroup("sourceSecurityGroupId"),
  ],
  taken: { code: "InvalidPermission.Duplicate", says: "the specified rule already exists" },
  admit: (r) => {
    const group = r.text("securityGroupId");
    const rules = rulesOfClassic(given(r, classicKeys));
    return refusePeers(r, group, rules) ?? refuseRules(r, group, rules);
  },
  timeouts: { create: 300 },
  schemaVersion: 2,
};

/** The entries of security groups. */
export const securityGroupTypes: readonly TypeEntry[] = [
  securityGroup,
  defaultGroup,
  standaloneRule("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ingress"),
  standaloneRule("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "egress"),
  classicRule,
];
