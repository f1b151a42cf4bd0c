/**
 * Pods of EKS. The VPC CNI gives them addresses of their nodes' subnets, and their nodes' security
 * groups bind them (EKS user guide, "Amazon VPC CNI"); pods on Fargate have the cluster's own group.
 */
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { awsTypes } from "../aws/types.ts";
import type { NetworkPlugin } from "../kubernetes/plugin.ts";
import { settle } from "../uncertain.ts";
import type { ClusterHost } from "./host.ts";

const nodeGroup = "aws:eks/nodeGroup:NodeGroup";
const fargate = "aws:eks/fargateProfile:FargateProfile";
const addon = "aws:eks/addon:Addon";

/** Settings by which pods stand in other subnets or groups than their nodes. */
const elsewhere = ["AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "ENABLE_POD_ENI"];

/** Throws `Undecided` where its pods may have another place. */
export function eksHost(plan: Plan, resource: PlannedResource): ClusterHost {
  const plugin = pluginOf(plan, resource);
  const settings = plugin?.inputs.at("configurationValues");
  if (settings !== undefined) refuseElsewhere(settings);
  const bare = resource.inputs.at("bootstrapSelfManagedAddons");
  if (plugin === undefined && bare.state !== "absent" && bare.flag() === false) {
    throw new Undecided(resource.urn, "network plugin", "unknown");
  }
  const [nodes, profiles] = [nodeGroup, fargate].map((type) => ofCluster(plan, type, resource));
  const family = resource.inputs.at("kubernetesNetworkConfig", "ipFamily").text();
  return {
    resource,
    carriers: [...(nodes ?? []), ...(profiles ?? [])].map(({ urn }) => urn),
    addresses: { kind: "carriers", families: [family === "ipv6" ? 6 : 4] },
    shortcut: true,
    // Policies are not for pods on Fargate ("Limit Pod traffic with Kubernetes network policies").
    enforces: profiles?.length === 0 ? enforcement(settings) : "unsettled",
  };
}

function pluginOf(plan: Plan, cluster: PlannedResource): PlannedResource | undefined {
  return ofCluster(plan, addon, cluster).find(
    ({ inputs }) => inputs.at("addonName").text() === "vpc-cni",
  );
}

function ofCluster(plan: Plan, type: string, cluster: PlannedResource): PlannedResource[] {
  return plan.ofType(type).filter(({ inputs }) => {
    const found = plan.follow(inputs.at("clusterName"), awsTypes.eksCluster);
    return found.state === "resource" && found.resource.urn === cluster.urn;
  });
}

function refuseElsewhere(settings: View): void {
  if (settings.state === "absent") return;
  const environment = settings.document().at("env");
  for (const key of elsewhere) {
    const view = environment.at(key);
    if (view.state !== "absent" && view.flag() !== false) {
      throw new Undecided(settings.urn, settings.path, "unreadable");
    }
  }
}

/** The plugin enforces policies where its setting says so. */
function enforcement(settings: View | undefined): NetworkPlugin["enforces"] {
  if (settings === undefined || settings.state === "absent") return false;
  const set = settle(() => settings.document().at("enableNetworkPolicy").flag());
  return set instanceof Undecided ? "unsettled" : set === true;
}
