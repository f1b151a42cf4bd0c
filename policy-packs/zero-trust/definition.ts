/** What the zero-trust pack holds: its rules with their levels, and what each stack decides. */
import { createRequire } from "node:module";
import type { PackDefinition } from "../kit/definition.ts";
import { recordText } from "../lift/network-record.ts";
import { rules } from "../rules/index.ts";
import { networkRecord } from "../rules/shared/network-proof.ts";
import { card } from "./card.ts";

const manifest = createRequire(import.meta.url)("./package.json") as { readonly version: string };

export const zeroTrust: PackDefinition = {
  ...card,
  version: manifest.version,
  rules: rules.map((rule) => ({ rule, level: "mandatory" as const })),
  environments: {
    prod: { unknown: "mandatory" },
  },
  otherwise: { unknown: "advisory" },
  network: (plan) => {
    const record = networkRecord(plan);
    return record === undefined ? undefined : recordText(record);
  },
};
