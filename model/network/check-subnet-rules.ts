/** Finds everything wrong with the rules that places ask for at their subnets' borders. */
import type { Problem } from "../base/problem.ts";
import type { NetworkIntent } from "./intent.ts";

/** Amazon VPC quotas, "Rules per network ACL": 20 by default, at most 40. */
const quota = { least: 20, most: 40 };

/** Problems of `subnetRules`. */
export function checkSubnetRules({ places }: NetworkIntent): Problem[] {
  return places.flatMap(({ cloud, subnetRules }, index): Problem[] => {
    if (subnetRules === undefined) return [];
    const place = `places[${index}].subnetRules`;
    if (cloud !== "aws") {
      return [
        {
          code: "input-unknown",
          place,
          got: JSON.stringify(subnetRules),
          allowed: `nothing on ${cloud}`,
          next: "Only AWS has rules of subnets beside those of groups; leave the field out.",
        },
      ];
    }
    const { least, most } = quota;
    const granted = subnetRules.quota;
    if (Number.isInteger(granted) && granted >= least && granted <= most) return [];
    return [
      {
        code: "input-type",
        place: `${place}.quota`,
        got: JSON.stringify(granted) ?? "nothing",
        allowed: `a whole number from ${least} to ${most}`,
        next: `Say ${least}, or what Service Quotas shows as "Rules per network ACL" in the region.`,
      },
    ];
  });
}
