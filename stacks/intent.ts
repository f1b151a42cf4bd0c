/**
 * What this environment is meant to be: the file to read first and to edit.
 *
 * It says who may talk to whom, who may become what, what is logged and for how long. Everything
 * else follows from it, in three clouds; whatever is not said here is denied.
 */
import type { IdentityIntent } from "../model/identity/intent.ts";
import { readsOnly } from "../model/identity/intent.ts";
import type { LoggingIntent } from "../model/logging/intent.ts";
import type { MeshIntent } from "../model/mesh/intent.ts";
import { planPlace } from "../model/network/address-plan.ts";
import type { ClusterIntent } from "../model/network/cluster-intent.ts";
import type { NetworkIntent, PlaceIntent } from "../model/network/intent.ts";
import { allow, internet } from "../model/network/intent.ts";
import { onlineBoutique } from "./online-boutique.ts";
import type { Settings } from "./settings.ts";

/** The network: the same segments and flows in each cloud. */
export function networkIntent(settings: Settings): NetworkIntent {
  return {
    places: places(settings),
    segments: [
      { name: "web", purpose: "takes requests from customers", egress: "none" },
      { name: "app", purpose: "holds the business logic", egress: "none" },
      { name: "data", purpose: "holds the databases", egress: "none" },
      { name: "cluster", purpose: "nodes and pods", egress: "nat", holdsPods: true },
    ],
    flows: [
      allow(internet, "web", "tcp/443", "customers reach the shop over TLS"),
      allow("web", "app", "tcp/8080", "requests are handed to the business logic"),
      allow("app", "data", "tcp/5432", "the business logic reads and writes its database"),
      allow("cluster", "cluster", "any", "the mesh and its policies decide between pods"),
      allow("cluster", internet, "tcp/443", "nodes fetch images and call cloud interfaces"),
    ],
  };
}

function places({ aws, azure, gcp, ranges }: Settings): PlaceIntent[] {
  return [
    { name: "aws", cloud: "aws", region: aws.region, cidr4: ranges.aws4 },
    {
      name: "azure",
      cloud: "azure",
      region: azure.location,
      cidr4: ranges.azure4,
      cidr6: ranges.azure6,
    },
    { name: "gcp", cloud: "gcp", region: gcp.region, cidr4: ranges.gcp4, cidr6: ranges.gcp6 },
  ];
}

/** Kubernetes: one private cluster in each cloud. */
export function clusterIntent(settings: Settings): ClusterIntent {
  return {
    segment: "cluster",
    clusters: places(settings).map((place) => ({
      place: place.name,
      kubernetesVersion: "1.34",
      nodes: { size: "small", min: 2, max: 6 },
      deletionProtection: settings.protection === "on",
    })),
  };
}

/** The pipeline that changes the environment; it administers the clusters of AWS. */
export const deployPipeline = "deploy";

/** Who may become what: one repository's pipelines, and the people who look after all this. */
export function identityIntent(settings: Settings): IdentityIntent {
  return {
    environment: settings.environment,
    repository: settings.github,
    pipelines: [
      {
        name: "preview",
        githubEnvironments: [`${settings.environment}-preview`],
        may: readsOnly,
      },
      {
        name: deployPipeline,
        githubEnvironments: [settings.environment],
        may: {
          awsActions: [
            "eks:DescribeCluster",
            "eks:UpdateClusterConfig",
            "eks:UpdateNodegroupConfig",
          ],
          azureRoles: ["Azure Kubernetes Service Contributor Role"],
          gcpRoles: ["roles/container.clusterAdmin"],
        },
      },
    ],
    workforce: { name: "platform", sessionMinutes: 60, may: readsOnly },
  };
}

/** The mesh over all clusters: the shop's services, who calls whom, and one way in. */
export function meshIntent(settings: Settings): MeshIntent {
  const network = networkIntent(settings);
  const planned = network.places.map((place) => ({
    place,
    plan: planPlace(place, network.segments),
  }));
  const clusters = planned.map(({ place, plan }) => {
    const nodes = plan.segments
      .filter(({ segment }) => segment === "cluster")
      .map(({ cidr4 }) => cidr4);
    return {
      name: place.name,
      cloud: place.cloud,
      network: `${place.name}-network`,
      ranges: [...nodes, plan.pods4],
      // Private endpoints of all three clouds' control planes lie beside the nodes.
      apiServer: nodes,
    };
  });
  const web = planned.flatMap(({ plan }) =>
    plan.segments.filter(({ segment }) => segment === "web").map(({ cidr4 }) => cidr4),
  );
  return onlineBoutique(settings.environment, clusters, web);
}

/** Logs: everything, locked against everybody for as long as the environment's settings say. */
export function loggingIntent(settings: Settings): LoggingIntent {
  return {
    environment: settings.environment,
    retentionDays: settings.logRetentionDays,
    lock: "compliance",
    azureNetworkWatcher: "own",
  };
}

/** Everything an environment is meant to be. */
export interface EnvironmentIntent {
  readonly network: NetworkIntent;
  readonly cluster: ClusterIntent;
  readonly identity: IdentityIntent;
  readonly mesh: MeshIntent;
  readonly logging: LoggingIntent;
}

/** The whole intent of an environment. */
export function environmentIntent(settings: Settings): EnvironmentIntent {
  return {
    network: networkIntent(settings),
    cluster: clusterIntent(settings),
    identity: identityIntent(settings),
    mesh: meshIntent(settings),
    logging: loggingIntent(settings),
  };
}
