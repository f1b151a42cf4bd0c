/**
 * Rules that do nothing: dead ones, which no packet ever reaches, and redundant ones, without which
 * every packet fares the same at their stage. All of them can be removed together.
 */
import type { Family } from "../base/address.ts";
import type { Rule, Stage } from "../network/topology.ts";
import type { EncodedStage, EncodedTier } from "./encode.ts";
import type { OwnMatch } from "./own-match.ts";
import { ownMatchOf } from "./own-match.ts";
import type { Reach } from "./reach.ts";
import { isEmpty, isSame, narrowTo, regionOf, takeAway } from "./regions.ts";
import type { Question, Rows } from "./sweep.ts";
import { endsWith, evaluate, localPieces } from "./sweep.ts";
import type { Universe } from "./universe.ts";
import { Workspace } from "./workspace.ts";

/**
 * - `nobody`: no packet of the guarded endpoints has such a peer, own address, protocol or port
 * - `shadowed`: `by` decide all of its packets before it
 * - `unreached`: earlier tiers decide all of its packets
 * - `redundant`: `by` or `otherwise` do the same to its packets after it
 */
export type Idleness = "nobody" | "shadowed" | "unreached" | "redundant";

export interface IdleRule {
  readonly stage: Stage;
  readonly rule: Rule;
  readonly why: Idleness;
  /** The rules in whose favour it does nothing, in their order. */
  readonly by: readonly Rule[];
  /** What becomes of packets that no rule matches, where that does the same. */
  readonly otherwise: string | undefined;
}

/**
 * The rules of a topology that do nothing, of those that can be removed: a cloud's own rules stay.
 * Stages that guard no endpoint are left out.
 */
export function idleRules(
  reach: Reach,
  isRemovable: (rule: Rule) => boolean = () => true,
): IdleRule[] {
  const workspace = new Workspace();
  return [...guardsOf(reach)].flatMap(([stage, views]) => {
    const pieces = localPieces(reach.universe, workspace, stage);
    // The workspace is used again below.
    const kept = { ...pieces, of: pieces.of.slice() };
    const size = pieces.count * reach.universe.atoms.words;
    return new StageReview(
      stage,
      views.map(({ own, families }) => ({
        rows: { universe: reach.universe, workspace, pieces: kept, own, size },
        valid: validRows(reach.universe, kept.starts, families),
      })),
      isRemovable,
    ).idle();
  });
}

/** How a stage's rules look to some of the ends that it guards. */
interface Guarded {
  readonly own: OwnMatch;
  readonly families: Set<Family>;
}

function guardsOf({ universe, guards }: Reach): Map<EncodedStage, Guarded[]> {
  const found = new Map<EncodedStage, Map<string, Guarded>>();
  for (const [index, guard] of guards.entries()) {
    const end = universe.ends.all[index];
    if (guard === undefined || end === undefined) continue;
    for (const { stage } of [...guard.out, ...guard.in]) {
      const own = ownMatchOf(universe, stage, end);
      const key = [...own.values()].join();
      const views = found.get(stage) ?? new Map<string, Guarded>();
      const view = views.get(key) ?? { own, families: new Set() };
      view.families.add(end.family);
      found.set(stage, views.set(key, view));
    }
  }
  return new Map([...found].map(([stage, views]) => [stage, [...views.values()]]));
}

/** The packets that exist: both ends of one family, ICMP and ICMPv6 in theirs. */
function validRows(
  { atoms, ends }: Universe,
  starts: readonly number[],
  families: ReadonlySet<Family>,
): Int32Array {
  const valid = new Int32Array((starts.length - 1) * atoms.words);
  for (let piece = 0; piece + 1 < starts.length; piece++) {
    for (const family of families) {
      const block = ends.blocks[family];
      const start = Math.max(starts[piece] as number, block.start);
      if (start >= Math.min(starts[piece + 1] as number, block.end)) continue;
      for (let word = 0; word < atoms.words; word++) {
        const at = piece * atoms.words + word;
        valid[at] = (valid[at] as number) | (atoms.families[family][word] as number);
      }
    }
  }
  return valid;
}

interface View {
  readonly rows: Rows;
  readonly valid: Int32Array;
}

type Place = readonly [tier: number, rule: number];

class StageReview {
  readonly #stage: EncodedStage;
  readonly #views: readonly View[];
  /** Rules that do nothing, as if they were not there: then all can go together. */
  readonly #gone = new Set<string>();

  readonly #isRemovable: (rule: Rule) => boolean;

  constructor(stage: EncodedStage, views: readonly View[], isRemovable: (rule: Rule) => boolean) {
    this.#stage = stage;
    this.#views = views;
    this.#isRemovable = isRemovable;
  }

  idle(): IdleRule[] {
    const places = this.#stage.tiers.flatMap(({ rules }, tier) =>
      rules.flatMap((one, rule): Place[] => (this.#isRemovable(one) ? [[tier, rule]] : [])),
    );
    const dead = places.filter((place) => this.#views.every((view) => this.#isDead(view, place)));
    for (const place of dead) this.#gone.add(String(place));
    const base = this.#outcomes();
    const redundant = places
      .filter((place) => !this.#gone.has(String(place)))
      .toReversed()
      .filter((place) => this.#isRedundant(place, base));
    const reported = new Map([
      ...dead.map((place) => [String(place), this.#explainDead(place)] as const),
      ...redundant.map((place) => [String(place), this.#explainRedundant(place)] as const),
    ]);
    return places.flatMap((place) => reported.get(String(place)) ?? []);
  }

  #isDead(view: View, place: Place): boolean {
    return isEmpty(this.#decided(view, place), view.valid);
  }

  /** The packets that a rule may decide. */
  #decided({ rows }: View, [tier, rule]: Place): Int32Array {
    return evaluate(rows, this.#stage, (action, t, r) =>
      t === tier && r === rule ? "yes" : action === "pass" && t < tier ? "next" : "no",
    );
  }

  /** What may be allowed and what may be denied, without the rules that are gone. */
  #outcomes(): Int32Array[] {
    return this.#views.flatMap(({ rows }) =>
      (["allow", "deny"] as const).map((wanted) =>
        evaluate(rows, this.#stage, this.#without(endsWith(wanted))).slice(),
      ),
    );
  }

  #without(asks: Question): Question {
    if (this.#gone.size === 0) return asks;
    return (action, tier, rule) =>
      rule >= 0 && this.#gone.has(`${tier},${rule}`) ? "skip" : asks(action, tier, rule);
  }

  #isRedundant(place: Place, base: readonly Int32Array[]): boolean {
    if (this.#isGuardrail(place)) return false;
    this.#gone.add(String(place));
    const same = this.#views.every(({ rows, valid }, view) =>
      (["allow", "deny"] as const).every((wanted, which) => {
        const now = evaluate(rows, this.#stage, this.#without(endsWith(wanted)));
        return isSame(now, base[view * 2 + which] as Int32Array, valid);
      }),
    );
    if (!same) this.#gone.delete(String(place));
    return same;
  }

  /**
   * A rule that decides what its tier would hand on holds whatever people write in the next tiers:
   * that these say the same today is no reason to remove it.
   */
  #isGuardrail([tier, rule]: Place): boolean {
    const { tiers } = this.#stage.stage;
    const decides = tiers[tier]?.otherwise === "pass" && tiers[tier].rules[rule]?.action !== "pass";
    const later = tiers.slice(tier + 1).flatMap(({ rules }) => rules);
    return decides && later.some(this.#isRemovable) && this.#after([tier, rule]).left;
  }

  #explainDead([tier, rule]: Place): IdleRule {
    const rules = this.#stage.tiers[tier] as EncodedTier;
    const by = new Set<number>();
    let matched = false;
    let left = false;
    for (const { rows, valid } of this.#views) {
      const region = regionOf(rows, rules, rule, false);
      narrowTo(region, valid);
      matched ||= region.some((word) => word !== 0);
      for (let earlier = 0; earlier < rule; earlier++) {
        if (takeAway(region, regionOf(rows, rules, earlier, true))) by.add(earlier);
      }
      left ||= region.some((word) => word !== 0);
    }
    const why = !matched ? "nobody" : left ? "unreached" : "shadowed";
    return this.#idleRule([tier, rule], why, why === "shadowed" ? by : new Set(), undefined);
  }

  #explainRedundant(place: Place): IdleRule {
    const { by, left } = this.#after(place);
    const origin = this.#stage.stage.tiers[place[0]]?.otherwiseOrigin;
    return this.#idleRule(place, "redundant", by, left ? origin : undefined);
  }

  /** The later rules of its tier that take over a rule's packets, and whether some are left. */
  #after([tier, rule]: Place): { readonly by: ReadonlySet<number>; readonly left: boolean } {
    const rules = this.#stage.tiers[tier] as EncodedTier;
    const by = new Set<number>();
    let left = false;
    for (const view of this.#views) {
      const region = this.#decided(view, [tier, rule]).slice();
      narrowTo(region, view.valid);
      for (let later = rule + 1; later < rules.actions.length; later++) {
        if (this.#gone.has(`${tier},${later}`)) continue;
        if (takeAway(region, regionOf(view.rows, rules, later, true))) by.add(later);
      }
      left ||= region.some((word) => word !== 0);
    }
    return { by, left };
  }

  #idleRule(
    [tier, rule]: Place,
    why: Idleness,
    by: ReadonlySet<number>,
    otherwise: string | undefined,
  ): IdleRule {
    const { rules } = this.#stage.tiers[tier] as EncodedTier;
    return {
      stage: this.#stage.stage,
      rule: rules[rule] as Rule,
      why,
      by: [...by].sort((a, b) => a - b).map((number) => rules[number] as Rule),
      otherwise,
    };
  }
}
