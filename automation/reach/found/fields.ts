/** Values of resources in a state, as far as they are what is looked for. */
import type { RawResource } from "../../../policy-packs/kit/plan.ts";

export type Fields = Readonly<Record<string, unknown>>;

export function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

export function entries(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A rule of a group, as a resource beside it. */
export function foundRule(
  group: RawResource,
  type: string,
  number: number,
  inputs: Fields,
): RawResource {
  const name = `${group.name} rule ${number} made by hand`;
  const [stack = "", project = ""] = group.urn.split("::");
  const urn = `${stack}::${project}::${type}::${name}`;
  const provider = group.provider === undefined ? {} : { provider: group.provider };
  return { urn, type, name, inputs, ...provider };
}
