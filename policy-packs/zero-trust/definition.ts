/** What the zero-trust pack holds: every rule there is. */
import { createRequire } from "node:module";
import type { PackDefinition } from "../kit/definition.ts";
import { recordText } from "../lift/network-record.ts";
import { packOf } from "../rules/pack-of.ts";
import { networkRecord } from "../rules/shared/network-proof.ts";
import { card } from "./card.ts";

const manifest = createRequire(import.meta.url)("./package.json") as { readonly version: string };

export const zeroTrust: PackDefinition = {
  ...packOf(card, manifest.version, () => true),
  network: (plan) => {
    const record = networkRecord(plan);
    return record === undefined ? undefined : recordText(record);
  },
};
