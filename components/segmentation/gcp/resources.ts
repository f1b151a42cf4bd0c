/** Creates the firewall policy of a GCP place from its plan. */
import * as compute from "@pulumi/gcp/compute/index.js";
import * as gcpTags from "@pulumi/gcp/tags/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { GcpPlaceNetwork } from "../../network/places.ts";
import { mustGet } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import type { GcpMembership } from "../places.ts";
import type { GcpRuleRecord, GcpSegmentationPlan } from "./lower.ts";

type TagValues = ReadonlyMap<string, gcpTags.TagValue>;

/** Tags, policy and rules; the policy is attached last, when it is complete. */
export function createGcpSegmentation(
  parent: pulumi.ComponentResource,
  plan: GcpSegmentationPlan,
  network: GcpPlaceNetwork,
): GcpMembership {
  const { tagKey, values } = createTags(parent, plan, network);
  const policy = new compute.NetworkFirewallPolicy(
    plan.policy.name,
    { project: network.project, description: plan.policy.description },
    childOf(parent),
  );
  const rules = plan.rules.map((record) => createRule(parent, record, network, policy, values));
  new compute.NetworkFirewallPolicyAssociation(
    plan.association,
    {
      project: network.project,
      firewallPolicy: policy.name,
      attachmentTarget: network.networkId,
    },
    childOf(parent, { dependsOn: rules }),
  );
  return {
    cloud: "gcp",
    tagKeyId: tagKey.id,
    tagValueIds: Object.fromEntries([...values].map(([segment, value]) => [segment, value.id])),
  };
}

/** A key of purpose GCE_FIREWALL belongs to one network; its name is unique in the project. */
function createTags(
  parent: pulumi.ComponentResource,
  plan: GcpSegmentationPlan,
  network: GcpPlaceNetwork,
): { readonly tagKey: gcpTags.TagKey; readonly values: TagValues } {
  const tagKey = new gcpTags.TagKey(
    plan.tagKey.name,
    {
      parent: pulumi.interpolate`projects/${network.project}`,
      shortName: pulumi.interpolate`bulkhead-${network.networkName}`,
      description: plan.tagKey.description,
      purpose: "GCE_FIREWALL",
      purposeData: { network: pulumi.interpolate`${network.project}/${network.networkName}` },
    },
    childOf(parent),
  );
  const values = new Map(
    plan.tagValues.map(({ name, segment, description }) => [
      segment,
      new gcpTags.TagValue(
        name,
        { parent: tagKey.id, shortName: segment, description },
        childOf(parent),
      ),
    ]),
  );
  return { tagKey, values };
}

function createRule(
  parent: pulumi.ComponentResource,
  record: GcpRuleRecord,
  network: GcpPlaceNetwork,
  policy: compute.NetworkFirewallPolicy,
  values: TagValues,
): compute.NetworkFirewallPolicyRule {
  const { segment, direction, ipProtocol, ports } = record;
  const target =
    segment === undefined ? {} : { targetSecureTags: [{ name: mustGet(values, segment).id }] };
  return new compute.NetworkFirewallPolicyRule(
    record.name,
    {
      project: network.project,
      firewallPolicy: policy.name,
      priority: record.priority,
      direction,
      action: record.action,
      enableLogging: true,
      description: record.description,
      ...target,
      match: {
        ...peers(record, values),
        layer4Configs: [ports.length === 0 ? { ipProtocol } : { ipProtocol, ports: [...ports] }],
      },
    },
    childOf(parent),
  );
}

function peers({ direction, peerSegment, ranges }: GcpRuleRecord, values: TagValues) {
  if (peerSegment !== undefined) {
    return { srcSecureTags: [{ name: mustGet(values, peerSegment).id }] };
  }
  const list = [...(ranges ?? [])];
  return direction === "INGRESS" ? { srcIpRanges: list } : { destIpRanges: list };
}
