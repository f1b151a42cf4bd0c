/** Small programs as plain resources, planned as at an update and as at a first preview. */
import * as proxy from "@pulumi/policy/proxy.js";
import type { Plan } from "../../../../model/policy/view.ts";
import type { RawResource } from "../../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";

/** One resource of a program. */
export interface Written {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the provider adds once the resource is there. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** An output of another resource. */
export class Reference {
  readonly name: string;
  readonly output: string;

  constructor(name: string, output: string) {
    this.name = name;
    this.output = output;
  }
}

/** An output of the resource of that name. */
export function ref(name: string, output = "id"): Reference {
  return new Reference(name, output);
}

/** A value that nobody knows before the update. */
export const later = Symbol("later");

/** `update`: every id is known. `preview`: none is, but the engine recorded the dependencies. */
export type Phase = "update" | "preview";

const { unknownStringValue } = proxy as unknown as { unknownStringValue: string };

/** The program's resources as the engine would hand them over. */
export function rawOf(program: readonly Written[], phase: Phase): RawResource[] {
  const used = program.flatMap(({ inputs }) => references(inputs));
  return program.map(({ type, name, inputs, outputs }) => ({
    urn: urnOf(program, name),
    type,
    name,
    inputs: settled(inputs, phase),
    ...(phase === "preview"
      ? {}
      : {
          outputs: {
            id: idOf(name, "id"),
            ...Object.fromEntries(
              used
                .filter((reference) => reference.name === name)
                .map(({ output }) => [output, idOf(name, output)]),
            ),
            ...outputs,
          },
        }),
    propertyDependencies: Object.fromEntries(
      Object.entries(inputs).map(([key, value]) => [
        key,
        [...new Set(references(value).map((reference) => urnOf(program, reference.name)))],
      ]),
    ),
  }));
}

/** A plan of the program. */
export function planOf(program: readonly Written[], phase: Phase): Plan {
  return makePlan(rawOf(program, phase));
}

function urnOf(program: readonly Written[], name: string): string {
  const found = program.find((resource) => resource.name === name);
  if (found === undefined) throw new Error(`the program has no resource ${name}`);
  return `urn:pulumi:dev::test::${found.type}::${name}`;
}

function idOf(name: string, output: string): string {
  return output === "id" ? `${name}-id` : `${name}-${output}`;
}

function settled(value: unknown, phase: Phase): unknown {
  if (value === later) return unknownStringValue;
  if (value instanceof Reference) {
    return phase === "update" ? idOf(value.name, value.output) : unknownStringValue;
  }
  if (Array.isArray(value)) return value.map((item) => settled(item, phase));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, settled(item, phase)]),
  );
}

function references(value: unknown): Reference[] {
  if (value instanceof Reference) return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(references);
}
