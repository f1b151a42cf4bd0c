/** What a network component is given. */
import type { NetworkIntent } from "../../model/network/intent.ts";
import type { LinkIntent } from "../../model/network/link.ts";

/** A VPC that exists already, laid out as the address plan says. */
export interface ExistingAwsNetwork {
  readonly cloud: "aws";
  readonly vpcId: string;
  /** By segment, one per zone. */
  readonly subnetIds: Readonly<Record<string, readonly string[]>>;
}

/** A virtual network that exists already, laid out as the address plan says. */
export interface ExistingAzureNetwork {
  readonly cloud: "azure";
  readonly resourceGroupName: string;
  readonly vnetId: string;
  readonly vnetName: string;
  /** By segment. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** By segment: the groups on these subnets, in the same resource group. */
  readonly nsgNames: Readonly<Record<string, string>>;
}

/** A VPC network that exists already, laid out as the address plan says. */
export interface ExistingGcpNetwork {
  readonly cloud: "gcp";
  readonly project: string;
  readonly networkName: string;
  /** By segment. */
  readonly subnetSelfLinks: Readonly<Record<string, string>>;
}

export type ExistingNetwork = ExistingAwsNetwork | ExistingAzureNetwork | ExistingGcpNetwork;

/** Arguments of {@link Network}. All plain: they decide which resources there are. */
export interface NetworkArgs {
  readonly intent: NetworkIntent;
  /** Places whose network exists already, by place: nothing is created there. */
  readonly existing?: Readonly<Record<string, ExistingNetwork>>;
  /** Peerings with networks that exist already. */
  readonly links?: readonly LinkIntent[];
}
