/** The pods of a deployed world's clusters, as the lifted network and the probe know them. */
import type { Family } from "../../../model/base/address.ts";
import { familyOf } from "../../../model/base/address.ts";
import { subtract, union } from "../../../model/base/interval-set.ts";
import type { Endpoint, Topology } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import { awsTypes } from "../../../policy-packs/lift/aws/types.ts";
import { azureTypes } from "../../../policy-packs/lift/azure/types.ts";
import { inCluster, nodesGroup } from "../../../policy-packs/lift/clusters/names.ts";
import { clusterBehind } from "../../../policy-packs/lift/clusters/provider.ts";
import { plannedClusters } from "../../../policy-packs/lift/kubernetes/plan.ts";
import { settle } from "../../../policy-packs/lift/uncertain.ts";
import type { NamedEnd } from "./ends.ts";
import type { PlacedEnd } from "./packets.ts";

const imagined = "imagined ";

/**
 * The resources, and in every cluster without workloads what the probe takes for the pod of a service
 * account: it is labelled `app` by its name.
 */
export function withAccountPods(resources: readonly RawResource[]): RawResource[] {
  const running = new Set(
    resources.flatMap(({ type, provider }) => (/:apps\/|:Pod$/.test(type) ? [provider] : [])),
  );
  const accounts = resources.filter(({ type }) => type === "kubernetes:core/v1:ServiceAccount");
  const pods = accounts
    .filter(({ provider }) => !running.has(provider))
    .map(({ urn, name, provider, inputs }): RawResource => {
      const { metadata } = inputs as { metadata: { name: string; namespace: string } };
      const labels = { app: metadata.name };
      return {
        urn: `${imagined}${urn}`,
        type: "kubernetes:core/v1:Pod",
        name,
        ...(provider === undefined ? {} : { provider }),
        inputs: { metadata: { ...metadata, labels }, spec: { serviceAccountName: metadata.name } },
      };
    });
  return [...resources, ...pods];
}

/** The pods of each cluster: of every owner those that run on the first of its nodes. */
export function podEnds(
  plan: Plan,
  { endpoints }: Topology,
  placed: readonly PlacedEnd[],
): PlacedEnd[][] {
  const byId = new Map(endpoints.map((one) => [one.id, one]));
  return plannedClusters(plan)
    .filter(({ cluster }) => cluster.workloads.length > 0)
    .map(({ provider, cluster }) => {
      const home = homeOf(plan, endpoints, provider, placed);
      return cluster.workloads.flatMap(({ namespace, owner, kind, urn }) => {
        const endpoint = byId.get(`${provider} ${namespace}/${owner}[${kind}]`);
        const path = `cluster-${provider.slice(provider.lastIndexOf("::") + 2)}/${namespace}/${owner}`;
        const name = urn.startsWith(imagined) ? path : (urn.split(" ")[0] ?? "");
        return endpoint === undefined ? [] : [podEnd(name, endpoint, home)];
      });
    });
}

/** What the pods of one cluster have in common. */
interface Home {
  readonly cloud: NamedEnd["cloud"];
  /** Its nodes, and the address that the probe gives to one of them. */
  readonly nodes: readonly Endpoint[];
  readonly node: bigint | undefined;
}

function homeOf(
  plan: Plan,
  endpoints: readonly Endpoint[],
  provider: string,
  placed: readonly PlacedEnd[],
): Home {
  const group = inCluster(provider, nodesGroup);
  const nodes = endpoints.filter(({ groups }) => groups.includes(group));
  const cluster = settle(() => clusterBehind(plan, provider));
  if (cluster instanceof Error) return { cloud: "kubernetes", nodes: [], node: undefined };
  const subnet = nodeSubnet(plan, cluster);
  const end = placed.find(({ name }) => subnet !== undefined && name.split("@")[0] === subnet);
  const node = end?.addresses[4];
  return {
    cloud: cluster.type.startsWith("aws:")
      ? "aws"
      : cluster.type.startsWith("gcp:")
        ? "gcp"
        : "azure",
    nodes,
    node: typeof node === "bigint" ? node : undefined,
  };
}

/** The subnet in which the probe takes a cluster's nodes to be. */
function nodeSubnet(plan: Plan, { type, urn, inputs }: PlannedResource): string | undefined {
  const group = plan.ofType("aws:eks/nodeGroup:NodeGroup").find((one) => {
    const found = plan.follow(one.inputs.at("clusterName"), awsTypes.eksCluster);
    return found.state === "resource" && found.resource.urn === urn;
  });
  const view =
    type === azureTypes.cluster
      ? inputs.at("agentPoolProfiles", 0, "vnetSubnetID")
      : group?.inputs.at("subnetIds", 0);
  if (view === undefined) return undefined;
  const found = plan.follow(view, awsTypes.subnet, azureTypes.subnet);
  return found.state === "resource" ? found.resource.urn : undefined;
}

/** Of a range of pods the probe takes the fifth address, as of a subnet's own. */
const skipped = 4n;

function podEnd(name: string, endpoint: Endpoint, { cloud, nodes, node }: Home): PlacedEnd {
  const { id, addresses, unknownAddresses } = endpoint;
  const own = subtract(addresses, nodes.map((one) => one.addresses).reduce(union, []));
  const [first] = own.length > 0 ? own : addresses;
  const unknown = unknownAddresses.map((family) => [family, { unknown: family }] as const);
  const within: [Family, bigint][] =
    first === undefined ? [] : [[familyOf(first.from), first.from + skipped]];
  const beyond: [Family, bigint][] = node === undefined ? within : [[4, node]];
  return {
    name,
    hidden: undefined,
    endpoint: id,
    kind: "pod",
    cloud,
    imagined: false,
    addresses: Object.fromEntries([...unknown, ...beyond]),
    amongPods: Object.fromEntries([...unknown, ...within]),
    nodes: nodes.map((one) => one.id),
  };
}
