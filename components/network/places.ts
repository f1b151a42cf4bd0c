/** What other components get to know about a place: ids, by cloud. */
import type * as pulumi from "@pulumi/pulumi";

interface PlaceBase {
  readonly place: string;
  readonly region: string;
  /** False where the network existed before and Bulkhead only works in it. */
  readonly owned: boolean;
}

/** A VPC with zonal subnets. */
export interface AwsPlaceNetwork extends PlaceBase {
  readonly cloud: "aws";
  readonly vpcId: pulumi.Output<string>;
  /** By segment, one per zone. */
  readonly subnetIds: Readonly<Record<string, readonly pulumi.Output<string>[]>>;
}

/** A virtual network with one subnet and one network security group per segment. */
export interface AzurePlaceNetwork extends PlaceBase {
  readonly cloud: "azure";
  readonly resourceGroupName: pulumi.Output<string>;
  readonly vnetId: pulumi.Output<string>;
  readonly vnetName: pulumi.Output<string>;
  /** By segment. */
  readonly subnetIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** By segment. */
  readonly nsgNames: Readonly<Record<string, pulumi.Output<string>>>;
}

/** A VPC network with one subnetwork per segment. */
export interface GcpPlaceNetwork extends PlaceBase {
  readonly cloud: "gcp";
  readonly project: pulumi.Output<string>;
  readonly networkId: pulumi.Output<string>;
  readonly networkName: pulumi.Output<string>;
  /** By segment. */
  readonly subnetSelfLinks: Readonly<Record<string, pulumi.Output<string>>>;
}

export type PlaceNetwork = AwsPlaceNetwork | AzurePlaceNetwork | GcpPlaceNetwork;
