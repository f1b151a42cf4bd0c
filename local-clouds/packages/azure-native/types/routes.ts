/** Route tables and routes (Network REST API; "Virtual network traffic routing"). */

import { tryParseAddress, tryParseCidr } from "../../../../model/base/address.ts";
import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import type { ArmEntry } from "./arm.ts";
import { childrenOf, eachOf, guid, invalid, nameOf, objectOf } from "./common.ts";
import { network, networkName, networkTokens } from "./network-area.ts";

/** Routes of a table ("Networking limits"). */
const routesPerTableMax = 600;

const hops = ["VirtualNetworkGateway", "VnetLocal", "Internet", "VirtualAppliance", "None"];

const routeTable = network("RouteTable", "routeTables", {
  name: networkName("routeTableName"),
  location: "fixed",
  outputs: { ...guid, disableBgpRoutePropagation: false, routes: [] },
  normalised: {
    routes: (r, given) =>
      eachOf(given, (route) => ({
        ...route,
        id: `${r.id}/routes/${String(route["name"])}`,
        etag: `W/"${r.uuid(r.content())}"`,
        hasBgpOverride: false,
        provisioningState: "Succeeded",
        type: "Microsoft.Network/routeTables/routes",
      })),
  },
  admit: (r) => {
    const routes = r.list("routes").map((route) => objectOf(route));
    return routes.map(badRoute).find((error) => error !== undefined) ?? tooMany(routes.length);
  },
  inUse: {
    code: "InUseRouteTableCannotBeDeleted",
    says: "Route table {leaf} is in use and cannot be deleted.",
  },
});

const route = network("Route", "routeTables/routes", {
  name: networkName("routeName"),
  parents: [{ input: "routeTableName", token: networkTokens.routeTable }],
  outputs: { hasBgpOverride: false },
  admit: refuseRoute,
});

function refuseRoute(r: Resource): ServiceError | undefined {
  const own: JsonObject = {
    name: r.text("routeName"),
    addressPrefix: r.given("addressPrefix") ?? null,
    nextHopType: r.text("nextHopType"),
    nextHopIpAddress: r.given("nextHopIpAddress") ?? null,
  };
  const table = r.target("routeTableName");
  const inline = eachOf(table?.properties["routes"], (one) => one);
  const beside = [
    ...inline,
    ...childrenOf(r, r.token, table?.id ?? "").map(({ id, properties }) => ({
      ...properties,
      name: nameOf(id),
    })),
  ].filter(({ name }) => name !== own["name"]);
  const twin = beside.find((one) => objectOf(one)["addressPrefix"] === own["addressPrefix"]);
  if (twin !== undefined) {
    return invalid(
      "RouteConflict",
      `Route ${String(own["name"])} conflicts with route ${String(objectOf(twin)["name"])}. Routes cannot have the same address prefix.`,
    );
  }
  return badRoute(own) ?? tooMany(beside.length + 1);
}

function badRoute(route: JsonObject): ServiceError | undefined {
  const { name, addressPrefix, nextHopType, nextHopIpAddress } = route;
  if (!hops.includes(String(nextHopType))) {
    return invalid(
      "InvalidNextHopType",
      `Next hop type of route ${String(name)} must be one of ${hops.join(", ")}.`,
    );
  }
  const isTag = /^[A-Za-z]/.test(String(addressPrefix)) && !String(addressPrefix).includes(":");
  if (!isTag && tryParseCidr(String(addressPrefix)) === undefined) {
    return invalid(
      "InvalidAddressPrefixFormat",
      `Address prefix ${String(addressPrefix)} is not formatted correctly.`,
    );
  }
  const hop = nextHopIpAddress ?? undefined;
  if ((nextHopType === "VirtualAppliance") === (hop !== undefined)) {
    return hop === undefined || tryParseAddress(String(hop)) !== undefined
      ? undefined
      : invalid(
          "InvalidNextHopIpAddress",
          `Next hop IP address ${String(hop)} is not formatted correctly.`,
        );
  }
  return invalid(
    "RouteNextHopIpAddressInvalid",
    `Route ${String(name)}: a next hop IP address is given with next hop type VirtualAppliance, and only with it.`,
  );
}

function tooMany(count: number): ServiceError | undefined {
  return count <= routesPerTableMax
    ? undefined
    : invalid(
        "RouteTableRouteLimitReached",
        `Route table cannot have more than ${routesPerTableMax} routes.`,
      );
}

/** The entries of routing. */
export const routeTypes: readonly ArmEntry[] = [routeTable, route];
