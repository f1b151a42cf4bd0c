/** `up`, `preview`, `refresh`, `destroy`: one operation from its checks to its report. */

import { throwIfAny } from "../../../model/base/problem.ts";
import { type CloudsInUse, useClouds } from "../../clouds/use-clouds.ts";
import { type CheckedIntent, checkIntent } from "../../engine/intent-check.ts";
import type { EngineCall } from "../../engine/short-call.ts";
import { findStack, organisationStack, type StackPlace } from "../../engine/stack-place.ts";
import { type Reviewed, reviewedIn } from "../../policy/reviewed.ts";
import type { Context } from "../context.ts";
import { getEngine } from "../engine-phase.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { exitCodeFor, type OperationOutcome } from "../outcome.ts";
import { outcomeText } from "../outcome-text.ts";
import { chooseView } from "../view/choose.ts";
import type { View } from "../view/view.ts";
import { bringOrganisation, destroyOrganisation } from "./organisation.ts";
import { performOperation } from "./perform.ts";
import type { OperateOptions, Prepared } from "./prepared.ts";

/** Carries out an operation and tells its outcome. */
export async function operate(context: Context, options: OperateOptions): Promise<ExitCode> {
  const reviewed = reviewedIn(context.root);
  const view = await chooseView(context.output);
  const settings = { reviewed, view, bringOrganisation: false };
  const outcome = await carryOutIn(context, options, settings);
  tellOutcome(context, options, outcome);
  return exitCodeOfOutcome(options, outcome);
}

/** What a caller decides beyond what a person asked for. */
export interface CarryOutSettings {
  readonly view: View;
  readonly reviewed: Reviewed;
  /** Whether a preview in the local clouds makes the organisation on which the stack is built. */
  readonly bringOrganisation: boolean;
}

/** Carries out an operation in the context's checkout, which need not be the tool's own. */
export async function carryOutIn(
  context: Context,
  options: OperateOptions,
  settings: CarryOutSettings,
): Promise<OperationOutcome> {
  const stack = findStack(context.root, options.stack);
  const { view } = settings;
  const checked = await checkSettings(context, view, stack);
  const engine = await view.phase("Engine", (tell) => getEngine(context, tell));
  const call: EngineCall = {
    engine,
    folders: context.folders,
    variables: context.variables,
  };
  context.interrupts.check();
  const clouds = stack.local ? await attachClouds(context, view) : undefined;
  try {
    context.interrupts.check();
    const { intent } = checked;
    const { reviewed } = settings;
    const prepared = { context, view, options, stack, call, intent, reviewed, clouds };
    return await carryOut(prepared, settings.bringOrganisation);
  } finally {
    await clouds?.release();
  }
}

async function carryOut(prepared: Prepared, bring: boolean): Promise<OperationOutcome> {
  const { operation } = prepared.options;
  const organisation = organisationStack(prepared.context.root, prepared.stack);
  if (organisation !== undefined && (operation === "up" || operation === "preview")) {
    const mayBring = operation === "up" || (bring && organisation.local);
    const stopped = await bringOrganisation(prepared, organisation, mayBring);
    if (stopped !== undefined) return stopped;
  }
  const outcome = await performOperation(prepared, prepared.stack, operation);
  if (operation !== "destroy" || outcome.status !== "done" || organisation === undefined) {
    return outcome;
  }
  return (await destroyOrganisation(prepared, organisation)) ?? outcome;
}

/** All problems of settings and intent at once, before anything is started. */
async function checkSettings(
  context: Context,
  view: View,
  stack: StackPlace,
): Promise<CheckedIntent> {
  const checked = await view.phase("Settings and intent", () => checkIntent(context.root, stack));
  throwIfAny(checked.problems);
  return checked;
}

async function attachClouds(context: Context, view: View): Promise<CloudsInUse> {
  return view.phase("Local clouds", async (tell) => {
    const clouds = await useClouds({
      folders: context.folders,
      variables: context.variables,
      say: context.output.note,
      hurry: () => context.interrupts.requested,
    });
    const count = Object.keys(clouds.descriptor.providers).length;
    tell.title(
      `Local clouds: ${count} packages, ${clouds.started ? "started" : "already running"}`,
    );
    return clouds;
  });
}

function tellOutcome(context: Context, options: OperateOptions, outcome: OperationOutcome): void {
  const { output } = context;
  output.result(
    options.json ? JSON.stringify(outcome, null, 2) : `\n${outcomeText(outcome, output.colour)}`,
  );
}

function exitCodeOfOutcome(options: OperateOptions, outcome: OperationOutcome): ExitCode {
  if (options.expectNoChanges && outcome.changes.length > 0) return exitCodes.findings;
  return exitCodeFor(outcome.status);
}
