/** Judges a trust: who besides the intended jobs gets in, shown by a token of theirs. */

import { admit } from "./admit.ts";
import type { Adversary, Exposure, Intended } from "./adversaries.ts";
import { adversariesOf, intendedTokens } from "./adversaries.ts";
import { hintsOf, noHints } from "./hints.ts";
import { naivelyAdmits } from "./naive.ts";
import { provesIntended } from "./proof.ts";
import type { Token } from "./token.ts";
import { describeToken } from "./token.ts";
import type { Trust } from "./trust.ts";

/** A token of somebody else that the trust admits. */
export interface Witness {
  readonly exposure: Exposure;
  readonly who: string;
  readonly token: Token;
  /** The statement, condition or member that admitted it. */
  readonly admittedBy: string;
}

export type TrustVerdict =
  | {
      readonly verdict: "pass";
      /** False: the trust is dead; it admits not even the identity it is meant for. */
      readonly admitsIntended: boolean;
    }
  | { readonly verdict: "fail"; readonly witness: Witness }
  | { readonly verdict: "unknown"; readonly because: string };

const unproven =
  "no token of anybody else gets in among those tried, but the trust does not pin audience, repository id and job, so none can be ruled out";

/**
 * Whether the trust admits the intended jobs' tokens and nobody else's. A trust that provably pins
 * them is tried with the usual suspects only; any other with all that its own words suggest.
 */
export function judgeTrust(trust: Trust, intended: Intended): TrustVerdict {
  const proven = provesIntended(trust, intended);
  const doubts: string[] = [];
  for (const adversary of adversariesOf(intended, proven ? noHints : hintsOf(trust))) {
    const admission = admit(trust, adversary.token);
    if (admission.outcome === "undecided") doubts.push(admission.because);
    if (admission.outcome === "admitted") {
      return { verdict: "fail", witness: checked(trust, adversary, admission.because) };
    }
  }
  const own = intendedTokens(intended).map((token) => admit(trust, token));
  doubts.push(...own.filter((one) => one.outcome === "undecided").map((one) => one.because));
  const because = doubts[0] ?? (proven ? undefined : unproven);
  if (because !== undefined) return { verdict: "unknown", because };
  return { verdict: "pass", admitsIntended: own.every((one) => one.outcome === "admitted") };
}

/** A witness is shown only if the second evaluator agrees; disagreement is a fault of ours. */
function checked(trust: Trust, adversary: Adversary, admittedBy: string): Witness {
  if (!naivelyAdmits(trust, adversary.token)) {
    throw new Error(
      `the two evaluators of ${trust.cloud} trusts disagree on ${describeToken(adversary.token)}: ${admittedBy}`,
    );
  }
  return { ...adversary, admittedBy };
}
