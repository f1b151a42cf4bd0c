/** What lies behind gateways: whether a way in the end leads to the internet. */
import type { Family } from "../../../model/base/address.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { resourceAt } from "./lift.ts";
import type { AwsTable } from "./route.ts";
import { tableOf } from "./route-tables.ts";
import type { TransitAttachment } from "./transit.ts";
import { subnetTypes } from "./types.ts";
import type { AwsWorld } from "./world.ts";

/** A translating gateway needs an internet gateway in the table of its own subnet. */
export function reachesInternet(
  world: AwsWorld,
  nat: PlannedResource | undefined,
): "yes" | "no" | "perhaps" {
  if (nat === undefined) return "yes";
  const table = tableOfGateway(world, nat);
  if (table === undefined) return "perhaps";
  const kinds = table.routes.map(({ way }) => way.kind);
  if (kinds.includes("internet-gateway")) return "yes";
  return kinds.includes("unknown") ? "perhaps" : "no";
}

/** The table of the subnet in which a translating gateway stands; undefined where it is not known. */
export function tableOfGateway(world: AwsWorld, nat: PlannedResource): AwsTable | undefined {
  const where = resourceAt(world.lift, nat.inputs.at("subnetId"), ...subnetTypes);
  return where === undefined ? undefined : tableOfUrn(world, where.urn);
}

/** Whether an attached network sends on what does not end in it. */
export function internetBehind(
  world: AwsWorld,
  { network, subnets, gateway }: TransitAttachment,
  family: Family,
): "no" | "outbound" | "open" {
  if (network.resource === undefined || subnets === undefined) return "open";
  const found = subnets.map((urn) => behindSubnet(world, urn, family, gateway));
  if (found.includes("open")) return "open";
  return found.includes("outbound") ? "outbound" : "no";
}

/** What comes out of an attachment has no public address there, so it needs translation. */
function behindSubnet(world: AwsWorld, urn: string, family: Family, gateway: string) {
  const table = tableOfUrn(world, urn);
  if (table === undefined) return "open";
  const onward = table.routes.filter(
    ({ destination, way }) =>
      destination.family === family &&
      (destination.length ?? 0) === 0 &&
      // Back to where it came from: the gateway's own table has decided already.
      !(way.kind === "transit" && way.gateway.urn === gateway),
  );
  if (onward.length === 0) return "no";
  const [route] = onward;
  if (route?.way.kind === "outbound" && onward.length === 1) {
    const reached = reachesInternet(world, route.way.nat);
    if (reached === "perhaps") return "open";
    return reached === "yes" ? "outbound" : "no";
  }
  const kinds = onward.map(({ way }) => way.kind);
  return kinds.every((kind) => kind === "internet-gateway" || kind === "nowhere") ? "no" : "open";
}

function tableOfUrn(world: AwsWorld, urn: string): AwsTable | undefined {
  const subnet = world.subnets.get(urn);
  return subnet === undefined ? undefined : tableOf(world.tables, subnet);
}
