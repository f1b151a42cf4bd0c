/**
 * Checks an environment's settings and intent without any engine:
 * `node stacks/check.ts --stack NAME` prints `{"problems": […], "intent": {…}}`.
 *
 * The intent stands there only where there is no problem. Exit code 0 either way: the answer is
 * what was printed.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { load } from "js-yaml";
import type { Problem } from "../model/base/problem.ts";
import { checkIdentityIntent } from "../model/identity/check-intent.ts";
import { checkLoggingIntent } from "../model/logging/check-intent.ts";
import { checkMeshIntent } from "../model/mesh/check-intent.ts";
import { checkNetworkIntent } from "../model/network/check-intent.ts";
import { checkClusterIntent } from "../model/network/cluster-intent.ts";
import { checkOverdue } from "../model/network/overdue.ts";
import { type EnvironmentIntent, environmentIntent } from "./intent.ts";
import { readOrganisationSettings } from "./organisation/settings.ts";
import { readSettings } from "./settings.ts";

const { values } = parseArgs({ options: { stack: { type: "string" } } });
if (values.stack === undefined) throw new Error("usage: node stacks/check.ts --stack NAME");
process.stdout.write(`${JSON.stringify(checkStack(values.stack))}\n`);

function checkStack(stack: string): { problems: Problem[]; intent?: EnvironmentIntent } {
  const config = configOf("bulkhead", `Pulumi.${stack}.yaml`);
  const problems = checkOrganisation(config["organisation"]);
  const read = readSettings(stack, config);
  if ("problems" in read) return { problems: [...read.problems, ...problems] };
  const intent = environmentIntent(read.settings);
  problems.unshift(...checkEnvironment(intent));
  // Where nothing else is at stake, what has outlived its day is told by the report alone.
  if (read.settings.protection === "on") {
    const today = new Date().toISOString().slice(0, 10);
    problems.unshift(...within("network", checkOverdue(intent.network, today)));
  }
  return problems.length > 0 ? { problems } : { problems, intent };
}

/** The organisation that the environment is built on; whether it is named is the settings' question. */
function checkOrganisation(named: unknown): Problem[] {
  if (typeof named !== "string") return [];
  const stack = named.slice(named.lastIndexOf("/") + 1);
  const config = configOf("bulkhead-organisation", `organisation/Pulumi.${stack}.yaml`);
  const read = readOrganisationSettings(stack, config);
  return "problems" in read ? read.problems : [];
}

/** The settings of a project's own namespace, as Pulumi keeps them in a stack's file. */
function configOf(project: string, path: string): Record<string, unknown> {
  const whole = join(import.meta.dirname, path);
  if (!existsSync(whole)) return {};
  const file = (load(readFileSync(whole, "utf8")) ?? {}) as { config?: Record<string, unknown> };
  const prefix = `${project}:`;
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
