/** Functions about what Google offers: zones, images, versions, address ranges. */

import type { InvokeCall, InvokeEntry } from "../../../types/invoke.ts";
import { usualVersion } from "../types/cluster-outputs.ts";
import { regionOf, selfLink, zonesOf } from "../types/common.ts";
import { projectOf } from "./own.ts";

/** Some of the regions, as programs choose among them. */
const regions = [
  "asia-northeast1",
  "asia-southeast1",
  "australia-southeast1",
  "europe-west1",
  "europe-west2",
  "europe-west3",
  "europe-west4",
  "northamerica-northeast1",
  "southamerica-east1",
  "us-central1",
  "us-east1",
  "us-east4",
  "us-west1",
];

const getZones: InvokeEntry = {
  token: "gcp:compute/getZones:getZones",
  run: (call) => {
    const region =
      typeof call.args["region"] === "string" ? call.args["region"] : call.scope.region;
    if (region === "") call.refuse({ code: "400", says: "region is not set, badRequest" });
    const project = projectOf(call);
    return { id: `projects/${project}/regions/${region}`, project, region, names: zonesOf(region) };
  },
};

const getRegions: InvokeEntry = {
  token: "gcp:compute/getRegions:getRegions",
  run: (call) => ({ id: `projects/${projectOf(call)}`, project: projectOf(call), names: regions }),
};

/** An image of the world, or one that Google publishes for a family. */
const getImage: InvokeEntry = {
  token: "gcp:compute/getImage:getImage",
  run: (call) => {
    const { family, name } = call.args;
    const project = projectOf(call);
    if (project === call.scope.account) return ownImage(call);
    if (typeof family !== "string" && typeof name !== "string")
      call.refuse({ code: "400", says: "one of name, family or filter must be set, badRequest" });
    const image = typeof name === "string" ? name : `${String(family)}-v20260101`;
    const id = `projects/${project}/global/images/${image}`;
    return {
      ...blank,
      id,
      name: image,
      project,
      family: typeof family === "string" ? family : "",
      selfLink: selfLink(id),
    };
  },
};

const blank = {
  archiveSizeBytes: 0,
  creationTimestamp: "2026-01-01T00:00:00.000-08:00",
  description: "",
  diskSizeGb: 10,
  imageEncryptionKeySha256: "",
  imageId: "1000000000000000000",
  labelFingerprint: "42WmSpB8rSM=",
  labels: {},
  licenses: [],
  sourceDisk: "",
  sourceDiskEncryptionKeySha256: "",
  sourceDiskId: "",
  sourceImageId: "",
  status: "READY",
} as const;

function ownImage(call: InvokeCall) {
  const { family, name } = call.args;
  const images = call.all("gcp:compute/image:Image").map(({ properties }) => properties);
  const found = images.find((one) =>
    name === undefined ? one["family"] === family : one["name"] === name,
  );
  if (found === undefined) {
    const asked = `projects/${call.scope.account}/global/images/${String(name ?? family)}`;
    return call.refuse({ code: "404", says: `The resource '${asked}' was not found, notFound` });
  }
  return { ...blank, ...found };
}

const getEngineVersions: InvokeEntry = {
  token: "gcp:container/getEngineVersions:getEngineVersions",
  run: (call) => {
    const versions = ["1.35.0-gke.1000000", usualVersion, "1.33.5-gke.1201000"];
    const prefix = typeof call.args["versionPrefix"] === "string" ? call.args["versionPrefix"] : "";
    const valid = versions.filter((one) => one.startsWith(prefix));
    const [latest] = valid;
    if (latest === undefined)
      return call.refuse({ code: "400", says: `no version begins with ${prefix}, badRequest` });
    return {
      ...call.args,
      id: "2026-01-01 00:00:00 +0000 UTC",
      project: projectOf(call),
      defaultClusterVersion: usualVersion,
      latestMasterVersion: latest,
      latestNodeVersion: latest,
      validMasterVersions: valid,
      validNodeVersions: valid,
      releaseChannelDefaultVersion: channels(usualVersion),
      releaseChannelLatestVersion: channels(latest),
    };
  },
};

function channels(version: string) {
  return { RAPID: version, REGULAR: version, STABLE: version, EXTENDED: version };
}

/** Ranges that Google documents (VPC, "Special configurations"; Load Balancing, "Health checks"). */
const ranges: Readonly<Record<string, readonly string[]>> = {
  "health-checkers": ["35.191.0.0/16", "130.211.0.0/22"],
  "legacy-health-checkers": ["35.191.0.0/16", "209.85.152.0/22", "209.85.204.0/22"],
  "iap-forwarders": ["35.235.240.0/20"],
  "private-googleapis": ["199.36.153.8/30"],
  "restricted-googleapis": ["199.36.153.4/30"],
  "dns-forwarders": ["35.199.192.0/19"],
};

const getNetblocks: InvokeEntry = {
  token: "gcp:compute/getNetblockIPRanges:getNetblockIPRanges",
  run: ({ args, refuse }) => {
    const rangeType = typeof args["rangeType"] === "string" ? args["rangeType"] : "cloud-netblocks";
    const blocks = ranges[rangeType];
    if (blocks === undefined) {
      return refuse({
        code: "400",
        says: `the local clouds know the ranges ${Object.keys(ranges).join(", ")}, not ${rangeType}, badRequest`,
      });
    }
    return {
      id: `netblock-ip-ranges-${rangeType}`,
      rangeType,
      cidrBlocks: blocks,
      cidrBlocksIpv4s: blocks,
      cidrBlocksIpv6s: [],
    };
  },
};

/** The functions. */
export const catalogueInvokes: readonly InvokeEntry[] = [
  getZones,
  getRegions,
  getImage,
  getEngineVersions,
  getNetblocks,
];

/** The place a location names: a zone's region, or the region. */
export function placeOf(call: InvokeCall): string {
  const { region } = call.args;
  return typeof region === "string"
    ? region
    : call.scope.region || regionOf(String(call.scope.config["zone"] ?? ""));
}
