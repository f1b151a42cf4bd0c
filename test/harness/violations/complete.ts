/** Adds to a rule's example what its service demands, which no rule asks about. */
import { parsePath } from "../../../local-clouds/protocol/path.ts";
import type { Json, JsonObject } from "../../../local-clouds/protocol/value.ts";
import { shapeOf } from "../../../local-clouds/shapes/load.ts";
import { inputAt, type Module, type Shape } from "../../../local-clouds/shapes/shape.ts";
import type { Type } from "../../../local-clouds/shapes/spelling.ts";
import type { Lab } from "../../local-clouds/kit/lab.ts";

/** Nested objects may lack something too, which Check tells once they are there. */
const roundsMax = 10;

type Step = string | number;

/** The inputs with everything missing added; undefined where Check finds another fault with them. */
export function completed(
  lab: Lab,
  token: string,
  name: string,
  given: JsonObject,
): JsonObject | undefined {
  const shape = shapeOf(token);
  let inputs = given;
  for (let round = 0; round < roundsMax; round++) {
    const faults = lab.checkFailures(token, name, inputs);
    if (faults.length === 0) return inputs;
    for (const { property, reason } of faults) {
      if (property === "") return undefined;
      const steps = parsePath(property).filter((step): step is Step => typeof step !== "symbol");
      const value = /missing required/i.test(reason) ? leastAt(shape, steps) : undefined;
      if (value === undefined) return undefined;
      inputs = put(inputs, steps, value) as JsonObject;
    }
  }
  return undefined;
}

function leastAt(shape: Shape | undefined, steps: readonly Step[]): Json | undefined {
  const type = shape === undefined ? undefined : inputAt(shape, steps);
  if (shape === undefined || type === undefined) return undefined;
  return least(type, shape.module, String(steps.findLast((step) => typeof step === "string")));
}

/** The least value of a type. */
function least(type: Type, module: Module, name: string): Json {
  switch (type.kind) {
    case "list":
      return [least(type.item, module, name)];
    case "map":
    case "shape":
    case "any":
      return {};
    case "oneOf":
      return type.types[0] === undefined ? {} : least(type.types[0], module, name);
    case "open":
    case "closed":
      return module.values(type.name)[0] ?? "x";
    case "text":
      return type.text;
    case "number":
      return 1;
    case "boolean":
      return true;
    default:
      return name.toLowerCase();
  }
}

function put(value: Json | undefined, [step, ...rest]: readonly Step[], end: Json): Json {
  if (step === undefined) return end;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === step ? put(item, rest, end) : item));
  }
  const object = (value ?? {}) as JsonObject;
  return { ...object, [step]: put(object[step], rest, end) };
}
