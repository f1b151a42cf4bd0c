/** Networks of an intent as our own components plan them, for lifting. */
import * as aws from "@pulumi/aws/index.js";
import * as azure from "@pulumi/azure-native/index.js";
import * as gcp from "@pulumi/gcp/index.js";
import { Network } from "../../components/network/index.ts";
import { Segmentation } from "../../components/segmentation/index.ts";
import type { NetworkIntent } from "../../model/network/intent.ts";
import type { RawResource } from "../../policy-packs/kit/plan.ts";
import { usualOutputs } from "./cloud-outputs.ts";
import { deploy } from "./deploy.ts";
import { rawOfRegistered } from "./registered.ts";

/** Before anything exists (`preview`: ids are not known), or after. */
export type Moment = "preview" | "update";

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
  return rawOfRegistered(resources, (one) =>
    moment === "update" ? { id: `${one.name}-id`, ...cloudOutputs(one) } : undefined,
  );
}

function cloudOutputs(resource: Parameters<typeof usualOutputs>[0] & { type: string }) {
  return {
    ...usualOutputs(resource),
    ...(resource.type === "aws:ec2/vpc:Vpc" ? { ipv6CidrBlock: "2600:1f18:aaaa:bb00::/56" } : {}),
    ...(resource.type === "gcp:compute/network:Network" ? { project: "shop" } : {}),
  };
}
