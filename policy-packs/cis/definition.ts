/** What the cis pack holds: rules of which somebody read that they check a control of a CIS benchmark. */
import { createRequire } from "node:module";
import type { PackDefinition } from "../kit/definition.ts";
import { packOf } from "../rules/pack-of.ts";
import { card } from "./card.ts";

const manifest = createRequire(import.meta.url)("./package.json") as { readonly version: string };

export const cis: PackDefinition = packOf(card, manifest.version, ({ frameworks = [] }) =>
  frameworks.some(({ framework }) => framework.startsWith("cis-")),
);
