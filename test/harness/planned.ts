/** Networks of an intent as our own components plan them, for lifting. */
import * as aws from "@pulumi/aws/index.js";
import * as azure from "@pulumi/azure-native/index.js";
import * as gcp from "@pulumi/gcp/index.js";
import { Network } from "../../components/network/index.ts";
import { Segmentation } from "../../components/segmentation/index.ts";
import type { NetworkIntent } from "../../model/network/intent.ts";
import type { RawResource } from "../../policy-packs/kit/plan.ts";
import { usualOutputs } from "./cloud-outputs.ts";
import type { Registered } from "./deploy.ts";
import { deploy, unknownInput } from "./deploy.ts";

/** Before anything exists (`preview`: ids are not known), or after. */
export type Moment = "preview" | "update";

/** How the engine hands over a text that is not known yet (Pulumi's resource.proto). */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The resources of a network and its segmentation, as an engine hands them over. */
export async function plannedResources(
  intent: NetworkIntent,
  moment: Moment,
): Promise<RawResource[]> {
  const resources = await deploy(
    () => {
      const providers = [
        new aws.Provider("aws", {}),
        new azure.Provider("azure", {}),
        new gcp.Provider("gcp", {}),
      ];
      const { places } = new Network("network", { intent }, { providers });
      new Segmentation("segmentation", { intent, places }, { providers });
    },
    { outputs: cloudOutputs, preview: moment === "preview" },
  );
  return rawOf(resources, moment);
}

function cloudOutputs(resource: Parameters<typeof usualOutputs>[0] & { type: string }) {
  return {
    ...usualOutputs(resource),
    ...(resource.type === "aws:ec2/vpc:Vpc" ? { ipv6CidrBlock: "2600:1f18:aaaa:bb00::/56" } : {}),
    ...(resource.type === "gcp:compute/network:Network" ? { project: "shop" } : {}),
  };
}

function rawOf(resources: readonly Registered[], moment: Moment): RawResource[] {
  return resources.map((resource) => ({
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    inputs: withUnknowns(resource.inputs),
    ...(moment === "update"
      ? { outputs: { id: `${resource.name}-id`, ...cloudOutputs(resource) } }
      : {}),
    parent: resource.parent,
    provider: resource.provider,
    propertyDependencies: resource.propertyDependencies,
  }));
}

function withUnknowns(value: unknown): unknown {
  if (value === unknownInput) return unknownValue;
  if (Array.isArray(value)) return value.map(withUnknowns);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withUnknowns(item)]));
}
