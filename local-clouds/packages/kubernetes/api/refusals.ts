/** The API server's refusals: its reasons and sentences (kubernetes/apimachinery, `pkg/api/errors`). */

import type { ServiceError } from "../../../types/type.ts";

/** What a refusal speaks of. */
export interface Subject {
  /** `""` for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
}

/** 422: the object is of the right form, and its values are wrong. */
export function invalid(subject: Subject, faults: readonly string[]): ServiceError {
  const { group, kind, name } = subject;
  const qualified = group === "" ? kind : `${kind}.${group}`;
  const list = faults.length === 1 ? faults[0] : `[${faults.join(", ")}]`;
  return { code: "Invalid", says: `${qualified} "${name}" is invalid: ${list}` };
}

/** 400: the object cannot be read as its kind. */
export function unreadable({ version, kind }: Subject, why: string): ServiceError {
  return {
    code: "BadRequest",
    says: `${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`,
  };
}

/** 403: something in the cluster forbids it. `resource` is the qualified plural. */
export function forbidden(resource: string, name: string, why: string): ServiceError {
  return { code: "Forbidden", says: `${resource} "${name}" is forbidden: ${why}` };
}

/** 409: other managers own what an apply would change. */
export function conflict(count: number, list: string): ServiceError {
  const conflicts = count === 1 ? "1 conflict" : `${count} conflicts`;
  return { code: "Conflict", says: `Apply failed with ${conflicts}: ${list}` };
}
