/** An operation that is ready to be carried out, and what a person asked for. */
import type { CloudsInUse } from "../../clouds/use-clouds.ts";
import type { Operation } from "../../engine/arguments.ts";
import type { EngineCall } from "../../engine/short-call.ts";
import type { StackPlace } from "../../engine/stack-place.ts";
import type { Reviewed } from "../../policy/reviewed.ts";
import type { Context } from "../context.ts";
import type { View } from "../view/view.ts";

/** What a person asked for. */
export interface OperateOptions {
  readonly operation: Operation;
  readonly stack: string;
  readonly json: boolean;
  /** Fail where there is any change. */
  readonly expectNoChanges: boolean;
}

/** An operation that is ready to be carried out. */
export interface Prepared {
  readonly context: Context;
  readonly view: View;
  readonly options: OperateOptions;
  readonly stack: StackPlace;
  readonly call: EngineCall;
  /** What the checkout's reviewed files say about rules. */
  readonly reviewed: Reviewed;
  readonly intent: unknown;
  readonly clouds: CloudsInUse | undefined;
}
