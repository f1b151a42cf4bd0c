/**
 * A packet's way as steps: each says which rule of which resource decided what, and by which document.
 *
 * A stage is a generator: it yields its steps and returns what the next stage needs. Whoever
 * follows the walk stops at the first step that does not pass, so no stage asks for the outcome of
 * an earlier one.
 */

/** What a stage did with the packet. */
export type Outcome = "passes" | "drops" | "cannot tell";

/** One decision. */
export interface Step {
  /** The stage as its document calls it, e.g. `security groups, outbound`. */
  readonly stage: string;
  /** The resource that decided: id, or name within its owner. */
  readonly at: string;
  readonly outcome: Outcome;
  /** The deciding rule in words. */
  readonly rule: string;
  /** Title and section of the document that the stage follows. */
  readonly document: string;
}

/** A walk through stages. */
export type Walk<T = void> = Generator<Step, T>;

/** Where a stage is and what it follows. */
export interface Stage {
  readonly stage: string;
  readonly document: string;
}

/** The packet goes on. */
export function passes(stage: Stage, at: string, rule: string): Step {
  return { stage: stage.stage, at, outcome: "passes", rule, document: stage.document };
}

/** The packet ends here. */
export function drops(stage: Stage, at: string, rule: string): Step {
  return { stage: stage.stage, at, outcome: "drops", rule, document: stage.document };
}

/** What happens here is not in the world, e.g. inside a virtual appliance. */
export function cannotTell(stage: Stage, at: string, what: string): Step {
  return { stage: stage.stage, at, outcome: "cannot tell", rule: what, document: stage.document };
}

/** The steps of a walk up to the first that does not pass. */
export function follow(walk: Walk<unknown>): readonly Step[] {
  const steps: Step[] = [];
  for (const step of walk) {
    steps.push(step);
    if (step.outcome !== "passes") break;
  }
  return steps;
}

/** A walk that ends with its last step: what would come after a drop is never asked for. */
export function* ends(step: Step): Walk<never> {
  yield step;
  throw new Error(`a walk went on after "${step.rule}"`);
}

/** One of several ways that a packet may take. */
export interface Alternative {
  readonly name: string;
  /** The way and the reply's way back, apart from those of the others. */
  readonly steps: readonly Step[];
}

/** The first of several ways, where all come to the same; else nobody can tell which is taken. */
export function* oneOf(stage: Stage, at: string, ways: readonly Alternative[]): Walk {
  const [first, ...others] = ways;
  if (first === undefined) return;
  const other = others.find(({ steps }) => outcomeOf(steps) !== outcomeOf(first.steps));
  if (other !== undefined) {
    const told = [first, other].map(({ name, steps }) => `${name} (${endOf(steps)})`);
    yield cannotTell(stage, at, `which of ${told.join(" and ")} gets the packet`);
  }
  yield* first.steps;
}

function outcomeOf(steps: readonly Step[]): Outcome {
  return steps.at(-1)?.outcome ?? "passes";
}

function endOf(steps: readonly Step[]): string {
  const last = steps.at(-1);
  return last === undefined || last.outcome === "passes" ? "arrives" : last.rule;
}
