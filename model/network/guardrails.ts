/** Guardrails in the form in which checks and lowering read them. */
import type { PortRange } from "../base/layer4.ts";
import { formatPorts, tryParsePorts } from "../base/layer4.ts";
import type { GuardrailIntent, PlaceIntent } from "./intent.ts";

/** A guardrail with its ports parsed. */
export interface ParsedGuardrail extends GuardrailIntent {
  readonly range: PortRange;
  /** Unique in a place and part of resource names: `tcp-22`. */
  readonly key: string;
}

/** The guardrails of a place that has been checked. */
export function parseGuardrails({ guardrails = [] }: PlaceIntent): ParsedGuardrail[] {
  return guardrails.flatMap((guardrail) => {
    const range = tryParsePorts(guardrail.deny);
    if (range === undefined) return [];
    return [{ ...guardrail, range, key: formatPorts(range).replace("/", "-") }];
  });
}
