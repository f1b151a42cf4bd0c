/** Which rules answer other scanners' checks. */
import {
  checksOf,
  linesFor,
  type MappingLine,
  mappingOf,
  reasons,
  type Scanner,
  type ScannerPackage,
  scannerPackages,
  scanners,
} from "../../policy-packs/mappings/tables.ts";
import { page, ruleLink, table, text } from "./markdown.ts";

/** Every check with its line. */
type Answers = readonly (MappingLine & { readonly check: string })[];

/** Kinds of answers in the order of the page; the word before a reason's colon names the last three. */
const kinds = {
  whole: "our rules fail wherever it does",
  part: "our rules do, but for a part",
  "no-rule": "a rule could be written",
  "not-expressible": "no planned resource shows it",
  "not-zero-trust": "not zero trust",
} as const;

/** Counts, then each scanner's checks by rule and by reason. `domainOf` gives a rule's domain. */
export function scannersPage(domainOf: ReadonlyMap<string, string>): string {
  const answers = new Map(scanners.map((scanner) => [scanner, answersOf(scanner)]));
  const packages = scannerPackages();
  return page("Other scanners' checks", [
    "What each check of three other scanners is here. The tables are `policy-packs/mappings/*.tsv`, which a test holds " +
      "complete; each answer was found by reading the check itself.",
    countTable(packages, answers),
    "## Why there is no rule",
    reasonTable(answers),
    ...packages.flatMap(({ scanner, title, packageName, version }) =>
      scannerBlocks(
        `${title} ${version}`,
        packageName,
        answers.get(scanner as Scanner) ?? [],
        domainOf,
      ),
    ),
  ]);
}

function answersOf(scanner: Scanner): Answers {
  const mapping = mappingOf(scanner);
  return checksOf(scanner).flatMap(({ id }) =>
    linesFor(id, mapping).map((line) => ({ ...line, check: id })),
  );
}

function kindOf({ reason, leftOut }: MappingLine): string {
  if (reason !== undefined) return reason.split(":")[0] ?? "";
  return leftOut === undefined ? "whole" : "part";
}

function countTable(
  packages: readonly ScannerPackage[],
  answers: ReadonlyMap<string, Answers>,
): string {
  const lists = packages.map(({ scanner }) => answers.get(scanner) ?? []);
  const rows = Object.entries(kinds).map(([kind, says]) => [
    says,
    ...lists.map((list) => `${list.filter((answer) => kindOf(answer) === kind).length}`),
  ]);
  const heads = packages.map(({ title, version }) => `${title} ${version}`);
  return table(["checks", ...heads], [...rows, ["all", ...lists.map((list) => `${list.length}`)]]);
}

function reasonTable(answers: ReadonlyMap<string, Answers>): string {
  const all = [...answers.values()].flat();
  return table(
    ["reason", "says", "checks"],
    [...reasons()].map(([reason, says]) => [
      `\`${reason}\``,
      text(says),
      `${all.filter((answer) => answer.reason === reason).length}`,
    ]),
  );
}

function scannerBlocks(
  title: string,
  packageName: string,
  answers: Answers,
  domainOf: ReadonlyMap<string, string>,
): string[] {
  const answered = Map.groupBy(
    answers.filter(({ reason }) => reason === undefined),
    ({ ours }) => ours.join(" "),
  );
  const unanswered = Map.groupBy(
    answers.filter(({ reason }) => reason !== undefined),
    ({ reason = "" }) => reason,
  );
  const sorted = (groups: Map<string, Answers[number][]>) =>
    [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    `## ${title}`,
    `Package ${text(packageName)}. Behind a check stands what it asserts and the rules leave out.`,
    table(
      ["rules", "checks"],
      sorted(answered).map(([ours, list]) => [
        ours
          .split(" ")
          .map((id) => ruleLink(id, domainOf.get(id)))
          .join(" "),
        list.map(checkText).join(", "),
      ]),
    ),
    table(
      ["no rule", "checks"],
      sorted(unanswered).map(([reason, list]) => [`\`${reason}\``, list.map(checkText).join(", ")]),
    ),
  ];
}

function checkText({ check, leftOut }: Answers[number]): string {
  return leftOut === undefined ? text(check) : `${text(check)} (without ${text(leftOut)})`;
}
