/** What the engine does to a resource. */

import type { ValueObject } from "../../protocol/value.ts";

/** What is done. */
export type Operation = "create" | "update" | "delete";

/** A resource that the engine makes, changes or removes. */
export interface EngineDeed {
  readonly operation: Operation;
  readonly package: string;
  readonly token: string;
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly tenant: string;
  readonly inputs: ValueObject;
  readonly outputs: ValueObject;
  readonly at: Date;
}
