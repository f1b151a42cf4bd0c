/** What other components get to know about a cluster. */
import type * as pulumi from "@pulumi/pulumi";

/** Access to the cluster of a place. */
export interface ClusterAccess {
  readonly place: string;
  /** Secret: it says where the API server is, and existing ones may hold a credential. */
  readonly kubeconfig: pulumi.Output<string>;
  /** Issuer of the tokens of its service accounts; absent on clusters Bulkhead did not make. */
  readonly issuer?: pulumi.Output<string>;
}
