/** What the lift notices beside packets. */
import assert from "node:assert/strict";
import { liftAws } from "../../../../policy-packs/lift/aws/topology.ts";
import type { Written } from "./program.ts";
import { planOf, ref } from "./program.ts";
import {
  anywhere,
  group,
  inline,
  instance,
  openGroup,
  resource,
  subnet,
  table,
  vpc,
} from "./resources.ts";

function notesOf(program: readonly Written[]): string[] {
  const { notes } = liftAws(planOf(program, "preview"));
  return notes.map(({ code, urn, path }) => `${code} ${urn.split("::").at(-1)} ${path}`).sort();
}

const peered = (right: string, routes: readonly string[]): Written[] => [
  vpc("left", "10.1.0.0/16"),
  vpc("right", right),
  resource("ec2/vpcPeeringConnection:VpcPeeringConnection", "pcx", {
    vpcId: ref("left"),
    peerVpcId: ref("right"),
    autoAccept: true,
  }),
  ...routes.flatMap((side) =>
    table(
      `${side}-routes`,
      side,
      [{ cidrBlock: "10.0.0.0/8", vpcPeeringConnectionId: ref("pcx") }],
      [],
    ),
  ),
];

describe("AWS lift's notes", () => {
  it("say nothing about a network that is in order", () => {
    assert.deepEqual(notesOf(peered("10.2.0.0/16", ["left", "right"])), []);
  });

  it("name a link that no route of one side uses", () => {
    assert.deepEqual(notesOf(peered("10.2.0.0/16", ["left"])), ["route-missing right "]);
  });

  it("name linked networks with addresses in common", () => {
    assert.deepEqual(notesOf(peered("10.1.128.0/17", ["left", "right"])), [
      "networks-overlap left cidrBlock",
    ]);
  });

  it("name a peering that nobody accepts", () => {
    const program = peered("10.2.0.0/16", ["left", "right"]).map((one) =>
      one.name === "pcx" ? { ...one, inputs: { ...one.inputs, autoAccept: false } } : one,
    );
    assert.deepEqual(notesOf(program), ["peering-not-accepted pcx autoAccept"]);
  });

  it("name a group whose inline and standalone rules take each other away", () => {
    const program = [
      vpc("vpc", "10.0.0.0/16"),
      group("mixed", "vpc", { ingress: [inline("tcp/80", anywhere)] }),
      resource("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "beside", {
        securityGroupId: ref("mixed"),
        ipProtocol: "-1",
        cidrIpv4: "10.0.0.0/16",
      }),
    ];
    assert.deepEqual(notesOf(program), ["rules-mixed mixed ingress"]);
  });

  it("name a rule that refers to a group beyond reach", () => {
    const program = [
      vpc("left", "10.1.0.0/16"),
      vpc("right", "10.2.0.0/16"),
      group("web", "left"),
      group("app", "right", { ingress: [inline("tcp/80", { securityGroups: [ref("web")] })] }),
    ];
    assert.deepEqual(notesOf(program), ["reference-stale app ingress[0].securityGroups[0]"]);
  });

  it("name a NAT gateway that leads nowhere", () => {
    const program = [
      vpc("vpc", "10.0.0.0/16"),
      subnet("s", "vpc", "10.0.1.0/24"),
      openGroup("any", "vpc"),
      instance("client", "s", ["any"], "10.0.1.10"),
      resource("ec2/natGateway:NatGateway", "nat", { subnetId: ref("s") }),
      ...table("routes", "vpc", [{ cidrBlock: "0.0.0.0/0", natGatewayId: ref("nat") }], ["s"]),
    ];
    assert.deepEqual(notesOf(program), ["nat-without-internet nat subnetId"]);
  });
});
