/**
 * Documentation of Cloud Build ("Private pools"), Data Fusion ("Create a private instance"), Dataflow
 * ("Configure internet access"), Dataproc ("Create a cluster with internal IP addresses only", which is
 * the default from image 2.2 on), Vertex AI Workbench and Cloud TPU.
 */
import type { View } from "../../../model/policy/view.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const witness = "a packet from the internet to the machine's own public address";

const on = (path: Demand["path"], when?: Demand["when"]): Demand => ({
  path,
  ...(when === undefined ? {} : { when }),
  holds: (value) => value === "true",
  witness,
  good: true,
  bad: false,
});

const inside: Demand = {
  path: ["ipConfiguration"],
  holds: (value) => value === "WORKER_IP_PRIVATE",
  witness,
  good: "WORKER_IP_PRIVATE",
  bad: "WORKER_IP_PUBLIC",
};

const dataprocPath = ["clusterConfig", "gceClusterConfig", "internalIpOnly"] as const;

/** Whether it says so, or is of an image whose clusters are public unless told otherwise. */
function mustSay(inputs: View): boolean {
  if (inputs.at(...dataprocPath).state !== "absent") return true;
  const image = inputs.at("clusterConfig", "softwareConfig", "imageVersion").text() ?? "";
  return /^(1|2\.[01])\b/.test(image);
}

export const GN21 = demandRule({
  id: "GN21",
  sentence:
    "Machines that services of Google start for jobs and notebooks have no public addresses.",
  why: "Everybody may try what listens there, and a job that was tampered with sends the data out by the same address.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set the service's own property (noExternalIp, internalIpOnly, disablePublicIp, WORKER_IP_PRIVATE); call out by Cloud NAT.",
  demands: {
    "gcp:cloudbuild/workerPool:WorkerPool": [on(["workerConfig", "noExternalIp"])],
    "gcp:datafusion/instance:Instance": [on(["privateInstance"])],
    "gcp:dataflow/flexTemplateJob:FlexTemplateJob": [inside],
    "gcp:dataflow/job:Job": [inside],
    "gcp:dataproc/cluster:Cluster": [on(dataprocPath, mustSay)],
    "gcp:notebooks/instance:Instance": [on(["noPublicIp"])],
    "gcp:notebooks/runtime:Runtime": [
      on(["virtualMachine", "virtualMachineConfig", "internalIpOnly"]),
    ],
    "gcp:tpu/v2Vm:V2Vm": [
      {
        path: ["networkConfig", "enableExternalIps"],
        holds: (value) => value !== "true",
        witness,
        good: false,
        bad: true,
      },
    ],
    "gcp:workbench/instance:Instance": [on(["gceSetup", "disablePublicIp"])],
  },
  base: {
    "gcp:dataproc/cluster:Cluster": {
      clusterConfig: { softwareConfig: { imageVersion: "2.1-debian12" } },
    },
  },
});
