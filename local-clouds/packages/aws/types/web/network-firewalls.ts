/** Network firewalls (AWS Network Firewall API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { objectsIn, oneOf } from "../common.ts";
import { toSubnet, toVpc } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault } from "../policy-documents.ts";

const firewallAllowed = "aws:networkfirewall/";
const changed = { updateToken: (r: Resource) => r.uuid(r.content()) };
const firewallInUse = error(
  "InvalidOperationException",
  "Unable to delete the object because it is still in use: {value}",
);

const rules = ordinary(`${firewallAllowed}ruleGroup:RuleGroup`, {
  id: (r) =>
    form(
      `arn:{partition}:network-firewall:{region}:{account}:${r.text("type").toLowerCase()}-rulegroup/{name}`,
    )(r),
  name: 128,
  forceNew: ["capacity", "type"],
  check: (r) => oneOf(r.text("type"), "type", ["STATEFUL", "STATELESS"]),
  outputs: {
    ...changed,
    arn: (r) => r.id,
    encryptionConfiguration: { keyId: "AWS_OWNED_KMS_KEY", type: "AWS_OWNED_KMS_KEY" },
  },
  keys: ["arn"],
  taken: error(
    "InvalidRequestException",
    "A resource with the specified name already exists: {id}",
  ),
  inUse: firewallInUse,
  admit: (r) =>
    refuseIf(
      r.given("ruleGroup") === undefined && r.given("rules") === undefined,
      "InvalidRequestException",
      "Either RuleGroup or Rules must be given",
    ),
});

const firewallPolicy = ordinary(`${firewallAllowed}firewallPolicy:FirewallPolicy`, {
  arn: "network-firewall:firewall-policy/{name}",
  name: 128,
  outputs: {
    ...changed,
    encryptionConfiguration: { keyId: "AWS_OWNED_KMS_KEY", type: "AWS_OWNED_KMS_KEY" },
  },
  references: ["statefulRuleGroupReferences", "statelessRuleGroupReferences"].map((list) =>
    refer(
      `firewallPolicy.${list}[*].resourceArn`,
      rules.token,
      error("InvalidRequestException", "rule group {value} does not exist"),
      { by: "arn", holds: true, unless: (value) => value.includes(":aws-managed:") },
    ),
  ),
  taken: error(
    "InvalidRequestException",
    "A resource with the specified name already exists: {id}",
  ),
  inUse: firewallInUse,
});

const firewall = ordinary(`${firewallAllowed}firewall:Firewall`, {
  arn: "network-firewall:firewall/{name}",
  name: 128,
  forceNew: ["transitGatewayId", "vpcId"],
  outputs: {
    ...changed,
    deleteProtection: false,
    firewallPolicyChangeProtection: false,
    subnetChangeProtection: false,
    encryptionConfiguration: { keyId: "AWS_OWNED_KMS_KEY", type: "AWS_OWNED_KMS_KEY" },
    firewallStatuses: statuses,
    transitGatewayOwnerAccountId: "",
  },
  references: [
    refer(
      "firewallPolicyArn",
      firewallPolicy.token,
      error("InvalidRequestException", "firewall policy {value} does not exist"),
      { by: "arn", holds: true },
    ),
    toVpc("vpcId"),
    toSubnet("subnetMappings[*].subnetId"),
  ],
  taken: error(
    "InvalidRequestException",
    "A resource with the specified name already exists: {id}",
  ),
  admit: (r) => {
    const subnets = objectsIn(r.list("subnetMappings")).map(
      ({ subnetId }) => r.find("aws:ec2/subnet:Subnet", String(subnetId))?.properties,
    );
    const zones = subnets.map((subnet) => subnet?.["availabilityZone"]);
    if (new Set(zones).size < zones.length)
      return error("InvalidRequestException", "Only one subnet per Availability Zone is allowed");
    const stray = subnets.some((subnet) => subnet?.["vpcId"] !== r.given("vpcId"));
    return refuseIf(stray, "InvalidRequestException", "All subnets must be of the firewall's VPC");
  },
  inUse: firewallInUse,
  timeouts: { create: 1800, update: 1800, delete: 1800 },
});

/** One endpoint in each zone; route tables name them. */
function statuses(r: Resource) {
  const syncStates = objectsIn(r.list("subnetMappings")).map(({ subnetId }) => ({
    attachments: [
      {
        endpointId: `vpce-0${r.hex(`endpoint ${String(subnetId)}`, 16)}`,
        status: "READY",
        statusMessage: "",
        subnetId: String(subnetId),
      },
    ],
    availabilityZone: String(
      r.find("aws:ec2/subnet:Subnet", String(subnetId))?.properties["availabilityZone"],
    ),
  }));
  return [{ syncStates, transitGatewayAttachmentSyncStates: [] }];
}

const firewallLogging = ordinary(`${firewallAllowed}loggingConfiguration:LoggingConfiguration`, {
  id: "{firewallArn}",
  untagged: true,
  forceNew: ["firewallArn"],
  outputs: { enableMonitoringDashboard: false },
  references: [
    refer(
      "firewallArn",
      firewall.token,
      error("ResourceNotFoundException", "firewall {value} does not exist"),
      { by: "arn", cascades: true },
    ),
  ],
});

const firewallShare = ordinary(`${firewallAllowed}resourcePolicy:ResourcePolicy`, {
  id: "{resourceArn}",
  untagged: true,
  forceNew: ["resourceArn"],
  check: (r) => documentFault(r, "policy"),
  normalised: { policy: asDocument },
  references: [
    refer(
      "resourceArn",
      [rules.token, firewallPolicy.token],
      error("ResourceNotFoundException", "{value} does not exist"),
      { by: "arn", cascades: true },
    ),
  ],
});

/** The entries of network firewalls. */
export const networkFirewallTypes: readonly TypeEntry[] = [
  rules,
  firewallPolicy,
  firewall,
  firewallLogging,
  firewallShare,
];
