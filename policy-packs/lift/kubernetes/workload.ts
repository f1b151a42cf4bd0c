/** Whatever runs pods, read from its own object: its pods' labels, ports and network. */
import { tryParseAddress } from "../../../model/base/address.ts";
import type { Fields, Place } from "./fields.ts";
import { below, flag, isFields, list, object, whole } from "./fields.ts";
import type { Labels } from "./labels.ts";
import { readLabels } from "./labels.ts";
import { portMax, readProtocol } from "./read-network-policy.ts";

/** A named port of a container. */
export interface NamedPort {
  readonly name: string;
  readonly protocol: number;
  readonly port: number;
}

/** Pods that are alike: those of one owner, or one pod. */
export interface Workload {
  readonly namespace: string;
  /** Name and kind of the owner; the pod's own where nobody owns it. */
  readonly owner: string;
  readonly kind: string;
  readonly labels: Labels;
  readonly ports: readonly NamedPort[];
  readonly hostNetwork: boolean;
  /** Undefined where it is not known yet. */
  readonly serviceAccount: string | undefined;
  /** Addresses of a running pod; a planned one has none yet. */
  readonly addresses: readonly string[];
  readonly urn: string;
}

/** Path from the object to the pod that it makes, by kind; a kind's API group does not matter. */
export const podPaths: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  ReplicationController: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
  VirtualMachine: ["spec", "template"],
  VirtualMachineInstance: [],
};

/** Kinds that run pods. */
export const workloadKinds: readonly string[] = Object.keys(podPaths);

/** The workload of an object of one of {@link workloadKinds}. */
export function readWorkload(
  place: Place,
  kind: string,
  named: { readonly namespace: string; readonly name: string },
  value: Fields,
): Workload {
  const path = podPaths[kind] ?? [];
  const at = path.reduce<Place>(below, place);
  const pod = path.reduce<Fields>((fields, key) => {
    const next = fields[key];
    return isFields(next) ? next : {};
  }, value);
  const metadata = object(below(at, "metadata"), pod["metadata"]) ?? {};
  const spec = object(below(at, "spec"), pod["spec"]) ?? {};
  const owner = kind === "Pod" ? ownerOf(metadata) : undefined;
  return {
    namespace: named.namespace,
    owner: owner?.name ?? named.name,
    kind: owner?.kind ?? kind,
    labels: readLabels(below(below(at, "metadata"), "labels"), metadata["labels"]),
    ports: readPorts(below(at, "spec"), spec),
    hostNetwork: flag(below(below(at, "spec"), "hostNetwork"), spec["hostNetwork"]) === true,
    serviceAccount: accountOf(spec),
    addresses: addressesOf(pod["status"]),
    urn: place.urn,
  };
}

/** The controller that made the pod; the first owner where none says that it is. */
function ownerOf(metadata: Fields): { name: string; kind: string } | undefined {
  const references = metadata["ownerReferences"];
  const owners = (Array.isArray(references) ? references : []).filter(isFields);
  const owner = owners.find((one) => one["controller"] === true) ?? owners[0];
  const name = owner?.["name"];
  const kind = owner?.["kind"];
  if (typeof name !== "string") return undefined;
  return { name, kind: typeof kind === "string" ? kind : "Pod" };
}

function readPorts(place: Place, spec: Fields): NamedPort[] {
  return ["containers", "initContainers"].flatMap((key) => {
    const all = below(place, key);
    return list(all, spec[key]).flatMap((one, index) => {
      const container = object(below(all, index), one);
      // Of the init containers, sidecars alone run as long as the pod does.
      const runs = key === "containers" || container?.["restartPolicy"] === "Always";
      if (container === undefined || !runs) return [];
      const at = below(below(all, index), "ports");
      return list(at, container["ports"]).flatMap((port, n) => readPort(below(at, n), port));
    });
  });
}

function readPort(place: Place, value: unknown): NamedPort[] {
  const { name, containerPort, protocol: named } = object(place, value) ?? {};
  // A name that stands for no number is nobody's to call.
  if (typeof name !== "string" || containerPort === undefined) return [];
  const port = whole(below(place, "containerPort"), containerPort, 1, portMax);
  const protocol = readProtocol(below(place, "protocol"), named);
  return port === undefined || protocol === undefined ? [] : [{ name, protocol, port }];
}

/** Stands for the name of a service account that is not known yet; no manifest can hold it. */
export const unsettledAccount = Symbol("service account");

/** Pods that name no account run as `default`; `serviceAccount` is the older name. */
function accountOf(spec: Fields): string | undefined {
  const given = spec["serviceAccountName"] ?? spec["serviceAccount"];
  if (given === unsettledAccount) return undefined;
  return typeof given === "string" && given !== "" ? given : "default";
}

function addressesOf(status: unknown): string[] {
  if (!isFields(status)) return [];
  const several = Array.isArray(status["podIPs"]) ? status["podIPs"].filter(isFields) : [];
  return [status["podIP"], ...several.map(({ ip }) => ip)]
    .filter((one) => typeof one === "string")
    .filter((one, index, all) => tryParseAddress(one) !== undefined && all.indexOf(one) === index);
}
