/** How a workload becomes a member of a segment: what other components attach to what they start. */
import type * as pulumi from "@pulumi/pulumi";

/** On AWS a network interface is a member by its security group. */
export interface AwsMembership {
  readonly cloud: "aws";
  /** By segment. */
  readonly groupIds: Readonly<Record<string, pulumi.Output<string>>>;
}

/** On Azure an interface is a member by its application security group, or by its subnet. */
export interface AzureMembership {
  readonly cloud: "azure";
  /** By segment; none for segments whose members are known by their subnet. */
  readonly groupIds: Readonly<Record<string, pulumi.Output<string>>>;
}

/** On GCP a machine is a member by its secure tag. */
export interface GcpMembership {
  readonly cloud: "gcp";
  /** `tagKeys/…` */
  readonly tagKeyId: pulumi.Output<string>;
  /** `tagValues/…` by segment. */
  readonly tagValueIds: Readonly<Record<string, pulumi.Output<string>>>;
}

export type Membership = AwsMembership | AzureMembership | GcpMembership;
