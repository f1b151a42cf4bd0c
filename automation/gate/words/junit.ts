/** The gate as JUnit XML, as CI servers read it: a suite for each stack, a case for each rule. */
import { shortUrn } from "../../../model/policy/finding.ts";
import type { AgedFinding, Comparison } from "../compare.ts";
import { isBlocking } from "../decide.ts";
import type { GateResult, StackResult } from "../result.ts";
import { xml } from "./safe.ts";

/** The document. */
export function junitOf({ stacks, faults }: GateResult): string {
  const suites = [...faultSuite(faults), ...stacks.map(suite)].join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="bulkhead gate">\n${suites}\n</testsuites>\n`;
}

function faultSuite(faults: readonly string[]): string[] {
  if (faults.length === 0) return [];
  const inner = testcase("gate", "inputs", element("error", faults));
  return [`<testsuite name="gate" tests="1" failures="0" errors="1">\n${inner}\n</testsuite>`];
}

function suite({ comparison, verdict }: StackResult): string {
  const { stack, rules, findings, open, errors } = comparison;
  const cases = rules.map((rule) => {
    const blocking = findings.filter((one) => one.rule === rule && isBlocking(one));
    const unknown = open.filter((one) => one.rule === rule && one.level === "mandatory");
    return { rule, blocking, unknown };
  });
  const failures = cases.filter(({ blocking }) => blocking.length > 0).length;
  const skipped = cases.filter(
    ({ blocking, unknown }) => blocking.length === 0 && unknown.length > 0,
  );
  const broken = verdict.decision === "undecided" ? 1 : 0;
  const attributes = `tests="${cases.length + broken}" failures="${failures}" errors="${broken + skipped.length}"`;
  const lines = [
    ...(broken === 0 ? [] : [testcase(stack, "preview", element("error", errors))]),
    ...cases.map(({ rule, blocking, unknown }) => testcase(stack, rule, body(blocking, unknown))),
  ];
  return `<testsuite name="${xml(stack)}" ${attributes}>\n${lines.join("\n")}\n</testsuite>`;
}

/** What cannot be decided and blocks is an error: it is neither a pass nor a failure. */
function body(blocking: readonly AgedFinding[], unknown: Comparison["open"]): string {
  if (blocking.length > 0) return element("failure", blocking.map(findingText));
  if (unknown.length === 0) return "";
  return element(
    "error",
    unknown.map(({ urn, path }) => `${shortUrn(urn)} ${path} is not known yet`),
  );
}

function findingText({ urn, path, sentence, witness, fix }: AgedFinding): string {
  return `${sentence} ${shortUrn(urn)} ${path}: ${witness}. ${fix}`;
}

function testcase(stack: string, name: string, inner: string): string {
  const head = `<testcase classname="${xml(stack)}" name="${xml(name)}"`;
  return inner === "" ? `${head}/>` : `${head}>${inner}</testcase>`;
}

function element(name: "failure" | "error", lines: readonly string[]): string {
  return `<${name} message="${xml(lines[0] ?? "")}">${xml(lines.join("\n"))}</${name}>`;
}
