/** Pods wherever an object makes them: one walk for pods, controllers, their patches and lists. */
import type { Judge } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { Spot } from "./spot.ts";

/** Path from the object to what it makes pods of, by kind. */
const templates: Readonly<Record<string, readonly string[]>> = {
  "core/v1:Pod": [],
  "core/v1:PodTemplate": ["template"],
  "core/v1:ReplicationController": ["spec", "template"],
  "apps/v1:Deployment": ["spec", "template"],
  "apps/v1:ReplicaSet": ["spec", "template"],
  "apps/v1:StatefulSet": ["spec", "template"],
  "apps/v1:DaemonSet": ["spec", "template"],
  "batch/v1:Job": ["spec", "template"],
  "batch/v1:CronJob": ["spec", "jobTemplate", "spec", "template"],
};

/** Canonical types of everything that makes pods. */
export const podTypes: readonly string[] = Object.keys(templates).flatMap(inEveryForm);

/** The type of a kind, of its server-side patch, and of a list of it. */
export function inEveryForm(kind: string): string[] {
  return ["", "Patch", "List"].map((form) => `kubernetes:${kind}${form}`);
}

/** An object of a kind: the resource itself, or an element of the list that it is. */
export interface KindObject {
  readonly spot: Spot;
  /** A patch leaves as it is what it does not say. */
  readonly patch: boolean;
}

/** The objects of a resource of a type that {@link inEveryForm} makes. */
export function objectsOf(subject: PlannedResource): readonly KindObject[] {
  const spot = new Spot(subject.inputs);
  if (!subject.type.endsWith("List")) return [{ spot, patch: subject.type.endsWith("Patch") }];
  return spot
    .at("items")
    .items()
    .map((item) => ({ spot: item, patch: false }));
}

/** A pod, or the template of pods. */
export interface Pod {
  /** Metadata of the object that makes the pod. */
  readonly owner: Spot;
  readonly metadata: Spot;
  readonly spec: Spot;
  readonly patch: boolean;
}

/** The pods of a resource of one of {@link podTypes}. */
export function podsOf(subject: PlannedResource): readonly Pod[] {
  const kind = subject.type.replace(/^kubernetes:/, "").replace(/(Patch|List)$/, "");
  const path = templates[kind] ?? [];
  return objectsOf(subject).map(({ spot, patch }) => {
    const pod = spot.at(...path);
    return {
      owner: spot.at("metadata"),
      metadata: pod.at("metadata"),
      spec: pod.at("spec"),
      patch,
    };
  });
}

const containerLists = ["initContainers", "containers", "ephemeralContainers"] as const;

/** One container of a pod. */
export interface Container {
  readonly spot: Spot;
  readonly list: (typeof containerLists)[number];
}

/** Runs the check on every container of the pod, each judged apart. */
export function eachContainerOf(
  { spec }: Pod,
  judge: Pick<Judge, "part">,
  check: (container: Container) => void,
): void {
  for (const list of containerLists) {
    judge.part(() => {
      for (const spot of spec.at(list).items()) judge.part(() => check({ spot, list }));
    });
  }
}

/** What holds for the container: its own security context, else the pod's ("Configure a Security Context"). */
export function inherited({ spot }: Container, { spec }: Pod, ...keys: readonly string[]): Spot {
  const own = spot.at("securityContext", ...keys);
  if (own.view.state !== "absent") return own;
  const common = spec.at("securityContext", ...keys);
  return common.view.state === "absent" ? own : common;
}

/** Pods of Windows, which the Pod Security Standards except where Linux alone has the thing. */
export function isWindows({ spec }: Pod): boolean {
  return spec.at("os", "name").view.text() === "windows";
}
