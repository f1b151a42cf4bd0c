/** Flows in the form in which lowering reads them. */
import type { Family } from "../base/address.ts";
import type { PortRange, Protocol } from "../base/layer4.ts";
import { tryParsePorts } from "../base/layer4.ts";
import type { FlowIntent, NetworkIntent } from "./intent.ts";

/** A flow with its ports parsed. */
export interface ParsedFlow extends FlowIntent {
  readonly range: PortRange;
  /** Unique in an intent and part of resource names: `web_to_app_tcp-8080`. */
  readonly key: string;
  /** Families in which the flow can exist. */
  readonly families: readonly Family[];
}

const familiesOf: Partial<Record<Protocol | "any", readonly Family[]>> = { icmp: [4], icmp6: [6] };
const bothFamilies: readonly Family[] = [4, 6];

/**
 * The flows of an intent that has been checked. Names hold neither underscores nor dots, so that
 * two different flows never share a key.
 */
export function parseFlows(intent: NetworkIntent): ParsedFlow[] {
  return intent.flows.flatMap((flow) => {
    const range = tryParsePorts(flow.ports);
    if (range === undefined) return [];
    const key = `${keyOf(flow.from)}_to_${keyOf(flow.to)}_${flow.ports.replace("/", "-")}`;
    return [{ ...flow, range, key, families: familiesOf[range.protocol] ?? bothFamilies }];
  });
}

/** No cloud takes an `@` in a name. */
function keyOf(end: string): string {
  return end.replace("@", ".");
}
