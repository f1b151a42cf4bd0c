/** Whether property paths lead anywhere in the shape of a type. */

import { parsePath } from "../../../local-clouds/protocol/path.ts";
import { type Module, outputOf, type Shape } from "../../../local-clouds/shapes/shape.ts";
import type { Type } from "../../../local-clouds/shapes/spelling.ts";

/** Whether a path such as `ingress[*].cidrBlocks[*]` leads to an input or an output. */
export function leads(shape: Shape, path: string, side: "inputs" | "outputs"): boolean {
  const [top = "", ...keys] = parsePath(path).filter((step) => typeof step === "string");
  // Every resource has an id; what begins with `__` are the provider's notes.
  if (side === "outputs" && (top === "id" || top.startsWith("__"))) return true;
  const type = side === "inputs" ? shape.inputs.get(top)?.type : outputOf(shape, top);
  return type !== undefined && reaches(shape.module, type, keys);
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
