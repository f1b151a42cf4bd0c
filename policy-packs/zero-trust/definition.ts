/** What the zero-trust pack holds: its rules with their levels, and what each stack decides. */
import { createRequire } from "node:module";
import type { PackDefinition } from "../kit/definition.ts";
import { rules } from "../rules/index.ts";
import { card } from "./card.ts";

const manifest = createRequire(import.meta.url)("./package.json") as { readonly version: string };

/** What is torn down at will cannot hold logs under a lock that nobody can take back. */
const shortLived = { GL03: "disabled" } as const;

export const zeroTrust: PackDefinition = {
  ...card,
  version: manifest.version,
  rules: rules.map((rule) => ({ rule, level: "mandatory" as const })),
  environments: {
    local: { unknown: "advisory", levels: shortLived },
    dev: { unknown: "advisory", levels: shortLived },
    prod: { unknown: "mandatory" },
  },
  otherwise: { unknown: "advisory" },
};
