/** A stack's state as a network. */
import { originText } from "../../model/policy/gap.ts";
import { makePlan } from "../../policy-packs/kit/plan.ts";
import { liftNetwork } from "../../policy-packs/lift/network.ts";
import { readExportFile } from "../engine/export-file.ts";
import { readExport } from "../engine/exported-state.ts";
import type { Folders } from "../engine/folders.ts";
import type { EngineCall } from "../engine/short-call.ts";
import { findStack } from "../engine/stack-place.ts";
import { exportStack } from "../engine/stack-state.ts";
import type { ReachSource, ReadSource } from "./source.ts";

/** Reads files that hold a state export, a checkpoint, or a list of resources; `-` is standard input. */
export const readStateFile: ReadSource = async (file) => networkOf(readExportFile(file), file);

/** Reads the state of a checkout's stacks. `engine` is asked for where a backend needs one. */
export function stackSource(folders: Folders, engine: () => Promise<EngineCall>): ReadSource {
  return async (name) => {
    const stack = findStack(folders.root, name);
    return networkOf(await exportStack(stack, folders, engine), `stack ${name}`);
  };
}

function networkOf(text: string, place: string): ReachSource {
  const plan = makePlan(readExport(text, place));
  const { topology, notes: noticed } = liftNetwork(plan);
  const notes = noticed.map(({ urn, path, says }) => `${originText({ urn, path })}: ${says}`);
  const empty = topology.endpoints.length === 0 ? ["There is no network in it."] : [];
  return { topology, notes: [...notes, ...empty], plan };
}
