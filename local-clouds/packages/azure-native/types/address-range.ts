/** Ranges of addresses in the firewall rules of database services. */

import { tryParseAddress } from "../../../../model/base/address.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { invalid } from "./common.ts";

/** Refuses a range whose ends are no IPv4 addresses or stand the wrong way round. */
export function refuseRange(r: Resource, from: string, to: string): ServiceError | undefined {
  const ends = [from, to].map((path) => tryParseAddress(r.text(path, "")));
  const [start, end] = ends;
  if (start?.family !== 4 || end?.family !== 4) {
    return invalid(
      "InvalidIpAddress",
      `The IP addresses ${r.text(from, "")} and ${r.text(to, "")} must be IPv4 addresses.`,
    );
  }
  return start.value <= end.value
    ? undefined
    : invalid(
        "InvalidFirewallRuleIpRange",
        `Start IP address '${r.text(from)}' must not be greater than end IP address '${r.text(to)}'.`,
      );
}
