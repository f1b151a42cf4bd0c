/** Reads what a person sets of rules: `{"X14": {"regions": ["eu-central-1"]}}`. */
import type { Problem } from "../../model/base/problem.ts";
import { nearest } from "../../model/base/problem.ts";
import type { Parameter, ParameterValues } from "../../model/policy/parameter.ts";
import type { Json } from "../../model/policy/view.ts";

/** A rule as far as parameters go. */
interface Settable {
  readonly id: string;
  readonly parameters?: Readonly<Record<string, Parameter>>;
}

/** By rule the values that were set; everything wrong is added to the problems. */
export function readParameters(
  value: unknown,
  rules: readonly Settable[],
  problems: Problem[],
): Record<string, ParameterValues> {
  const settable = new Map(
    rules
      .filter(({ parameters = {} }) => Object.keys(parameters).length > 0)
      .map(({ id, parameters = {} }) => [id, parameters]),
  );
  return Object.fromEntries(
    Object.entries((value ?? {}) as Record<string, unknown>).flatMap(([id, values]) => {
      const parameters = settable.get(id);
      if (parameters === undefined) {
        problems.push(unknown(`parameters.${id}`, id, [...settable.keys()], "a rule"));
        return [];
      }
      return [[id, valuesOf(id, values, parameters, problems)]];
    }),
  );
}

function valuesOf(
  id: string,
  values: unknown,
  parameters: Readonly<Record<string, Parameter>>,
  problems: Problem[],
): ParameterValues {
  const place = `parameters.${id}`;
  const names = Object.keys(parameters);
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    problems.push(wrong(place, values, `an object with ${names.join(", ")}`));
    return {};
  }
  for (const [name, value] of Object.entries(values)) {
    const parameter = parameters[name];
    const at = `${place}.${name}`;
    if (parameter === undefined) problems.push(unknown(at, name, names, `a parameter of ${id}`));
    else if (!parameter.accepts(value)) problems.push(wrong(at, value, parameter.allowed));
  }
  return values as Record<string, Json>;
}

function unknown(place: string, got: string, known: readonly string[], what: string): Problem {
  return {
    code: "input-unknown",
    place,
    got: JSON.stringify(got),
    allowed:
      known.length === 0 ? `${what}: none has any` : `${what} that can be set: ${known.join(", ")}`,
    next: `Did you mean ${nearest(got, known) ?? known[0] ?? "another pack"}?`,
  };
}

function wrong(place: string, got: unknown, allowed: string): Problem {
  return {
    code: "input-type",
    place,
    got: JSON.stringify(got) ?? "nothing",
    allowed,
    next: "Write a value as allowed, or leave the parameter out.",
  };
}
