/**
 * Checks an environment's settings and intent without any engine:
 * `node stacks/check.ts --stack NAME` prints `{"problems": […], "intent": {…}}`.
 *
 * The intent stands there only where there is no problem. Exit code 0 either way: the answer is
 * what was printed.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { load } from "js-yaml";
import type { Problem } from "../model/base/problem.ts";
import { checkIdentityIntent } from "../model/identity/check-intent.ts";
import { checkLoggingIntent } from "../model/logging/check-intent.ts";
import { checkMeshIntent } from "../model/mesh/check-intent.ts";
import { checkNetworkIntent } from "../model/network/check-intent.ts";
import { checkClusterIntent } from "../model/network/cluster-intent.ts";
import { type EnvironmentIntent, environmentIntent } from "./intent.ts";
import { readSettings } from "./settings.ts";

const { values } = parseArgs({ options: { stack: { type: "string" } } });
if (values.stack === undefined) throw new Error("usage: node stacks/check.ts --stack NAME");
process.stdout.write(`${JSON.stringify(checkStack(values.stack))}\n`);

function checkStack(stack: string): { problems: Problem[]; intent?: EnvironmentIntent } {
  const text = readFileSync(join(import.meta.dirname, `Pulumi.${stack}.yaml`), "utf8");
  const settings = readSettings(stack, configOf(text));
  if ("problems" in settings) return settings;
  const intent = environmentIntent(settings.settings);
  const problems = checkEnvironment(intent);
  return problems.length > 0 ? { problems } : { problems, intent };
}

/** The settings of Bulkhead's own namespace, as Pulumi keeps them in a stack's file. */
function configOf(text: string): Record<string, unknown> {
  const file = (load(text) ?? {}) as { config?: Record<string, unknown> };
  const prefix = "bulkhead:";
  return Object.fromEntries(
    Object.entries(file.config ?? {})
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}

function checkEnvironment(intent: EnvironmentIntent): Problem[] {
  return [
    ...within("network", checkNetworkIntent(intent.network)),
    ...within("cluster", checkClusterIntent(intent.cluster, intent.network)),
    ...within("identity", checkIdentityIntent(intent.identity)),
    ...within("mesh", checkMeshIntent(intent.mesh)),
    ...within("logging", checkLoggingIntent(intent.logging)),
  ];
}

function within(part: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, place: `${part}.${problem.place}` }));
}
