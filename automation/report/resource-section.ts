/** What exists, and what changed. */
import { inventoryOf, isBookkeeping, type PackageInventory } from "../engine/inventory.ts";
import type { SeenResource } from "../engine/progress.ts";
import { type Markup, markup } from "./markup.ts";

/** Ids longer than this are cut in the middle; the state holds them in full. */
const idLettersMax = 80;

/** Resources of each package, folded, with a bar that compares their numbers. */
export function inventorySection(title: string, resources: Iterable<SeenResource>): Markup {
  const packages = inventoryOf(resources);
  if (packages.length === 0) return markup``;
  const most = Math.max(...packages.map((one) => one.resources.length));
  return markup`<section id="resources"><h2>${title}</h2>${packages.map((one) => packageDetails(one, most))}</section>`;
}

function packageDetails(one: PackageInventory, most: number): Markup {
  const rows = one.resources.map(
    (resource) =>
      markup`<tr><td>${kindOf(resource.type)}</td><td>${resource.name}</td><td class="urn">${shortId(resource.id)}</td></tr>`,
  );
  const count = one.resources.length;
  return markup`<details class="package"><summary><span class="name">${one.title}</span><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="${one.name}" width="${Math.round((count / most) * 100)}" height="8" rx="2"/></svg><b>${count}</b></summary><table><thead><tr><th>Kind</th><th>Name</th><th>Id</th></tr></thead><tbody>${rows}</tbody></table></details>`;
}

function kindOf(type: string): string {
  const [, module = "", name = ""] = type.split(":");
  return `${module.split("/")[0] ?? module} ${name}`;
}

function shortId(id: string): string {
  if (id.length <= idLettersMax) return id;
  return `${id.slice(0, idLettersMax / 2)}…${id.slice(1 - idLettersMax / 2)}`;
}

/** Every change with the properties that differ. */
export function changesSection(title: string, changes: readonly SeenResource[]): Markup {
  const shown = changes.filter((one) => !isBookkeeping(one.type));
  if (shown.length === 0) return markup``;
  const rows = shown.map(
    (one) =>
      markup`<tr><td><span class="op ${one.op.split("-")[0] ?? ""}">${one.op}</span></td><td>${one.type}</td><td>${one.name}</td><td><code>${one.changes.join(", ")}</code></td></tr>`,
  );
  return markup`<section id="changes"><h2>${title}</h2><details><summary>${shown.length} ${shown.length === 1 ? "change" : "changes"}</summary><table><thead><tr><th>What</th><th>Type</th><th>Name</th><th>Properties</th></tr></thead><tbody>${rows}</tbody></table></details></section>`;
}
