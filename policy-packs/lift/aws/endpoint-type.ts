/**
 * Which resources stand in a VPC, and where they say in which subnets and groups. Paths step into
 * properties by `.`, into every element of a list by `[]`, and to the resource that a property
 * names by `>TYPE>`.
 */

/** Whether an end has a public IPv4 address. */
export type PublicSource =
  | "never"
  /** The first of the flags that is there; else the subnet decides, or the given value holds. */
  | {
      readonly flags: readonly string[];
      readonly absent: "subnet" | boolean;
      readonly negated?: boolean;
    }
  /** A word that says yes. */
  | { readonly word: string; readonly yes: string; readonly absent: boolean };

/** How to read one type. */
export interface EndpointType {
  readonly type: string;
  /** Paths to ids of security groups; the first that leads anywhere counts. */
  readonly groups: readonly string[];
  /** Paths to ids of subnets; the first that leads anywhere counts. */
  readonly subnets: readonly string[];
  readonly public: PublicSource;
  /** Paths to private addresses of its own. */
  readonly addresses?: readonly string[];
  /** Where it says no subnet: in the default VPC, or in no VPC at all. */
  readonly without: "default-vpc" | "nowhere";
  /** Where it names no group: the VPC's default one, the cluster's, or it is not filtered. */
  readonly ungrouped?: "cluster" | "unfiltered";
  /** Only where the property holds the word, or anything; a leading `!`: where it is absent. */
  readonly only?: readonly string[];
}

/** A type that stands in a VPC where it names subnets or groups, and is never public. */
export function inVpc(
  type: string,
  groups: string,
  subnets: string,
  more: Partial<EndpointType> = {},
): EndpointType {
  return {
    type,
    groups: [groups],
    subnets: [subnets],
    public: "never",
    without: "nowhere",
    ...more,
  };
}
