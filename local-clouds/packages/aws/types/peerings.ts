/** Peering between EC2 networks (VPC peering guide). */

import { overlap, tryParseCidr } from "../../../../model/base/address.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import { ec2InUse, ec2Reference, others, regionAndTags, textOf } from "./common.ts";
import { toVpc } from "./ec2-references.ts";

/** The other end may be in another account or region. */
const toPeer: Reference = { ...toVpc("peerVpcId"), within: "world", holds: false };

/** Whether the connection is ready at once: only the owner of both ends in one region may say so. */
function accepted(r: Resource): boolean {
  return r.flag("autoAccept");
}

const connection: TypeEntry = {
  token: "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
  forceNew: ["peerOwnerId", "peerRegion", "peerVpcId", "vpcId", "region"],
  id: (r) => `pcx-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  outputs: {
    acceptStatus: (r) => (accepted(r) ? "active" : "pending-acceptance"),
    peerOwnerId: (r) => r.account,
    peerRegion: (r) => r.region,
    accepter: { allowRemoteVpcDnsResolution: false },
    requester: { allowRemoteVpcDnsResolution: false },
  },
  references: [toVpc("vpcId"), toPeer],
  admit: refusePeering,
  inUse: ec2InUse("vpcPeeringConnection"),
  timeouts: { create: 60, update: 60, delete: 60 },
};

function refusePeering(r: Resource): ServiceError | undefined {
  const far = String(r.given("peerRegion") ?? r.region) !== r.region;
  const foreign = String(r.given("peerOwnerId") ?? r.account) !== r.account;
  if (accepted(r) && (far || foreign)) {
    return {
      code: "OperationNotPermitted",
      says: "User cannot accept the peering connection from this account or Region: autoAccept needs both networks in one of each.",
    };
  }
  const ends = [r.target("vpcId"), r.target("peerVpcId")].map((end) =>
    ["cidrBlock", "ipv6CidrBlock"].flatMap((key) => {
      const range = tryParseCidr(textOf(end?.properties ?? {}, key) ?? "");
      return range === undefined ? [] : [range];
    }),
  );
  const clash = ends[0]?.some((near) => ends[1]?.some((there) => overlap(near, there)));
  if (clash === true) {
    return {
      code: "failed",
      says: "VpcPeeringConnection failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range",
    };
  }
  const pair = [r.text("vpcId"), r.text("peerVpcId")].sort().join(" ");
  const taken = others(r).some(
    ({ properties }) =>
      [String(properties["vpcId"]), String(properties["peerVpcId"])].sort().join(" ") === pair,
  );
  return taken
    ? {
        code: "VpcPeeringConnectionAlreadyExists",
        says: "A VPC peering connection between these networks already exists.",
      }
    : undefined;
}

const accepter: TypeEntry = {
  token: "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
  forceNew: ["vpcPeeringConnectionId", "region"],
  id: (r) => r.text("vpcPeeringConnectionId"),
  planned: regionAndTags,
  outputs: {
    acceptStatus: (r) => (accepted(r) ? "active" : "pending-acceptance"),
    vpcId: (r) => r.target("vpcPeeringConnectionId")?.properties["peerVpcId"],
    peerVpcId: (r) => r.target("vpcPeeringConnectionId")?.properties["vpcId"],
    peerOwnerId: (r) => r.target("vpcPeeringConnectionId")?.account,
    peerRegion: (r) => r.target("vpcPeeringConnectionId")?.region,
    accepter: { allowRemoteVpcDnsResolution: false },
    requester: { allowRemoteVpcDnsResolution: false },
  },
  references: [
    {
      ...ec2Reference(
        "vpcPeeringConnectionId",
        connection.token,
        "InvalidVpcPeeringConnectionID.NotFound",
        "vpcPeeringConnection ID",
      ),
      within: "world",
      holds: false,
    },
  ],
};

/** The entries of peerings. */
export const peeringTypes: readonly TypeEntry[] = [connection, accepter];
