/** What an EKS cluster is built into. */
import type * as pulumi from "@pulumi/pulumi";
import type { AwsPlaceNetwork } from "../../network/places.ts";
import type { AwsMembership } from "../../segmentation/places.ts";

/** What the cluster stands in. */
export interface EksSurroundings {
  readonly network: AwsPlaceNetwork;
  readonly membership: AwsMembership;
  /** ARNs of roles that get the whole cluster. */
  readonly administrators: readonly pulumi.Input<string>[];
}
