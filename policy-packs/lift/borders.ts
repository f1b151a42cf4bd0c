/**
 * What lies beyond one cloud, such as its platform's own services, is there for that cloud's ends
 * alone: their addresses mean something else, or nothing, elsewhere.
 */
import type { Cloud } from "../../model/base/cloud.ts";
import { clouds as cloudNames, cloudTitles } from "../../model/base/cloud.ts";
import { everyLayer4 } from "../../model/base/layer4.ts";
import type { Direction, Endpoint, Rule, Stage, Topology } from "../../model/network/topology.ts";
import { joinTopologies } from "../../model/network/topology.ts";

/** The topologies of several clouds as one. */
export function joinClouds(clouds: Readonly<Record<Cloud, Topology>>): Topology {
  const names = Object.values(cloudTitles);
  const joined = cloudNames.map((cloud): Topology => {
    const [name, topology] = [cloudTitles[cloud], clouds[cloud]];
    const others = names.filter((other) => other !== name);
    const stages = (["out", "in"] as const).map((direction) => border(name, others, direction));
    return {
      ...topology,
      endpoints: topology.endpoints.map((endpoint) =>
        endpoint.outside === true
          ? { ...endpoint, groups: [...endpoint.groups, beyond(name)] }
          : { ...endpoint, stages: [...endpoint.stages, ...stages.map(({ id }) => id)] },
      ),
      stages: [...topology.stages, ...stages],
    };
  });
  return joinTopologies(joined);
}

/** Whether it is what lies beyond another cloud than this one. */
export function isOthers({ groups }: Endpoint, cloud: Cloud): boolean {
  return Object.values(cloudTitles).some(
    (name) => name !== cloudTitles[cloud] && groups.includes(beyond(name)),
  );
}

const borderMark = "border of ";

/** Whether a stage is such a border, by its id: that it lets pass tells a person nothing. */
export function isBorder(stage: string): boolean {
  return stage.startsWith(borderMark);
}

function beyond(cloud: string): string {
  return `beyond ${cloud}`;
}

function border(cloud: string, others: readonly string[], direction: Direction): Stage {
  const id = `${borderMark}${cloud} ${direction}`;
  const rule = (action: Rule["action"], peers: Rule["peers"]): Rule => ({
    action,
    peers,
    selectors: everyLayer4,
    origin: { urn: cloud, path: "" },
  });
  const strangers = rule(
    "deny",
    others.map((other) => ({ group: beyond(other) })),
  );
  const otherwiseOrigin = `what is no other cloud's own is there for ${cloud}`;
  const tier = { rules: [strangers], otherwise: "allow", otherwiseOrigin } as const;
  return { id, plane: "route", direction, stateful: true, tiers: [tier] };
}
