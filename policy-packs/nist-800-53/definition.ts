/** What the nist-800-53 pack holds: every rule that names a control. */
import { createRequire } from "node:module";
import type { PackDefinition } from "../kit/definition.ts";
import { packOf } from "../rules/pack-of.ts";
import { card } from "./card.ts";

const manifest = createRequire(import.meta.url)("./package.json") as { readonly version: string };

export const nist80053: PackDefinition = packOf(
  card,
  manifest.version,
  ({ controls }) => controls.length > 0,
);
