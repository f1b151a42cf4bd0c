/** What stands in a subnet, as everything else of the lift sees it. */
import type { Family } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import type { Marks } from "../../../model/network/marks.ts";
import type { View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Balanced } from "./balancers.ts";
import type { AzureNetworks, AzureSubnet } from "./networks.ts";

/** Something with an address in a subnet. */
export interface AzureInterface {
  readonly id: string;
  readonly name: string;
  readonly kind: "machine" | "private-endpoint" | "gateway" | "subnet" | "pods";
  readonly subnet: AzureSubnet;
  readonly addresses: IntervalSet;
  readonly unknownAddresses: readonly Family[];
  /** Reference to its own security group. */
  readonly securityGroup: View | undefined;
  /** References to its application security groups. */
  readonly applicationGroups: readonly View[];
  /** URNs of application security groups that it is taken to carry. */
  readonly carries: readonly string[];
  /** Families in which it has a public address of its own. */
  readonly publicFamilies: readonly Family[];
  /** Whether they let nobody in before a security group does, as all but Basic ones do. */
  readonly closed: boolean;
  readonly balanced: readonly Balanced[];
  readonly marks: Marks | undefined;
}

/** What most of them have nothing of. */
export const plain = {
  securityGroup: undefined,
  applicationGroups: [],
  carries: [],
  publicFamilies: [],
  closed: true,
  balanced: [],
  marks: undefined,
} as const;

/** Any address of the subnet. */
export function anywhereIn(subnet: AzureSubnet) {
  const unknownAddresses: readonly Family[] = subnet.open.length > 0 ? [4, 6] : [];
  return { subnet, addresses: subnet.addresses, unknownAddresses };
}

/** The subnet of a reference. Throws `Undecided` where it is outside the plan. */
export function mustSubnet(found: AzureNetworks, reference: View): AzureSubnet {
  const subnet = found.subnetOf(reference);
  // What stands in such a subnet is guarded by what nobody sees here.
  if (subnet === undefined) throw new Undecided(reference.urn, reference.path, "unreadable");
  return subnet;
}
