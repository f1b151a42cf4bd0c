/** Examples of a resource that is judged alone. */
import type { ExampleResource } from "../../../model/policy/rule.ts";

export type Props = ExampleResource["props"];

/** One resource, and nothing else in the plan. */
export function alone(type: string, props: Props): readonly [ExampleResource] {
  return [{ type, name: "app", props }];
}
