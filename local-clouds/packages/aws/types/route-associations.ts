/** Which route table a subnet, a gateway or a whole network uses (EC2 API reference). */

import type { TypeEntry } from "../../../types/type.ts";
import { ec2Reference, exactlyOne, others, region } from "./common.ts";
import { toRouteTable, toSubnet, toVpc } from "./ec2-references.ts";

const association: TypeEntry = {
  token: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  forceNew: ["subnetId", "gatewayId", "region"],
  check: (r) => exactlyOne(r, ["gatewayId", "subnetId"]),
  id: (r) => `rtbassoc-0${r.hex("id", 16)}`,
  planned: region,
  outputs: { gatewayId: "", subnetId: "" },
  references: [
    toRouteTable("routeTableId"),
    { ...toSubnet("subnetId"), holds: false, cascades: true },
    {
      ...ec2Reference(
        "gatewayId",
        "aws:ec2/internetGateway:InternetGateway",
        "InvalidGatewayID.NotFound",
        "gateway ID",
      ),
      holds: false,
    },
  ],
  admit: (r) => {
    const table = r.target("routeTableId");
    const subnet = r.target("subnetId");
    if (subnet !== undefined && table?.properties["vpcId"] !== subnet.properties["vpcId"]) {
      return {
        code: "InvalidParameterValue",
        says: `Route table ${r.text("routeTableId")} and subnet ${subnet.id} belong to different networks`,
      };
    }
    const taken = others(r).some(
      ({ properties }) => subnet !== undefined && properties["subnetId"] === subnet.id,
    );
    return taken
      ? {
          code: "Resource.AlreadyAssociated",
          says: `the specified association for route table ${r.text("routeTableId")} conflicts with an existing association`,
        }
      : undefined;
  },
  timeouts: { create: 300, update: 120, delete: 300 },
};

const mainAssociation: TypeEntry = {
  token: "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
  forceNew: ["vpcId", "region"],
  id: (r) => `rtbassoc-0${r.hex("id", 16)}`,
  planned: region,
  outputs: { originalRouteTableId: (r) => r.target("vpcId")?.properties["mainRouteTableId"] },
  references: [toRouteTable("routeTableId"), { ...toVpc("vpcId"), holds: false, cascades: true }],
  timeouts: { create: 300, update: 120, delete: 300 },
};

/** The entries of route associations. */
export const routeAssociationTypes: readonly TypeEntry[] = [association, mainAssociation];
