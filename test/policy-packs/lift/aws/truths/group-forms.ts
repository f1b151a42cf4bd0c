/** The forms in which groups and rules are written. */
import { ref } from "../program.ts";
import {
  anywhere,
  group,
  inline,
  instance,
  openGroup,
  resource,
  subnet,
  vpc,
} from "../resources.ts";
import type { Truth } from "./truth.ts";

const defaults = "VPC user guide, Default security groups";
const tracking = "EC2 user guide, Connection tracking";

const net = [
  vpc("vpc", "10.0.0.0/16"),
  subnet("s", "vpc", "10.0.1.0/24"),
  openGroup("any", "vpc"),
  instance("client", "s", ["any"], "10.0.1.10"),
];

function standalone(name: string, kind: "Ingress" | "Egress", on: string, more: object) {
  const type = `vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`;
  return resource(type, name, { securityGroupId: ref(on), ipProtocol: "tcp", ...more });
}

const http = { fromPort: 80, toPort: 80 };

export const groupFormTruths: readonly Truth[] = [
  {
    document: "EC2 API, AuthorizeSecurityGroupIngress",
    program: [
      ...net,
      group("odd", "vpc", { ingress: [inline("tcp/80", { cidrBlocks: ["10.0.1.77/28"] })] }),
      instance("server", "s", ["odd"], "10.0.1.11"),
      instance("near", "s", ["any"], "10.0.1.65"),
    ],
    rows: [
      {
        says: "a prefix is made canonical: 10.0.1.77/28 is 10.0.1.64/28",
        packets: { "near -> server tcp/80": "passes", "client -> server tcp/80": "stopped" },
      },
    ],
  },
  {
    document: defaults,
    program: [
      vpc("vpc", "10.0.0.0/16"),
      subnet("s", "vpc", "10.0.1.0/24"),
      group("other", "vpc", { egress: [inline("-1", anywhere)] }),
      instance("first", "s", [], "10.0.1.11"),
      instance("second", "s", [], "10.0.1.12"),
      instance("third", "s", [ref("vpc", "defaultSecurityGroupId")], "10.0.1.13"),
      instance("stranger", "s", ["other"], "10.0.1.14"),
    ],
    rows: [
      {
        says: "who is given no group gets the VPC's default one",
        packets: { "first -> second tcp/22": "passes", "third -> first tcp/22": "passes" },
      },
      {
        says: "the default group lets in its own members only",
        packets: { "stranger -> first tcp/22": "stopped" },
      },
      {
        says: "the default group lets everything out",
        packets: { "first -> stranger tcp/22": "stopped" },
      },
    ],
  },
  {
    document: "aws.ec2.DefaultSecurityGroup: adopting removes all rules",
    program: [
      vpc("vpc", "10.0.0.0/16"),
      subnet("s", "vpc", "10.0.1.0/24"),
      resource("ec2/defaultSecurityGroup:DefaultSecurityGroup", "adopted", { vpcId: ref("vpc") }),
      instance("first", "s", [], "10.0.1.11"),
      instance("second", "s", [ref("vpc", "defaultSecurityGroupId")], "10.0.1.12"),
    ],
    rows: [
      {
        says: "an adopted default group has the rules that are written, here none",
        packets: { "first -> second tcp/22": "stopped", "second -> first tcp/22": "stopped" },
      },
    ],
  },
  {
    document: "aws.ec2.SecurityGroup: egress",
    program: [
      ...net,
      group("no-egress", "vpc", { ingress: [inline("tcp/22", anywhere)] }),
      instance("server", "s", ["no-egress"], "10.0.1.11"),
    ],
    rows: [
      {
        says: "the provider takes away the rule by which AWS lets a new group's members call out",
        packets: { "server -> client tcp/443": "stopped", "client -> server tcp/22": "passes" },
      },
    ],
  },
  {
    document: "aws.ec2.SecurityGroupRule",
    program: [
      ...net,
      group("web", "vpc"),
      group("app", "vpc"),
      resource("ec2/securityGroupRule:SecurityGroupRule", "in", {
        type: "ingress",
        securityGroupId: ref("app"),
        sourceSecurityGroupId: ref("web"),
        protocol: "tcp",
        fromPort: 1,
        toPort: 99,
      }),
      resource("ec2/securityGroupRule:SecurityGroupRule", "out", {
        type: "egress",
        securityGroupId: ref("web"),
        cidrBlocks: ["10.0.1.12/32", "192.0.2.0/24"],
        protocol: "tcp",
        fromPort: 80,
        toPort: 80,
      }),
      resource("ec2/securityGroupRule:SecurityGroupRule", "self", {
        type: "ingress",
        securityGroupId: ref("web"),
        self: true,
        protocol: "udp",
        fromPort: 0,
        toPort: 65535,
      }),
      instance("web-1", "s", ["web"], "10.0.1.11"),
      instance("app-1", "s", ["app"], "10.0.1.12"),
    ],
    rows: [
      {
        says: "a standalone rule belongs to the group it names, in the direction of its type",
        packets: { "web-1 -> app-1 tcp/80": "passes", "web-1 -> app-1 tcp/81": "stopped" },
      },
      {
        says: "its self is the group it belongs to",
        packets: { "client -> web-1 udp/9": "stopped" },
      },
    ],
  },
  {
    document: "VPC user guide, Managed prefix lists",
    program: [
      ...net,
      resource("ec2/managedPrefixList:ManagedPrefixList", "list", {
        addressFamily: "IPv4",
        maxEntries: 5,
        entries: [{ cidr: "10.0.1.10/32" }],
      }),
      resource("ec2/managedPrefixListEntry:ManagedPrefixListEntry", "more", {
        prefixListId: ref("list"),
        cidr: "10.0.1.16/28",
      }),
      group("listed", "vpc"),
      standalone("in", "Ingress", "listed", { ...http, prefixListId: ref("list") }),
      group("inline-listed", "vpc", {
        ingress: [inline("tcp/80", { prefixListIds: [ref("list")] })],
      }),
      instance("server", "s", ["listed"], "10.0.1.11"),
      instance("other", "s", ["inline-listed"], "10.0.1.12"),
      instance("near", "s", ["any"], "10.0.1.17"),
    ],
    rows: [
      {
        says: "a rule that names a list is for the list's entries",
        packets: { "client -> server tcp/80": "passes", "client -> other tcp/80": "passes" },
      },
      {
        says: "entries may be resources of their own",
        packets: { "near -> server tcp/80": "passes" },
      },
      {
        says: "and for no other address",
        packets: { "other -> server tcp/80": "stopped" },
      },
    ],
  },
  {
    document: tracking,
    program: [
      ...net,
      group("esp", "vpc", { ingress: [inline("50", anywhere)] }),
      instance("server", "s", ["esp"], "10.0.1.11"),
    ],
    rows: [
      {
        says: "of other protocols too, what answers is let through",
        packets: { "client -> server 50": "passes" },
      },
    ],
  },
];
