/** Results of a gate for tests: everything that a person names is one given text. */
import type { AgedFinding, Comparison } from "../../../automation/gate/compare.ts";
import { type GateResult, gateResult } from "../../../automation/gate/result.ts";
import type { ToldWitness } from "../../../automation/reach/witness-text.ts";
import type { Exemption } from "../../../model/policy/exemption.ts";

/** Markup of all the formats, and what breaks out of quotes. */
export const harmful =
  '"><script>alert(1)</script> `` ``` </details> | [x](javascript:y) @team #12 ]]> "]; click n0 %0A::error::\u0000\u001b[31m\r\n- [ ] done\u2028\ud800';

/** A result with findings of every age, an exempted one, a flow, a way and open questions. */
export function resultWith(text: string, more: Partial<Comparison> = {}): GateResult {
  const about = { base: text, head: text, changedFiles: [`policy-packs/${text}`] };
  return gateResult({ ...about, faults: [text], notes: [text] }, [
    { ...comparisonWith(text), ...more },
  ]);
}

function comparisonWith(text: string): Comparison {
  const urn = `urn:pulumi:dev::shop::aws:s3/bucket:Bucket::${text}`;
  const edit = { urn, path: text, kind: "changed", before: text, after: text } as const;
  const finding: Omit<AgedFinding, "age"> = {
    ...{ rule: "AN02", level: "mandatory", severity: "critical", urn },
    ...{ sentence: text, path: text, witness: text, fix: text },
  };
  const fate = { arrives: true, by: [text], origins: [] };
  const witness: ToldWitness = { packet: text, ends: [], before: fate, after: fate };
  return {
    stack: text,
    base: text,
    head: text,
    complete: false,
    errors: [text],
    rules: ["AN02", "AD03"],
    findings: [
      { ...finding, age: "new" },
      { ...finding, age: "unchanged", level: "advisory" },
      { ...finding, age: "fixed", rule: "AD03" },
      { ...finding, age: "new", exemption: exemptionWith(text) },
      { ...finding, age: "new", rule: "no such rule" },
    ],
    open: [{ rule: "AD03", level: "mandatory", urn, path: text, waitsFor: [urn] }],
    edits: [edit],
    flows: [
      {
        ...{
          kind: "added",
          from: text,
          to: "data",
          addresses: [],
          added: text,
          removed: "nothing",
        },
        ...{ reading: "may", settled: true, witness, violation: true, edits: [edit] },
      },
    ],
    ways: [{ to: text, hops: [{ from: "internet", to: text, packet: text, edits: [edit] }] }],
  };
}

function exemptionWith(text: string): Exemption {
  return {
    rule: "AN02",
    urn: text,
    reason: text,
    owner: text,
    ticket: text,
    expires: "2026-01-01",
  };
}
