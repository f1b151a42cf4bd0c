/** One run of a pack: what it has seen of the stack, and what it says about it. */

import type { Exemption } from "../../model/policy/exemption.ts";
import { applyExemptions, exemptionType } from "../../model/policy/exemption.ts";
import type { Finding } from "../../model/policy/finding.ts";
import { cleanText, formatFinding, shortUrn } from "../../model/policy/finding.ts";
import type { ParameterValues } from "../../model/policy/parameter.ts";
import type { Edit } from "../../model/policy/remedy.ts";
import type { Rule, Severity } from "../../model/policy/rule.ts";
import type { OpenQuestion, Verdict } from "../../model/policy/verdict.ts";
import type { Plan, PlannedResource } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import type { PackDefinition, PackDoor } from "./definition.ts";
import { judgeSubject } from "./judge.ts";
import type { RawResource } from "./plan.ts";
import { makePlan, plannedResource } from "./plan.ts";
import { edited, opened } from "./remedy.ts";
import type { Level, Settings } from "./settings.ts";
import { settle } from "./settings.ts";
import { verdictDetails } from "./verdict-log.ts";

/** What the engine is told about one violation. */
export interface Violation {
  readonly name: string;
  readonly description: string;
  readonly message: string;
  readonly urn: string;
  readonly enforcementLevel: Exclude<Level, "disabled">;
  readonly severity: Severity;
}

/** Tells the engine. */
export type Report = (violation: Violation) => void;

const noPlan: Plan = makePlan([]);

/** Judges resources as the engine plans them, then the whole plan. */
export class Session {
  readonly #definition: PackDefinition;
  readonly #door: PackDoor;
  readonly #rules: Readonly<Record<Rule["needs"], ReadonlyMap<string, readonly Rule[]>>>;
  /** Inputs as planned: the engine's stack analysis would give outputs only. */
  readonly #seen = new Map<string, RawResource>();
  /** Rules left open at a resource; by the end the engine has said what the values wait for. */
  readonly #open: { readonly rule: Rule; readonly urn: string }[] = [];
  #settings: Settings | undefined;

  constructor(definition: PackDefinition, door: PackDoor) {
    this.#definition = definition;
    this.#door = door;
    this.#rules = {
      resource: rulesByType(definition, "resource"),
      plan: rulesByType(definition, "plan"),
    };
  }

  /**
   * The inputs as the rules that are set to do so mend them, each on what the one before left;
   * undefined where nothing is to be mended.
   */
  mend(raw: RawResource, config: Record<string, unknown>): unknown {
    const settings = this.#begin(raw.urn, config);
    let inputs: unknown;
    for (const rule of this.#mending(plannedResource(raw).type, settings)) {
      const now = inputs ?? raw.inputs;
      const resource = plannedResource({ ...raw, inputs: opened(now) });
      const edits = editsFor(rule, resource, settings.parameters[rule.id]);
      if (edits.length === 0) continue;
      inputs = edited(now, edits);
      const paths = edits.map(({ path }) => path.join("."));
      this.#door.log.mended({ rule: rule.id, resource: raw.urn, paths });
    }
    return inputs;
  }

  #mending(type: string, { remedies, levels }: Settings): Rule[] {
    // A rule about the plan mends what breaks it as long as nothing else is planned.
    const rules = [this.#rules.resource, this.#rules.plan].flatMap((one) => one.get(type) ?? []);
    return rules.filter(({ id }) => remedies.includes(id) && levels[id] !== "disabled");
  }

  /** Applies the rules that need one resource only. */
  judgeResource(raw: RawResource, config: Record<string, unknown>, report: Report): void {
    this.#seen.set(raw.urn, raw);
    const settings = this.#begin(raw.urn, config);
    const resource = plannedResource(raw);
    for (const rule of this.#rules.resource.get(resource.type) ?? []) {
      if (settings.levels[rule.id] === "disabled") continue;
      const verdict = judgeSubject(rule, resource, noPlan, settings.parameters[rule.id]);
      if (verdict.state === "unknown") this.#open.push({ rule, urn: resource.urn });
      else this.#publish(rule, resource, verdict, settings, report);
    }
    this.#door.log.flush();
  }

  /** Applies the rules that need the whole plan, and closes the run. */
  judgePlan(raws: readonly RawResource[], report: Report): void {
    const settings = this.#begin(raws[0]?.urn ?? "", {});
    const plan = makePlan(raws.map((raw) => this.#withInputs(raw)));
    const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
    for (const { rule, urn } of this.#open) {
      const resource = byUrn.get(urn);
      if (resource === undefined) continue;
      const verdict = judgeSubject(rule, resource, plan, settings.parameters[rule.id]);
      this.#publish(rule, resource, verdict, settings, report);
    }
    for (const resource of plan.resources) {
      for (const rule of this.#rules.plan.get(resource.type) ?? []) {
        if (settings.levels[rule.id] === "disabled") continue;
        const verdict = judgeSubject(rule, resource, plan, settings.parameters[rule.id]);
        this.#publish(rule, resource, verdict, settings, report);
      }
    }
    this.#judgeExemptions(settings, report);
    this.#door.log.network(() => this.#definition.network?.(plan));
    this.#door.log.end(plan.resources.length);
    this.#open.length = 0;
  }

  /** Exemptions are judged like resources; nothing exempts one of itself. */
  #judgeExemptions(settings: Settings, report: Report): void {
    const { stated, reviewed } = settings.exemptions;
    const all = [
      ...stated,
      ...reviewed.filter((one) => !stated.some((other) => isSame(one, other))),
    ];
    const alone = { ...settings, exemptions: { stated: [], reviewed: [] } };
    for (const rule of this.#rules.resource.get(exemptionType) ?? []) {
      if (settings.levels[rule.id] === "disabled") continue;
      for (const exemption of all) {
        const inputs = { ...exemption, now: this.#door.now() };
        const { urn, rule: name } = exemption;
        const resource = plannedResource({ urn, type: exemptionType, name, inputs });
        this.#publish(rule, resource, judgeSubject(rule, resource, noPlan), alone, report);
      }
    }
  }

  /** The resource with its planned inputs; one that was only read has nothing but its outputs. */
  #withInputs(raw: RawResource): RawResource {
    const seen = this.#seen.get(raw.urn);
    return seen === undefined ? raw : { ...raw, inputs: seen.inputs };
  }

  #begin(urn: string, config: Record<string, unknown>): Settings {
    if (this.#settings !== undefined) return this.#settings;
    const { name, version, rules, environments, otherwise } = this.#definition;
    const stack = stackOf(urn);
    const known = rules.map(({ rule: { id, remedy, parameters = {} }, level }) => ({
      id,
      level,
      parameters,
      ...(remedy === undefined ? {} : { remedy: remedy.kind }),
    }));
    this.#settings = settle(known, environments[stack] ?? otherwise, config);
    this.#door.log.start({
      pack: name,
      version,
      stack,
      phase: this.#door.phase(),
      rules: rules.map(({ rule }) => rule.id),
    });
    return this.#settings;
  }

  #publish(
    rule: Rule,
    resource: PlannedResource,
    verdict: Verdict,
    settings: Settings,
    report: Report,
  ): void {
    const level = settings.levels[rule.id] === "advisory" ? "advisory" : "mandatory";
    const found = verdict.state === "fail" ? verdict.findings : [];
    const split = applyExemptions(found, settings.exemptions, this.#door.now());
    for (const finding of split.standing) report(violationOf(finding, level));
    if (verdict.state === "unknown") {
      const openLevel = level === "advisory" ? "advisory" : settings.unknown;
      report(openViolation(rule, resource, verdict.open, openLevel));
    }
    this.#door.log.verdict({
      rule: rule.id,
      severity: rule.severity,
      resource: resource.urn,
      level,
      ...verdictDetails(verdict, split.exempted),
    });
  }
}

/** What mends the resource; nothing where the rule holds or cannot be decided, unless unasked. */
function editsFor(
  rule: Rule,
  resource: PlannedResource,
  parameters: ParameterValues | undefined,
): readonly Edit[] {
  const { remedy } = rule;
  if (!remedy?.unasked && judgeSubject(rule, resource, noPlan, parameters).state !== "fail") {
    return [];
  }
  try {
    return remedy?.edits(resource) ?? [];
  } catch (error) {
    if (error instanceof Undecided) return [];
    throw error;
  }
}

function isSame(one: Exemption, other: Exemption): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function rulesByType(definition: PackDefinition, needs: Rule["needs"]): Map<string, Rule[]> {
  const byType = new Map<string, Rule[]>();
  for (const { rule } of definition.rules) {
    if (rule.needs !== needs) continue;
    for (const type of rule.subjects) byType.set(type, [...(byType.get(type) ?? []), rule]);
  }
  return byType;
}

/** The stack's name, which every URN carries: `urn:pulumi:STACK::PROJECT::TYPE::NAME`. */
function stackOf(urn: string): string {
  return /^urn:pulumi:([^:]*)::/.exec(urn)?.[1] ?? "";
}

function violationOf(finding: Finding, level: Violation["enforcementLevel"]): Violation {
  return {
    name: finding.rule,
    description: finding.sentence,
    message: formatFinding(finding),
    urn: finding.urn,
    enforcementLevel: level,
    severity: finding.severity,
  };
}

function openViolation(
  rule: Rule,
  resource: PlannedResource,
  open: readonly OpenQuestion[],
  level: Violation["enforcementLevel"],
): Violation {
  const questions = open.map((question) => {
    const place = question.urn === resource.urn ? "" : `${shortUrn(question.urn)} `;
    return `${place}${question.path} ${reasonOf(question)}`;
  });
  return {
    name: rule.id,
    description: rule.sentence,
    message: [
      `[${rule.id}] cannot be decided now: ${rule.sentence}`,
      shortUrn(resource.urn),
      questions.join("; "),
    ]
      .map(cleanText)
      .join(" · "),
    urn: resource.urn,
    enforcementLevel: level,
    severity: rule.severity,
  };
}

function reasonOf(question: OpenQuestion): string {
  if (question.because === "unreadable") return "is not of the documented shape";
  const sources = question.waitsFor.map(shortUrn);
  return sources.length === 0 ? "is not known yet" : `waits for ${sources.join(", ")}`;
}
