/** NOTICE: whose data the shapes are derived from. */

import type { Sdk } from "./sdk.ts";

const opening = "The files local-clouds/shapes/PACKAGE/*.json ";

/** NOTICE with the paragraph about the shapes as it must be; other paragraphs stay. */
export function noticeText(present: string | undefined, sdks: readonly Sdk[]): string {
  const paragraphs = (present ?? "Bulkhead").trimEnd().split("\n\n");
  const own = paragraphs.findIndex((paragraph) => paragraph.startsWith(opening));
  paragraphs.splice(own < 0 ? paragraphs.length : own, own < 0 ? 0 : 1, paragraphOf(sdks));
  return `${paragraphs.join("\n\n")}\n`;
}

function paragraphOf(sdks: readonly Sdk[]): string {
  const rows = sdks.map(
    ({ name, version, licence }) => `  @pulumi/${name} ${version}, ${licence}, from npm`,
  );
  return [
    `${opening}state which properties resource types have. They`,
    "are derived by tools/shapes/generate.ts from the type declarations of these packages, whose",
    "authors are Pulumi Corporation and contributors:",
    ...rows,
  ].join("\n");
}
