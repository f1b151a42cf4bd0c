/** Which machine image a program means (EC2 API reference, DescribeImages). */

import type { JsonObject } from "../../protocol/value.ts";
import type { InvokeCall, InvokeEntry } from "../../types/invoke.ts";
import type { Neighbour } from "../../types/resource.ts";
import { hexFrom } from "./stable.ts";
import { objectsIn, partition, textsIn } from "./types/common.ts";

/** The account whose images go by the alias `amazon` (EC2 user guide, "Shared AMIs"). */
const amazon = "137112412989";

/**
 * Images are a catalogue that this world has no part in: each question has one image as its answer.
 * What the program made itself is found by `fits`.
 */
export function imageLookup(fits: (found: Neighbour, call: InvokeCall) => boolean): InvokeEntry {
  return { token: "aws:ec2/getAmi:getAmi", run: (call) => answer(call, fits) };
}

function answer(
  call: InvokeCall,
  fits: (found: Neighbour, call: InvokeCall) => boolean,
): JsonObject {
  const own = call
    .all("aws:ec2/ami:Ami")
    .find((found) => textsIn(call.args["owners"]).includes("self") && fits(found, call));
  if (own !== undefined) return { ...call.args, ...own.properties, id: own.id, imageId: own.id };
  const question = JSON.stringify([
    call.args["owners"] ?? [],
    call.args["filters"] ?? [],
    call.args["nameRegex"] ?? "",
  ]);
  const asked = (name: string) =>
    textsIn(
      objectsIn(call.args["filters"]).find((filter) => filter["name"] === name)?.["values"],
    )[0];
  const id = asked("image-id") ?? `ami-0${hexFrom(`${call.scope.region} ${question}`, 16)}`;
  const name = (asked("name") ?? "image-*").replaceAll("*", "20260101");
  const snapshot = `snap-0${hexFrom(`${call.scope.region} ${question} root`, 16)}`;
  return {
    includeDeprecated: false,
    mostRecent: false,
    ...call.args,
    id,
    imageId: id,
    arn: `arn:${partition(call.scope.region)}:ec2:${call.scope.region}::image/${id}`,
    architecture: asked("architecture") ?? "x86_64",
    blockDeviceMappings: [rootDevice(snapshot)],
    bootMode: "",
    creationDate: "2026-01-01T00:00:00.000Z",
    deprecationTime: "2028-01-01T00:00:00.000Z",
    description: "",
    enaSupport: true,
    hypervisor: "xen",
    imageLocation: `amazon/${name}`,
    imageOwnerAlias: "amazon",
    imageType: "machine",
    imdsSupport: "",
    kernelId: "",
    name,
    ownerId: textsIn(call.args["owners"]).find((owner) => /^\d{12}$/.test(owner)) ?? amazon,
    platform: "",
    platformDetails: "Linux/UNIX",
    productCodes: [],
    public: true,
    ramdiskId: "",
    region: call.scope.region,
    rootDeviceName: "/dev/xvda",
    rootDeviceType: "ebs",
    rootSnapshotId: snapshot,
    sriovNetSupport: "simple",
    state: "available",
    stateReason: { code: "UNSET", message: "UNSET" },
    tags: {},
    tpmSupport: "",
    usageOperation: "RunInstances",
    virtualizationType: "hvm",
  };
}

function rootDevice(snapshot: string): JsonObject {
  return {
    deviceName: "/dev/xvda",
    // The function tells the API's own words, and everything as a text.
    ebs: {
      delete_on_termination: "true",
      encrypted: "false",
      iops: "0",
      snapshot_id: snapshot,
      throughput: "0",
      volume_size: "8",
      volume_type: "gp2",
    },
    noDevice: "",
    virtualName: "",
  };
}
