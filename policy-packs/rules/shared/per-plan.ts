/** Indexes over a whole plan, made once for all subjects that ask. */
import type { Plan } from "../../../model/policy/view.ts";

/** The same function, which works out its answer once for a plan. */
export function perPlan<T>(read: (plan: Plan) => T): (plan: Plan) => T {
  const known = new WeakMap<Plan, { readonly value: T }>();
  return (plan) => {
    const before = known.get(plan) ?? { value: read(plan) };
    known.set(plan, before);
    return before.value;
  };
}

/** Adds to the list under a key. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
