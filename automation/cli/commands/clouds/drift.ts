/** `clouds drift`: what somebody changes by hand. */
import { ask } from "../../../clouds/control.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { withClouds } from "./with-clouds.ts";

/** A change that nobody told the engine about. */
export interface DriftRequest {
  /** Id, URN, or the end of a URN. */
  readonly resource: string;
  readonly path: string | undefined;
  /** JSON, or plain text; absent to remove the property. */
  readonly value: string | undefined;
  /** Remove the resource itself. */
  readonly vanish: boolean;
}

/** Changes or removes a resource behind the engine's back. */
export async function driftCommand(context: Context, request: DriftRequest): Promise<ExitCode> {
  const { resource, path, value, vanish } = request;
  if (!vanish && path === undefined) {
    context.output.note("Name a property path, or --vanish to remove the resource.");
    return exitCodes.wrongUse;
  }
  const changed = await withClouds(context, (descriptor) =>
    vanish
      ? ask(descriptor, "POST", "/vanish", { id: resource })
      : ask(descriptor, "POST", "/drift", {
          id: resource,
          path,
          ...(value === undefined ? {} : { value: parseValue(value) }),
        }),
  );
  const what = vanish ? "vanished" : `${path} changed`;
  context.output.note(`${String(changed["token"])} ${String(changed["id"])}: ${what}.`);
  context.output.note("./bulkhead refresh local shows it.");
  return exitCodes.done;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
