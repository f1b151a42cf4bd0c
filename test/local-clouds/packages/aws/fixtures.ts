/** Small worlds that several AWS tests start from. */

import { Secret } from "../../../../local-clouds/protocol/value.ts";
import { type Lab, type Made, openLab } from "../../kit/lab.ts";

/** Account and region of the labs. */
export const account = "123456789012";
export const region = "eu-central-1";

/** A lab in Frankfurt. */
export function openAws(): Lab {
  return openLab("aws", { region });
}

/** A network with two subnets in two zones. */
export interface Network {
  readonly vpc: Made;
  readonly subnets: readonly [Made, Made];
}

/** Makes a {@link Network} with IPv6. */
export function makeNetwork(lab: Lab, name = "main", cidr = "10.0.0.0/16"): Network {
  const vpc = lab.create("aws:ec2/vpc:Vpc", name, {
    cidrBlock: cidr,
    assignGeneratedIpv6CidrBlock: true,
  });
  const subnet = (zone: string, third: number) =>
    lab.create("aws:ec2/subnet:Subnet", `${name}-${zone}`, {
      vpcId: vpc.id,
      cidrBlock: cidr.replace(/0\.0\/16$/, `${third}.0/24`),
      availabilityZone: `${region}${zone}`,
    });
  return { vpc, subnets: [subnet("a", 1), subnet("b", 2)] };
}

/** A security group of a network. */
export function makeGroup(lab: Lab, vpc: Made, name: string): Made {
  return lab.create("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: vpc.id });
}

/** A policy document of one statement. */
export function documentOf(statement: Record<string, unknown>): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** A document that lets a service assume a role. */
export function trustOf(service: string): string {
  return documentOf({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" });
}

/** A role that a service may assume. */
export function makeRole(lab: Lab, name: string, service: string): Made {
  return lab.create("aws:iam/role:Role", name, { name, assumeRolePolicy: trustOf(service) });
}

/** A text output. */
export function textAt(made: Made, key: string): string {
  const output = made.outputs[key];
  const value = output instanceof Secret ? output.value : output;
  if (typeof value !== "string") throw new TypeError(`${made.token} has no text ${key}`);
  return value;
}
