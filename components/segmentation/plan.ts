/** The plan of each place, by the lowering of its cloud. */
import type { Cloud, NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import type { AwsSegmentationPlan } from "./aws/lower.ts";
import { lowerAwsSegmentation } from "./aws/lower.ts";
import type { AzureSegmentationPlan } from "./azure/lower.ts";
import { lowerAzureSegmentation } from "./azure/lower.ts";
import type { GcpSegmentationPlan } from "./gcp/lower.ts";
import { lowerGcpSegmentation } from "./gcp/lower.ts";

export type SegmentationPlan = AwsSegmentationPlan | AzureSegmentationPlan | GcpSegmentationPlan;

const lowerings: Record<
  Cloud,
  (name: string, intent: NetworkIntent, place: PlaceIntent) => SegmentationPlan
> = {
  aws: lowerAwsSegmentation,
  azure: lowerAzureSegmentation,
  gcp: lowerGcpSegmentation,
};

/** Lowers one place; the intent must have been checked. */
export function lowerSegmentation(
  name: string,
  intent: NetworkIntent,
  place: PlaceIntent,
): SegmentationPlan {
  return lowerings[place.cloud](name, intent, place);
}
