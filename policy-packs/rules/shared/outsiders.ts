/** Who besides the named repository gets in through a trust in GitHub, shown by a token. */

import { admit } from "../../../model/identity/admit.ts";
import type { Adversary } from "../../../model/identity/adversaries.ts";
import { adversariesOf } from "../../../model/identity/adversaries.ts";
import { environmentRun } from "../../../model/identity/github.ts";
import { hintsOf } from "../../../model/identity/hints.ts";
import type { RepositoryIntent } from "../../../model/identity/intent.ts";
import { describeToken } from "../../../model/identity/token.ts";
import type { Trust } from "../../../model/identity/trust.ts";

/** Stands in for what a trust does not name. */
const unnamed: RepositoryIntent = {
  owner: "your-organisation",
  ownerId: "100000001",
  repository: "your-repository",
  repositoryId: "100000002",
};

/** What a trust says to everybody outside the repository that it names. */
export type OutsiderVerdict =
  | { readonly state: "admitted"; readonly witness: string }
  | { readonly state: "refused" }
  | { readonly state: "undecided"; readonly because: string };

/**
 * Tries tokens of strangers, of look-alikes and of the owner's other repositories. The repository
 * is the one that the trust's own words name; a word with a wildcard names its literal beginning.
 */
export function tryOutsiders(
  trust: Trust,
  words: readonly string[],
  audience: string,
): OutsiderVerdict {
  const own = namedRepository(words);
  const intended = { runs: [environmentRun(own, "production")], audience };
  let doubt: string | undefined;
  for (const adversary of adversariesOf(intended, hintsOf(trust))) {
    if (!isOutside(adversary, own)) continue;
    const admission = admit(trust, adversary.token);
    if (admission.outcome === "undecided") doubt ??= admission.because;
    if (admission.outcome !== "admitted") continue;
    const token = describeToken(adversary.token);
    return {
      state: "admitted",
      witness: `the token of ${adversary.who}: ${token}; let in by ${admission.because}`,
    };
  }
  return doubt === undefined ? { state: "refused" } : { state: "undecided", because: doubt };
}

/** Names can be registered again and tokens replayed; both are other rules' business. */
function isOutside({ exposure, token }: Adversary, own: RepositoryIntent): boolean {
  if (exposure === "reuse" || exposure === "replay") return false;
  return token.claims["repository"] !== `${own.owner}/${own.repository}`;
}

const nameOf = /repo:([\w.-]*)(?:@(\d+))?[^/]*(?:\/([\w.-]*)(?:@(\d+))?)?/;

function namedRepository(words: readonly string[]): RepositoryIntent {
  const match = words.map((word) => nameOf.exec(word)).find((found) => found !== null);
  const [, owner, ownerId, repository, repositoryId] = match ?? [];
  return {
    owner: owner || unnamed.owner,
    ownerId: ownerId ?? unnamed.ownerId,
    repository: repository || unnamed.repository,
    repositoryId: repositoryId ?? unnamed.repositoryId,
  };
}
