/** A stack's state as a network. */
import { ProblemError } from "../../model/base/problem.ts";
import { originText } from "../../model/policy/gap.ts";
import type { Plan } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import type { RawResource } from "../../policy-packs/kit/plan.ts";
import { makePlan } from "../../policy-packs/kit/plan.ts";
import type { LiftedNetwork } from "../../policy-packs/lift/network.ts";
import { liftNetwork } from "../../policy-packs/lift/network.ts";
import { readExportFile } from "../engine/export-file.ts";
import { readExport } from "../engine/exported-state.ts";
import type { Folders } from "../engine/folders.ts";
import type { EngineCall } from "../engine/short-call.ts";
import { findStack } from "../engine/stack-place.ts";
import { exportStack } from "../engine/stack-state.ts";
import { foundRules } from "./found/rules.ts";
import type { ReachSource, ReadSource } from "./source.ts";

/** Reads files that hold a state export, a checkpoint, or a list of resources; `-` is standard input. */
export const readStateFile: ReadSource = async (file) => foundNetwork(readExportFile(file), file);

/** Reads the state of a checkout's stacks. `engine` is asked for where a backend needs one. */
export function stackSource(folders: Folders, engine: () => Promise<EngineCall>): ReadSource {
  return async (name) => {
    const stack = findStack(folders.root, name);
    return foundNetwork(await exportStack(stack, folders, engine), `stack ${name}`);
  };
}

/** The network of a state's text as its resources say; `place` names it where it cannot be read. */
export function networkOf(text: string, place: string): ReachSource {
  return networkIn(readExport(text, place), []);
}

/** Besides, the rules that were found and that no resource made. */
function foundNetwork(text: string, place: string): ReachSource {
  const resources = readExport(text, place);
  return networkIn(resources, foundRules(resources));
}

function networkIn(resources: readonly RawResource[], found: readonly RawResource[]): ReachSource {
  const plan = makePlan([...resources, ...found]);
  const { topology, notes: noticed } = lifted(plan);
  const notes = [
    ...noticed.map(
      ({ code, urn, path, says }) => `${originText({ urn, path })}: ${says} [${code}]`,
    ),
    ...found.map(
      ({ urn }) =>
        `${originText({ urn, path: "" })}: no resource of the state made it, as it was last read [rule-unmanaged]`,
    ),
    ...(topology.endpoints.length === 0 ? ["There is no network in it."] : []),
  ];
  return { topology, notes, plan };
}

/** A resource that holds something else than its vendor documents has no meaning to be proved. */
function lifted(plan: Plan): LiftedNetwork {
  try {
    return liftNetwork(plan);
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    throw new ProblemError([
      {
        code: "input-type",
        place: originText(error),
        got: error.because === "unknown" ? "what is not known yet" : "another shape",
        allowed: "what the vendor documents",
        next: "Mend the resource, or leave it out of the file.",
      },
    ]);
  }
}
