/** `doctor`: what is used and why, what is missing and how to get it. */
import type { Context } from "../context.ts";
import type { Item } from "../doctor/item.ts";
import { machineItems } from "../doctor/machine.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { paint } from "../output.ts";

/** Tells how everything stands; ends with 3 where something that is needed is missing. */
export async function doctor(
  context: Context,
  options: { readonly stack?: string; readonly json: boolean },
): Promise<ExitCode> {
  const machine = await machineItems(context);
  const items =
    options.stack === undefined
      ? machine
      : [...machine, ...(await ofStack(context, options.stack))];
  const { output } = context;
  output.result(
    options.json
      ? JSON.stringify(items, null, 2)
      : items.map((item) => itemText(item, output.colour)).join("\n"),
  );
  const isBroken = items.some((item) => item.state === "missing");
  return isBroken ? exitCodes.environmentBroken : exitCodes.done;
}

async function ofStack(context: Context, stack: string): Promise<Item[]> {
  const { stackItems } = await import("../doctor/stack.ts");
  return stackItems(context, stack);
}

const marks = { ok: "✓", missing: "✗", note: "·" } as const;
const styles = { ok: "green", missing: "red", note: "dim" } as const;

function itemText(item: Item, colour: boolean): string {
  const mark = paint(colour, styles[item.state], marks[item.state]);
  return [`${mark} ${item.name}: ${item.what}`, ...item.ways.map((way) => `    → ${way}`)].join(
    "\n",
  );
}
