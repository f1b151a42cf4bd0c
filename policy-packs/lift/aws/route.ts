/** Routes and the tables that hold them. */
import type { Origin } from "../../../model/network/topology.ts";
import type { Destination } from "./destinations.ts";
import type { AwsNetwork } from "./networks.ts";
import type { Way } from "./ways.ts";

/** One route. */
export interface AwsRoute {
  readonly destination: Destination;
  readonly way: Way;
  readonly origin: Origin;
  /** At equal length, static routes come before those of prefix lists, and these before learnt ones. */
  readonly kind: "static" | "listed" | "learnt";
}

/** One table; the local routes are not listed. */
export interface AwsTable {
  readonly id: string;
  readonly network: AwsNetwork;
  readonly routes: AwsRoute[];
}
