/** What a token comes to in Google Cloud: principals by pool, then service accounts. */

import type { LiveWorld } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, no, type Verdict, verdictOf } from "../verdict.ts";
import { holdingsOf } from "./grants.ts";
import { accountToken, emailOf, mayImpersonate } from "./impersonation.ts";
import { clusterAdmission } from "./kubernetes.ts";
import { admissionsOf } from "./pools.ts";
import { accountPrincipal, type GcpPrincipal } from "./principal.ts";

/** A pool's word on the token. */
interface Word {
  readonly kind: string;
  readonly id: string;
  readonly check: Check;
  readonly principal: GcpPrincipal;
}

/** Verdicts on every provider and every service account. */
export function principalsByExchange(live: LiveWorld, token: Presented): readonly Verdict[] {
  const cluster = clusterAdmission(live, token);
  const words: readonly Word[] = [
    ...admissionsOf(live, token),
    ...(cluster === undefined ? [] : [cluster]),
  ];
  return [
    ...words.map((word) => principalVerdict(live, word, token)),
    ...accountVerdicts(live, words, token),
  ];
}

function principalVerdict(live: LiveWorld, word: Word, token: Presented): Verdict {
  const { kind, id, check, principal } = word;
  return verdictOf({ cloud: "gcp", kind, id }, check, () => ({
    as: principal.name,
    holds: holdingsOf(live, principal, token.nowSeconds),
    identity: { kind: "gcp-principal", id: principal.name, also: [...principal.names] },
    reason: {
      stage: "token exchange",
      rule: id,
      got: token.subject,
      wanted: "",
      source: "Security Token Service API, Method: token",
    },
  }));
}

function accountVerdicts(
  live: LiveWorld,
  words: readonly Word[],
  token: Presented,
): readonly Verdict[] {
  const admitted = words.filter(({ check }) => check.says !== "no");
  return live.of(accountToken).map((account) => {
    const answers = admitted.map((word) => {
      const answer = mayImpersonate(live, word.principal, account, token.nowSeconds);
      // A principal of which it is not clear whether it comes about is no surer afterwards.
      return answer.says === "yes" && word.check.says === "unclear" ? word.check : answer;
    });
    const check = best(answers) ?? nobody(emailOf(account), words);
    return accountVerdict(live, emailOf(account), check, token.nowSeconds);
  });
}

/** A service account with what it holds. */
export function accountVerdict(
  live: LiveWorld,
  email: string,
  check: Check,
  nowSeconds: number,
): Verdict {
  const principal = accountPrincipal(email);
  return verdictOf({ cloud: "gcp", kind: "service account", id: email }, check, () => ({
    as: principal.name,
    holds: holdingsOf(live, principal, nowSeconds),
    identity: { kind: "gcp-service-account", id: email, also: [...principal.names] },
    reason: { stage: "impersonation", rule: email, got: "", wanted: "", source: "" },
  }));
}

function best(answers: readonly Check[]): Check | undefined {
  return (
    answers.find(({ says }) => says === "yes") ??
    answers.find(({ says }) => says === "unclear") ??
    answers[0]
  );
}

function nobody(email: string, words: readonly Word[]): Check {
  return no({
    stage: "token exchange",
    rule: email,
    got: words.length === 0 ? "no provider in the world" : "no provider that takes the token",
    wanted: "a principal that may impersonate it",
    source: "IAM, Workload Identity Federation",
  });
}
