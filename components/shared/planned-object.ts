/** The form in which lowering writes Kubernetes objects. */
import type { Labels } from "../../model/mesh/policy.ts";

/** A Kubernetes object as it is planned: everything but its status. */
export interface PlannedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly automountServiceAccountToken?: boolean;
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** The annotation that carries the reason of a call or flow on every object made from it. */
const reasonAnnotation = "bulkhead/because";

/** Annotations of an object made for a reason. */
export function because(reason: string): { readonly annotations: Labels } {
  return { annotations: { [reasonAnnotation]: reason } };
}
