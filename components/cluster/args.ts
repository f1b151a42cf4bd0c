/** What a cluster component is given. */
import type * as pulumi from "@pulumi/pulumi";
import type { CloudAccounts } from "../../model/base/accounts.ts";
import type { ClusterIntent } from "../../model/network/cluster-intent.ts";
import type { Cloud, NetworkIntent } from "../../model/network/intent.ts";
import type { PlaceNetwork } from "../network/places.ts";
import type { Membership } from "../segmentation/places.ts";

/** Arguments of {@link Cluster}. */
export interface ClusterArgs {
  readonly intent: ClusterIntent;
  readonly network: NetworkIntent;
  /** The networks of all places, as {@link Network} hands them on. */
  readonly places: Readonly<Record<string, PlaceNetwork>>;
  /** How nodes join their segment, as {@link Segmentation} hands it on. */
  readonly memberships: Readonly<Record<string, Membership>>;
  readonly accounts: CloudAccounts;
  /**
   * Who gets the whole cluster, in the cloud's own terms: ARNs of roles, object ids of Entra
   * groups, IAM members of GCP. At least one in each cloud in which a cluster is created, else
   * nobody could enter it.
   */
  readonly administrators: Partial<Record<Cloud, readonly pulumi.Input<string>[]>>;
  /** Clusters that exist already, by place. */
  readonly existing?: Readonly<Record<string, { readonly kubeconfig: pulumi.Input<string> }>>;
  /** Log Analytics workspaces that take the audit logs of AKS, by place. */
  readonly auditWorkspaceIds?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Storage accounts that take them, beside the workspaces or instead of them, by place. */
  readonly auditAccountIds?: Readonly<Record<string, pulumi.Input<string>>>;
}
