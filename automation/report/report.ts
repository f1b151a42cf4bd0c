/** The report of an operation: one page that needs nothing but itself. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { ProblemError } from "../../model/base/problem.ts";
import { cannotWrite } from "../engine/folders.ts";
import { inventoryOf, isBookkeeping } from "../engine/inventory.ts";
import type { OperationResult } from "../engine/operation.ts";
import { countOutcomes, type Finding } from "../engine/verdicts.ts";
import type { OperationReach } from "../reach/operation.ts";
import { identitySection } from "./identity-picture.ts";
import { picturedIntent } from "./intent.ts";
import { Markup, markup } from "./markup.ts";
import { meshSection } from "./mesh-picture.ts";
import { networkSection } from "./network-picture.ts";
import { reachSection } from "./reach/section.ts";
import { changesSection, inventorySection } from "./resource-section.ts";
import { style } from "./style.ts";
import { findingsSection, openSection, rulesSection } from "./verdict-section.ts";

/** Everything a report shows. */
export interface ReportContent {
  readonly result: OperationResult;
  readonly findings: readonly Finding[];
  readonly errors: readonly string[];
  /** Who can reach whom as planned; absent where no network was judged. */
  readonly reach?: OperationReach | undefined;
  /** The environment's intent; absent for a stack that has none. */
  readonly intent: unknown;
  /** What each rule says, by its id; a rule of another pack is shown by its id alone. */
  readonly sentences: ReadonlyMap<string, string>;
  readonly now: Date;
}

/** The page. It loads nothing and runs no script; its policy allows the one style it holds. */
export function renderReport(content: ReportContent): string {
  const { result, findings, errors } = content;
  const title = `${result.stack.name}: ${result.operation} ${statusWords[result.status]}`;
  const verdicts = result.verdicts?.verdicts ?? [];
  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleDigest()}'">
<meta name="referrer" content="no-referrer"><title>${title}</title><style>${new Markup(style)}</style></head>
<body><main>${head(content)}${tiles(content)}${errorsSection(errors)}${findingsSection(findings)}${pictures(content)}${rulesSection(result.verdicts?.rules ?? [], verdicts, content.sentences)}${openSection(verdicts.flatMap((verdict) => verdict.open))}${changesSection(changesTitle(result), result.progress.changes)}${inventorySection(inventoryTitle(result), result.progress.resources.values())}${foot(content)}</main></body></html>
`;
  return page.text;
}

/** Stores a page; a {@link ProblemError} where it cannot be written. */
export function writeReportFile(file: string, page: string): void {
  try {
    writeFileSync(file, page, { mode: 0o600 });
  } catch (error) {
    throw new ProblemError([cannotWrite(file, error)]);
  }
}

function styleDigest(): string {
  return createHash("sha256").update(style).digest("base64");
}

const statusWords = {
  done: "done",
  refused: "refused by the policy pack",
  failed: "failed",
  interrupted: "stopped",
} as const;

function head({ result, now }: ReportContent): Markup {
  const looks = result.status === "done" ? "good" : "bad";
  const seconds = (result.elapsedMs / 1000).toFixed(1);
  const when = now.toISOString().replace("T", " ").replace(/\..*/, " UTC");
  return markup`<header class="top"><p class="brand">Bulkhead</p><h1>${result.stack.name}<span class="status ${looks}">${result.operation} ${statusWords[result.status]}</span></h1><p class="meta">project ${result.stack.project} · ${when} · ${seconds} s</p></header>`;
}

function tiles(content: ReportContent): Markup {
  const { result, findings } = content;
  const packages = inventoryOf(result.progress.resources.values());
  const resources = packages.reduce((sum, one) => sum + one.resources.length, 0);
  const changes = result.progress.changes.filter((one) => !isBookkeeping(one.type)).length;
  const counts = countOutcomes(result.verdicts?.verdicts ?? []);
  const rules = result.verdicts?.rules.length ?? 0;
  const open = findings.filter((finding) => finding.exemption === undefined).length;
  return markup`<div class="tiles">${[
    tile(resources, "resources", `in ${packages.length} packages`, ""),
    tile(changes, "changes", changes === 0 ? "nothing differs" : "see below", ""),
    ...(result.verdicts === undefined
      ? []
      : [
          tile(rules, "rules", `${counts.pass} passes`, ""),
          tile(
            open,
            "findings",
            open === 0 ? "nothing breaks a rule" : "see below",
            open === 0 ? "good" : "bad",
          ),
          tile(
            counts.unknown,
            "unknown",
            counts.unknown === 0 ? "everything decided" : "see below",
            "",
          ),
        ]),
  ]}</div>`;
}

function tile(count: number, name: string, note: string, look: string): Markup {
  return markup`<div class="tile ${look}"><b>${count}</b><span>${name}</span><small>${note}</small></div>`;
}

function errorsSection(errors: readonly string[]): Markup {
  if (errors.length === 0) return markup``;
  return markup`<section id="errors"><h2>What went wrong</h2>${errors.map((error) => markup`<pre class="finding bad">${error}</pre>`)}</section>`;
}

/** What was proved of the network, then what was declared. */
function pictures({ reach, intent, now }: ReportContent): Markup {
  const { network, mesh, identity } = picturedIntent(intent);
  return markup`${[
    reachSection(reach, network, now.toISOString().slice(0, 10)),
    ...(network === undefined ? [] : [networkSection(network)]),
    ...(mesh === undefined ? [] : [meshSection(mesh)]),
    ...(identity === undefined ? [] : [identitySection(identity)]),
  ]}`;
}

function changesTitle(result: OperationResult): string {
  if (result.operation === "refresh") return "Changed outside of this program";
  return isPlan(result) ? "What would change" : "What changed";
}

function inventoryTitle(result: OperationResult): string {
  return isPlan(result) ? "What would exist" : "What exists now";
}

function isPlan(result: OperationResult): boolean {
  return result.operation === "preview" || result.status === "refused";
}

function foot({ result }: ReportContent): Markup {
  return markup`<footer><p>Run folder <code>${result.folder.path}</code>: the engine's events, the packs' verdicts, both logs.</p></footer>`;
}
