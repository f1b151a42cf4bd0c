import { createRequire } from "node:module";
import { join } from "node:path";
import type { RunRequest } from "@pulumi/pulumi/proto/language_pb.js";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import { type Children, exitCodeOf } from "./children.ts";
import { optionsEnvironment, runtimeOptions } from "./options.ts";

/** The SDK's exit code for "the user has been told what is wrong; say nothing more". */
const bailExitCode = 32;
const abortExitCode = 128 + 6;

/** Node 22 warns of stripping types; whoever runs a program did not ask for that. */
export const quietNode = "--disable-warning=ExperimentalWarning";

/** Runs a program to its end and says how it ended, as the engine expects. */
export async function runProgram(
  request: RunRequest,
  engineAddress: string,
  children: Children,
): Promise<InstanceType<typeof languagePb.RunResponse>> {
  const response = new languagePb.RunResponse();
  const program = request.getInfo();
  const directory = program?.getProgramDirectory() ?? request.getPwd();
  try {
    const options = runtimeOptions(program);
    const entry = sdkModule(process.env["PULUMI_LANGUAGE_NODEJS_RUN_PATH"], "run", directory);
    const args = [
      quietNode,
      ...options.nodeargs,
      entry,
      ...programArguments(request, engineAddress),
    ];
    // stdout and stderr are the engine's own pipes: nothing is lost when the program ends.
    const child = await children.start(process.execPath, args, {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...programEnvironment(request), ...optionsEnvironment(options) },
    });
    const code = await exitCodeOf(child);
    if (code === bailExitCode) response.setBail(true);
    else if (code !== 0) response.setError(failure(code));
  } catch (error) {
    response.setError(error instanceof Error ? error.message : String(error));
  }
  return response;
}

/** The arguments of the SDK's `cmd/run`, entry point and the program's own arguments last. */
export function programArguments(request: RunRequest, engineAddress: string): string[] {
  const info = request.getInfo();
  const named: [string, string | undefined][] = [
    ["monitor", request.getMonitorAddress()],
    ["engine", engineAddress],
    ["organization", request.getOrganization()],
    ["project", request.getProject()],
    ["root-directory", info?.getRootDirectory()],
    ["stack", request.getStack()],
    ["pwd", info?.getProgramDirectory() ?? request.getPwd()],
  ];
  return [
    ...named.flatMap(([name, value]) => (value ? [`--${name}`, value] : [])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    "--parallel",
    String(request.getParallel()),
    info?.getEntryPoint() || ".",
    ...request.getArgsList(),
  ];
}

/**
 * Configuration as the SDK reads it. Keys go out in the form `namespace:config:name`, which SDKs
 * of every age understand.
 */
export function programEnvironment(request: RunRequest): Record<string, string> {
  const config = [...request.getConfigMap().entries()].map(([key, value]) => {
    const [namespace, ...name] = key.split(":");
    return [`${namespace}:config:${name.join(":").replace(/^config:/, "")}`, value];
  });
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(config)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}

/** An entry point of the SDK that belongs to `directory`'s packages, by Node's own resolution. */
export function sdkModule(override: string | undefined, name: string, directory: string): string {
  const wanted = override || `@pulumi/pulumi/cmd/${name}`;
  try {
    return createRequire(join(directory, "package.json")).resolve(wanted);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new Error(
      `cannot find ${wanted} from ${directory}: its npm packages are not installed. ` +
        "Run `./bulkhead doctor` in Bulkhead's own folder, or `npm ci` in the program's.",
    );
  }
}

function failure(code: number): string {
  const hint =
    code === abortExitCode
      ? ". If it ran out of memory: NODE_OPTIONS=--max-old-space-size=4096 (MB) gives it more"
      : "";
  return `Program exited with non-zero exit code: ${code}${hint}`;
}
