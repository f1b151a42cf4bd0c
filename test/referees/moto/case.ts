/** One question put to both imitations of AWS, the local clouds and moto. */
import type { ValueObject } from "../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../local-clouds/kit/lab.ts";
import type { Answers, Step } from "./moto.ts";

/** What is compared, by name: values with made-up parts written as their form. */
export type Facts = Readonly<Record<string, unknown>>;

/** A case: both sides answer in the same words. */
export interface Case {
  /** In the local clouds. */
  readonly ours: (lab: Lab) => Facts;
  /** Calls for moto. */
  readonly steps: readonly Step[];
  /** The facts in moto's answers. */
  readonly theirs: (answers: Answers) => Facts;
  /**
   * Facts in which the two differ, and why ours is right, citing AWS's document. A fact listed
   * here must differ: a difference that is gone is to be removed.
   */
  readonly differs?: Readonly<Record<string, string>>;
}

/** A call for moto. */
export function call(
  as: string,
  service: string,
  method: string,
  parameters: Readonly<Record<string, unknown>> = {},
): Step {
  return { as, service, call: method, with: parameters };
}

/** A part of an earlier answer, as a parameter. */
export function from(path: string): { readonly $: string } {
  return { $: path };
}

/** A part of an answer: `at(answers, "vpc.Vpc.VpcId")`. */
export function at(answers: unknown, path: string): unknown {
  let value: unknown = answers;
  for (const step of path.split(".")) {
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[step];
  }
  return value;
}

/** The code of moto's refusal of a step. */
export function refusalOf(answers: Answers, as: string): Facts {
  return { refused: answers[as]?.["refused"] };
}

/** The code of our refusal. */
export function refusal(lab: Lab, work: () => unknown): Facts {
  const said = lab.refusal(work);
  return { refused: /api error (\S+):/.exec(said)?.[1] ?? said };
}

/**
 * A text with what a service makes up written as its form: `vpc-0a1b…` (17 hex characters) becomes
 * `vpc-<17 hex>`, an account number `<account>`, a unique id of IAM `AROA<17>`.
 */
export function form(value: unknown): unknown {
  if (typeof value !== "string") return value;
  return value
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "<uuid>")
    .replaceAll(/\b([a-z]+(?:-[a-z]+)*)-([0-9a-f]{17}|[0-9a-f]{8})\b/g, (_, kind, hex: string) => {
      return `${String(kind)}-<${hex.length} hex>`;
    })
    .replaceAll(
      /\b(AROA|AIDA|ANPA|AIPA|AGPA|AKIA)([A-Z0-9]+)\b/g,
      (_, kind: string, rest: string) => `${kind}<${rest.length}>`,
    )
    .replaceAll(/\b\d{12}\b/g, "<account>");
}

/** Some outputs of ours, by their names, as forms. */
export function some(outputs: ValueObject, names: readonly string[]): Facts {
  return Object.fromEntries(names.map((name) => [name, form(outputs[name])]));
}
