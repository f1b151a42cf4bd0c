/**
 * Targets of a target group.
 *
 * Elastic Load Balancing, "Target groups": registered by hand as instances, addresses, functions or
 * another load balancer, or by an Auto Scaling group or an ECS service, whose instances and tasks come
 * and go: a new interface with their subnets and groups stands for them.
 */

import { addressOf } from "../../address.ts";
import {
  type Deployed,
  type Live,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
} from "../../deployed.ts";
import type { AwsInterface } from "../interface.ts";
import { attachmentOf, imaginedIn, ownerIn } from "../networks.ts";
import { aws } from "../tokens.ts";

/** One target. */
export interface Target {
  readonly receiver: AwsInterface;
  readonly port: number;
}

/** A target that is no interface: a function, which takes everything, or what the world does not show. */
export interface Unseen {
  readonly what: string;
  readonly served: boolean;
}

/** The target group of an ARN. */
export function groupOf(deployed: Deployed, arn: string): Live | undefined {
  return deployed.where("arn", arn, aws.targetGroup, aws.albTargetGroup)[0];
}

/** Everything registered with a target group. */
export function targetsOf(deployed: Deployed, group: Live): readonly (Target | Unseen)[] {
  const arn = textOf(group.properties, "arn") ?? group.id;
  return [
    ...registered(deployed, group, arn),
    ...scaled(deployed, group, arn),
    ...tasks(deployed, arn),
  ];
}

function registered(deployed: Deployed, group: Live, arn: string): readonly (Target | Unseen)[] {
  const type = textOf(group.properties, "targetType") ?? "instance";
  const usual = numberOf(group.properties, "port") ?? 0;
  return deployed
    .where("targetGroupArn", arn, aws.targetAttachment, aws.albTargetAttachment)
    .map(({ properties }) => {
      const id = textOf(properties, "targetId") ?? "";
      if (type === "lambda") return { what: `function ${id}`, served: true };
      const port = numberOf(properties, "port") ?? usual;
      const receiver = type === "ip" ? byAddress(deployed, group, id) : instance(deployed, id);
      return receiver === undefined ? { what: id, served: false } : { receiver, port };
    });
}

function instance(deployed: Deployed, id: string): AwsInterface | undefined {
  const live = deployed.find(id, aws.instance);
  return live && attachmentOf(deployed, live);
}

function byAddress(deployed: Deployed, group: Live, text: string): AwsInterface | undefined {
  const address = addressOf(text);
  const vpcId = textOf(group.properties, "vpcId");
  return address && vpcId ? ownerIn(deployed, vpcId, address) : undefined;
}

function scaled(deployed: Deployed, group: Live, arn: string): readonly (Target | Unseen)[] {
  const attached = deployed
    .where("lbTargetGroupArn", arn, aws.scalingAttachment)
    .flatMap(({ properties }) => textOf(properties, "autoscalingGroupName") ?? []);
  const port = numberOf(group.properties, "port") ?? 0;
  return deployed
    .all(aws.scalingGroup)
    .filter(
      ({ id, properties }) =>
        textsOf(properties, "targetGroupArns").includes(arn) ||
        attached.includes(id) ||
        attached.includes(textOf(properties, "name") ?? ""),
    )
    .flatMap((live) => {
      const name = `an instance of ${live.id}`;
      const groups = launchGroups(deployed, live);
      return inSubnets(
        deployed,
        name,
        textsOf(live.properties, "vpcZoneIdentifiers"),
        groups,
        port,
      );
    });
}

function launchGroups(deployed: Deployed, scaling: Live): readonly string[] {
  const launch = objectOf(scaling.properties, "launchTemplate");
  const template =
    deployed.find(textOf(launch, "id"), aws.launchTemplate) ??
    deployed.where("name", textOf(launch, "name"), aws.launchTemplate)[0];
  const properties = template?.properties ?? {};
  const own = textsOf(properties, "vpcSecurityGroupIds");
  return [
    ...own,
    ...objectsOf(properties, "networkInterfaces").flatMap((nic) => textsOf(nic, "securityGroups")),
  ];
}

function tasks(deployed: Deployed, arn: string): readonly (Target | Unseen)[] {
  return deployed.all(aws.containerService).flatMap(({ id, properties }) =>
    objectsOf(properties, "loadBalancers")
      .filter((one) => textOf(one, "targetGroupArn") === arn)
      .flatMap((one): readonly (Target | Unseen)[] => {
        const network = objectOf(properties, "networkConfiguration");
        const subnets = textsOf(network, "subnets");
        const name = `a task of ${id}`;
        if (subnets.length === 0) return [{ what: name, served: false }];
        const groups = textsOf(network, "securityGroups");
        return inSubnets(deployed, name, subnets, groups, numberOf(one, "containerPort") ?? 0);
      }),
  );
}

function inSubnets(
  deployed: Deployed,
  name: string,
  subnets: readonly string[],
  groups: readonly string[],
  port: number,
): readonly Target[] {
  return subnets
    .flatMap((id) => deployed.find(id, aws.subnet, aws.defaultSubnet) ?? [])
    .map((subnet) => ({
      receiver: { ...imaginedIn(deployed, subnet, groups), id: `${name} in ${subnet.id}` },
      port,
    }));
}
