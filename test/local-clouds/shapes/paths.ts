/** Whether property paths lead anywhere in the shape of a type. */

import { parsePath } from "../../../local-clouds/protocol/path.ts";
import {
  type Module,
  outputOf,
  type Properties,
  type Shape,
} from "../../../local-clouds/shapes/shape.ts";
import type { Type } from "../../../local-clouds/shapes/spelling.ts";

/** Whether a path such as `ingress[*].cidrBlocks[*]` leads to an input or an output. */
export function leads(shape: Shape, path: string, side: "inputs" | "outputs"): boolean {
  const [top = "", ...keys] = parsePath(path).filter((step) => typeof step === "string");
  // Every resource has an id; what begins with `__` are the provider's notes.
  if (side === "outputs" && (top === "id" || top.startsWith("__"))) return true;
  const type = side === "inputs" ? shape.inputs.get(top)?.type : outputOf(shape, top);
  return type !== undefined && reaches(shape.module, type, keys);
}

/** Whether the shape itself demands what a path names, at the top or inside. */
export function demands(shape: Shape, path: string): boolean {
  const keys = parsePath(path).filter((step) => typeof step === "string");
  let properties: Properties = shape.inputs;
  for (const key of keys.slice(0, -1)) {
    let type = properties.get(key)?.type;
    while (type?.kind === "list") type = type.item;
    if (type?.kind !== "shape") return false;
    properties = shape.module.nested(type.name);
  }
  return properties.required.includes(keys.at(-1) ?? "");
}

function reaches(module: Module, type: Type, keys: readonly string[]): boolean {
  switch (type.kind) {
    case "list":
    case "map":
      return reaches(module, type.item, type.kind === "map" ? keys.slice(1) : keys);
    case "oneOf":
      return type.types.some((one) => reaches(module, one, keys));
    case "any":
      return true;
    case "shape": {
      const [key, ...rest] = keys;
      if (key === undefined) return true;
      const property = module.nested(type.name).get(key);
      return property !== undefined && reaches(module, property.type, rest);
    }
    default:
      return keys.length === 0;
  }
}
