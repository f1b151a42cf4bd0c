/** The settings of rules in a gate: those of the branch against which a change is reviewed. */
import { isDeepStrictEqual } from "node:util";
import { formatProblem, ProblemError } from "../../model/base/problem.ts";
import { readSettings, type SettingsByStack, settingsFile } from "../policy/rule-settings.ts";

/** What counts on both sides, and what is to be said about the files. */
export interface GateSettings {
  readonly settings: SettingsByStack;
  /** What is wrong with the change's own file. */
  readonly faults: readonly string[];
  /** What is wrong with the branch's file, of which nothing counts then, and what counts later. */
  readonly notes: readonly string[];
}

/**
 * Reads the texts of both files; there need be neither. `tip` is the branch's last commit, `stacks` are
 * those of the change.
 */
export function gateSettings(
  headText: string | undefined,
  baseText: string | undefined,
  tip: string,
  stacks: readonly string[],
): GateSettings {
  const head = readOrTell(headText, settingsFile, stacks);
  // The change may have taken a stack away of which the branch still speaks.
  const base = readOrTell(baseText, `${settingsFile} at ${tip.slice(0, 12)}`, undefined);
  const same = isDeepStrictEqual(head.settings, base.settings) || head.problems.length > 0;
  return {
    settings: base.settings,
    faults: head.problems,
    notes: [...base.problems, ...(same ? [] : [later])],
  };
}

const later = `What ${settingsFile} says otherwise than the branch counts once it is merged.`;

interface Read {
  readonly settings: SettingsByStack;
  readonly problems: readonly string[];
}

function readOrTell(
  text: string | undefined,
  place: string,
  stacks: readonly string[] | undefined,
): Read {
  try {
    return { settings: text === undefined ? {} : readSettings(text, place, stacks), problems: [] };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { settings: {}, problems: error.problems.map(formatProblem) };
  }
}
