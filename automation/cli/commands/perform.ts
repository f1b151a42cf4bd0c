/** One engine operation with its view, its report and a word about clouds that died meanwhile. */
import { existsSync } from "node:fs";
import { cloudsLog } from "../../clouds/start.ts";
import { isJudged, type Operation } from "../../engine/arguments.ts";
import { makeFolder } from "../../engine/folders.ts";
import { type OperationResult, runOperation } from "../../engine/operation.ts";
import type { StackPlace } from "../../engine/stack-place.ts";
import { exportStack, makeStack, stackState } from "../../engine/stack-state.ts";
import { packFolders } from "../context.ts";
import { nothingThere, type OperationOutcome, outcomeOf } from "../outcome.ts";
import { withReach } from "../outcome-reach.ts";
import { countsText, showOperation } from "../view/operation-status.ts";
import type { Prepared } from "./prepared.ts";

const titles: Readonly<Record<Operation, string>> = {
  up: "Update",
  preview: "Preview",
  refresh: "Refresh",
  destroy: "Destroy",
};

/** Runs an operation on a stack, which is made first where `up` and `preview` do not find it. */
export async function performOperation(
  prepared: Prepared,
  stack: StackPlace,
  operation: Operation,
): Promise<OperationOutcome> {
  if (!(await isThereOrMade(prepared, stack, operation))) return nothingThere(stack, operation);
  const { context, view, call } = prepared;
  const title = `${titles[operation]} ${stack.project} ${stack.name}`;
  const before = isJudged(operation) ? await stateBefore(prepared, stack) : "";
  const result = await view.phase(title, async (tell) => {
    const result = await runOperation({
      ...call,
      operation,
      stack,
      attach: prepared.clouds?.descriptor.debugProviders,
      packs: packFolders(),
      reviewed: prepared.reviewed,
      interrupts: context.interrupts,
      onEvent: showOperation(tell, operation),
    });
    const counts = countsText(result.progress);
    tell.title(`${title}: ${result.status}, ${counts}`, result.status === "done");
    return result;
  });
  const outcome = await withReach(
    withClouds(prepared, outcomeOf(result)),
    result.verdicts?.network,
    before,
  );
  await writeReport(prepared, result, outcome);
  return outcome;
}

/** What was there before, against which the planned network is held. */
async function stateBefore({ call }: Prepared, stack: StackPlace): Promise<string> {
  return exportStack(stack, call.folders, async () => call);
}

/** Only `up` and `preview` have a use for a stack that holds nothing. */
async function isThereOrMade(
  prepared: Prepared,
  stack: StackPlace,
  operation: Operation,
): Promise<boolean> {
  if (stack.local) {
    makeFolder(prepared.call.folders.state);
    makeFolder(prepared.call.folders.home);
  }
  if ((await stackState(prepared.call, stack)) !== "missing") return true;
  if (operation === "refresh" || operation === "destroy") {
    prepared.context.output.note(
      `Stack ${stack.name} of ${stack.project} does not exist: there is nothing to ${operation}.`,
    );
    return false;
  }
  await makeStack(prepared.call, stack);
  return true;
}

/** The report shows what the outcome says, so that page and terminal never differ. */
async function writeReport(
  prepared: Prepared,
  result: OperationResult,
  outcome: OperationOutcome,
): Promise<void> {
  const { renderReport, writeReportFile } = await import("../../report/report.ts");
  // An organisation has no network, mesh or pipelines of its own to picture.
  const intent = result.stack.project === "bulkhead" ? prepared.intent : undefined;
  const { findings, errors, reach } = outcome;
  const { rules } = await import("../../../policy-packs/rules/index.ts");
  const sentences = new Map(rules.map((rule) => [rule.id, rule.sentence]));
  const page = renderReport({
    result,
    findings,
    errors,
    reach,
    intent,
    sentences,
    now: new Date(),
  });
  writeReportFile(result.folder.report, page);
}

/** Adds a word about clouds that ended while they were needed. */
function withClouds(prepared: Prepared, outcome: OperationOutcome): OperationOutcome {
  if (prepared.clouds === undefined || prepared.clouds.isAlive()) return outcome;
  return { ...outcome, errors: [...outcome.errors, cloudsDied(prepared)] };
}

function cloudsDied(prepared: Prepared): string {
  const { folders } = prepared.context;
  const world = existsSync(folders.world) ? folders.world : folders.worlds;
  return (
    "The local clouds ended while the engine was working. " +
    `What they acknowledged is kept in ${world}; run the same command again to go on. ` +
    `Their log: ${cloudsLog(folders)}.`
  );
}
