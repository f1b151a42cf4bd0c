/** The exemptions of a change, and those of the branch against which it is reviewed. */
import { formatProblem, ProblemError } from "../../model/base/problem.ts";
import { type Exemption, type Exemptions, exemptionText } from "../../model/policy/exemption.ts";
import { rules } from "../../policy-packs/rules/index.ts";
import { exemptionFile, readExemptions } from "../policy/exemption-file.ts";

/** What counts on each side, and what is to be said about the files. */
export interface GateExemptions {
  readonly head: Exemptions;
  readonly base: Exemptions;
  /** What is wrong with the change's own file, of which nothing counts then. */
  readonly faults: readonly string[];
  /** What is wrong with the branch's file, which a change may mend, and what counts later. */
  readonly notes: readonly string[];
}

/** Reads the texts of both files; there need be neither. `tip` is the branch's last commit. */
export function gateExemptions(
  headText: string | undefined,
  baseText: string | undefined,
  tip: string,
): GateExemptions {
  const head = readOrTell(headText, exemptionFile);
  const base = readOrTell(baseText, `${exemptionFile} at ${tip.slice(0, 12)}`);
  const reviewed = base.exemptions;
  return {
    head: { stated: head.exemptions, reviewed },
    base: { stated: reviewed, reviewed },
    faults: head.problems,
    notes: [...base.problems, ...later(head.exemptions, reviewed)],
  };
}

interface Read {
  readonly exemptions: readonly Exemption[];
  readonly problems: readonly string[];
}

/** One mistake, and nothing of the file counts. */
function readOrTell(text: string | undefined, place: string): Read {
  try {
    const exemptions = text === undefined ? [] : readExemptions(text, place);
    return { exemptions, problems: [] };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { exemptions: [], problems: error.problems.map(formatProblem) };
  }
}

/** An author who excuses a critical finding is told why that does not help. */
function later(stated: readonly Exemption[], reviewed: readonly Exemption[]): string[] {
  const critical = new Set(
    rules.filter(({ severity }) => severity === "critical").map(({ id }) => id),
  );
  const known = new Set(reviewed.map(keyOf));
  return stated
    .filter((one) => critical.has(one.rule) && !known.has(keyOf(one)))
    .map(
      (one) =>
        `The exemption of ${one.rule} ${exemptionText(one)} counts once it is merged: the rule is critical.`,
    );
}

function keyOf({ rule, urn, expires }: Exemption): string {
  return JSON.stringify([rule, urn, expires]);
}
