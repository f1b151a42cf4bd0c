/**
 * Cloud Run documentation, "Restrict network ingress for Cloud Run", and Cloud Run functions, "Configure
 * network settings": everybody's requests are taken unless told otherwise.
 */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const ingress = (
  path: Demand["path"],
  good: string,
  bad: string,
  when?: Demand["when"],
): Demand => ({
  path,
  ...(when === undefined ? {} : { when }),
  holds: (value) => /^(INGRESS_TRAFFIC_|ALLOW_)?INTERNAL/i.test(value ?? ""),
  witness: "a request from 203.0.113.7 to the service's run.app or cloudfunctions.net name",
  good,
  bad,
});

export const GN16 = demandRule({
  id: "GN16",
  sentence:
    "A service or function takes requests from the network or a load balancer, not from everywhere.",
  why: "Everybody calls the service past the load balancer that checks requests and callers.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set ingress to internal, or to internal and load balancing, and put a load balancer in front.",
  demands: {
    "gcp:cloudrunv2/service:Service": [
      ingress(["ingress"], "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER", "INGRESS_TRAFFIC_ALL"),
    ],
    "gcp:cloudrun/service:Service": [
      ingress(
        ["metadata", "annotations", "run.googleapis.com/ingress"],
        "internal-and-cloud-load-balancing",
        "all",
      ),
    ],
    "gcp:cloudfunctions/function:Function": [
      ingress(
        ["ingressSettings"],
        "ALLOW_INTERNAL_ONLY",
        "ALLOW_ALL",
        // A function that waits for events has no address of its own.
        (inputs) => inputs.at("eventTrigger").state === "absent",
      ),
    ],
    "gcp:cloudfunctionsv2/function:Function": [
      ingress(["serviceConfig", "ingressSettings"], "ALLOW_INTERNAL_AND_GCLB", "ALLOW_ALL"),
    ],
  },
});
