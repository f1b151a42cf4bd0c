/**
 * What killed clouds made without anybody hearing of it.
 *
 * The clouds answer a creation after it is durable. Killed in between, they leave an object that no
 * state holds: the engine takes the lost answer for a failure and creates the resource again, which
 * a service refuses where only one can be. In real clouds a person has to find and remove it.
 */
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { ask, type WorldResource, worldState } from "./control.ts";
import type { Descriptor } from "./descriptor.ts";
import { heldInBackend } from "./held.ts";
import { unmanaged } from "./unmanaged.ts";

/** Removes what the stacks of a backend were never told of; objects of anybody else stay. */
export async function removeUnheard(
  descriptor: Descriptor,
  backend: string,
  say: (text: string) => void,
): Promise<void> {
  const stacks = new Set(stacksIn(backend));
  if (stacks.size === 0) return;
  const world = await worldState(descriptor);
  const unheard = unmanaged(world, heldInBackend(backend)).filter(({ urn }) =>
    stacks.has(stackOf(urn)),
  );
  // The newest first: it may stand on older ones.
  for (const { row } of unheard.reverse()) await removeRow(descriptor, row);
  if (unheard.length > 0) say(`${told(unheard)}: made by clouds that were killed, removed again.`);
}

/** `STACK::PROJECT` of every stack of a file backend, as URNs begin. */
function stacksIn(backend: string): string[] {
  const folder = join(backend, ".pulumi", "stacks");
  if (!existsSync(folder)) return [];
  return globSync("*/*.{json,json.gz}", { cwd: folder }).map((file) => {
    const [project = "", name = ""] = file.split(/[/\\]/);
    return `${name.replace(/\.json(\.gz)?$/, "")}::${project}`;
  });
}

/** `urn:pulumi:STACK::PROJECT::…` → `STACK::PROJECT`. */
function stackOf(urn: string): string {
  const [stack = "", project = ""] = urn.replace(/^urn:pulumi:/, "").split("::");
  return `${stack}::${project}`;
}

async function removeRow(descriptor: Descriptor, row: number): Promise<void> {
  await ask(descriptor, "POST", "/drift/delete", { id: `row:${row}` });
}

function told(objects: readonly WorldResource[]): string {
  const names = objects.map(({ urn }) => urn.slice(urn.lastIndexOf(":") + 1));
  return objects.length === 1 ? `Resource ${names[0]}` : `Resources ${names.reverse().join(", ")}`;
}
