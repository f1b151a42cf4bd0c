/** What a cluster of the intent becomes in GCP: GKE with private endpoint and private nodes. */
import type { GcpAccount } from "../../../model/base/accounts.ts";
import type { ClusterPlaceIntent, NodeSize } from "../../../model/network/cluster-intent.ts";
import type { PlaceIntent } from "../../../model/network/intent.ts";
import { markKeys } from "../../../model/network/marks.ts";
import { hash32 } from "../../../model/network/slots.ts";

/** A role that a member gets on something. */
export interface GcpGrantRecord {
  readonly name: string;
  readonly role: string;
  readonly member: string;
}

/** Everything GCP needs for one cluster. */
export interface GkePlan {
  readonly cloud: "gcp";
  readonly place: string;
  readonly region: string;
  readonly project: string;
  readonly segment: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly keyRing: { readonly name: string };
  readonly key: { readonly name: string; readonly grant: GcpGrantRecord };
  /** What GKE needs to put the segment's secure tag on the nodes it makes. */
  readonly tagGrants: readonly GcpGrantRecord[];
  readonly nodeAccount: {
    readonly name: string;
    readonly accountId: string;
    readonly displayName: string;
    readonly roles: readonly { readonly name: string; readonly role: string }[];
  };
  readonly cluster: {
    readonly name: string;
    readonly minMasterVersion: string;
    readonly workloadPool: string;
    readonly authorizedCidr: string;
    readonly deletionProtection: boolean;
  };
  readonly nodePool: {
    readonly name: string;
    readonly machineType: string;
    readonly min: number;
    readonly max: number;
  };
  /** Prefix of the names of administrators' grants, and the role they get. */
  readonly access: { readonly name: string; readonly role: string };
}

const machineTypes: Record<NodeSize, string> = {
  small: "n2d-standard-2",
  medium: "n2d-standard-4",
  large: "n2d-standard-8",
};

/** Lowers one cluster; intent and place must have been checked. */
export function lowerGke(
  name: string,
  environment: string,
  segment: string,
  cluster: ClusterPlaceIntent,
  place: PlaceIntent,
  { project, projectNumber }: GcpAccount,
): GkePlan {
  const base = `${name}-${place.name}`;
  const agent = `serviceAccount:service-${projectNumber}@container-engine-robot.iam.gserviceaccount.com`;
  const apis = `serviceAccount:${projectNumber}@cloudservices.gserviceaccount.com`;
  const tagUser = "roles/resourcemanager.tagUser";
  const marked = { environment, place: place.name, segment };
  return {
    cloud: "gcp",
    place: place.name,
    region: place.region,
    project,
    segment,
    labels: labelsOf(marked),
    keyRing: { name: `${base}-keys` },
    key: {
      name: `${base}-secrets`,
      grant: {
        name: `${base}-secrets-grant`,
        role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
        member: agent,
      },
    },
    tagGrants: [
      { name: `${base}-tag-grant-gke`, role: tagUser, member: agent },
      { name: `${base}-tag-grant-apis`, role: tagUser, member: apis },
    ],
    nodeAccount: {
      name: `${base}-nodes-account`,
      accountId: accountIdOf(environment, place.name),
      displayName: `Nodes of ${place.name} in ${environment}`,
      roles: [
        { name: `${base}-nodes-role`, role: "roles/container.defaultNodeServiceAccount" },
        { name: `${base}-nodes-images`, role: "roles/artifactregistry.reader" },
      ],
    },
    cluster: {
      name: base,
      minMasterVersion: cluster.kubernetesVersion,
      workloadPool: `${project}.svc.id.goog`,
      authorizedCidr: place.cidr4,
      deletionProtection: cluster.deletionProtection,
    },
    nodePool: {
      name: `${base}-nodes`,
      machineType: machineTypes[cluster.nodes.size],
      min: cluster.nodes.min,
      max: cluster.nodes.max,
    },
    access: { name: `${base}-administrator`, role: "roles/container.admin" },
  };
}

/** Keys of labels take no colon. */
function labelsOf(marked: { environment: string; place: string; segment: string }) {
  return Object.fromEntries(
    Object.entries(marked).map(([key, value]) => [
      markKeys[key as keyof typeof markKeys].replace(":", "-"),
      value,
    ]),
  );
}

/** 6–30 characters, unique in the project; the hash keeps environments of one project apart. */
function accountIdOf(environment: string, place: string): string {
  const hash = hash32(`${environment}/${place}`).toString(16).padStart(8, "0");
  return `${place}-${hash}`;
}
