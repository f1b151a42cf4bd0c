/**
 * The flows as the clouds' own rules can know them. A cloud cannot tell the pods of a place apart:
 * where a segment is made of pods alone, the one that holds all pods stands in its flows instead.
 */
import { covers } from "../base/interval-set.ts";
import { portSet, tryParsePorts } from "../base/layer4.ts";
import { parseEnd, segmentAt } from "./ends.ts";
import type { FlowIntent, NetworkIntent } from "./intent.ts";

/** The intent with no flow of segments that are pods alone; it must have been checked. */
export function asCloudSees(intent: NetworkIntent): NetworkIntent {
  const [own, ofPods] = partition(intent.flows, (flow) => !speaksOfPods(intent, flow));
  if (ofPods.length === 0) return intent;
  const flows: FlowIntent[] = own;
  for (const flow of ofPods.map((one) => toHolder(intent, one))) {
    if (!flows.some((other) => includes(other, flow))) flows.push(flow);
  }
  return { ...intent, flows };
}

/** The end as the cloud knows it: `reports@aws` may be `cluster@aws`. */
export function cloudEnd(intent: NetworkIntent, end: string): string {
  const { name, place } = parseEnd(end);
  const holder = intent.segments.find(({ holdsPods }) => holdsPods === true);
  if (holder === undefined || !isPodsOnly(intent, name)) return end;
  return place === undefined ? holder.name : segmentAt(holder.name, place);
}

function speaksOfPods(intent: NetworkIntent, { from, to }: FlowIntent): boolean {
  return [from, to].some((end) => isPodsOnly(intent, parseEnd(end).name));
}

function isPodsOnly({ segments }: NetworkIntent, name: string): boolean {
  return segments.some((segment) => segment.name === name && segment.podsOnly === true);
}

function toHolder(intent: NetworkIntent, flow: FlowIntent): FlowIntent {
  return { ...flow, from: cloudEnd(intent, flow.from), to: cloudEnd(intent, flow.to) };
}

/** Whether everything that the second lets pass the first lets pass already. */
function includes(one: FlowIntent, other: FlowIntent): boolean {
  const [wide, narrow] = [tryParsePorts(one.ports), tryParsePorts(other.ports)];
  if (one.from !== other.from || one.to !== other.to) return false;
  return wide !== undefined && narrow !== undefined && covers(portSet(wide), portSet(narrow));
}

function partition<T>(all: readonly T[], belongs: (one: T) => boolean): [T[], T[]] {
  return [all.filter(belongs), all.filter((one) => !belongs(one))];
}
