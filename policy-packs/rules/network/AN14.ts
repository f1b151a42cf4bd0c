/** Amazon VPC User Guide, "Modify the IP addressing attributes of your subnet". */
import { awsTypes } from "../../lift/aws/types.ts";
import { iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

const publicByItself = {
  path: ["mapPublicIpOnLaunch"],
  witness: "whatever starts in the subnet gets an address that everybody can call",
  good: false,
  bad: true,
} as const;

export const AN14 = demandRule({
  id: "AN14",
  sentence: "No subnet gives machines public addresses by itself.",
  why: "A machine is then one open port away from everybody, without anybody having decided so.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [iso("aws", "A.8.20", "vpc_subnet_no_public_ip_by_default")],
  fix: "Set mapPublicIpOnLaunch to false; give an address to what must have one, such as a load balancer.",
  demands: {
    [awsTypes.subnet]: [{ ...publicByItself, holds: (value) => value !== "true" }],
    // Default subnets give addresses unless told otherwise.
    [awsTypes.defaultSubnet]: [{ ...publicByItself, holds: (value) => value === "false" }],
  },
  // Machines without translation that start later would have no way out.
  remedy: "opt-in",
});
