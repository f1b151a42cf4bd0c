import type { ChildProcess } from "node:child_process";
import type { ServerWritableStream } from "@grpc/grpc-js";
import type { RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb.js";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import { type Children, exitCodeOf } from "./children.ts";
import { optionsEnvironment, runtimeOptions } from "./options.ts";
import { PolicyProxy } from "./policy-proxy.ts";
import { quietNode, sdkModule } from "./program.ts";

type Stream = ServerWritableStream<RunPluginRequest, RunPluginResponse>;
type Output = "stdout" | "stderr";

/** Runs a plugin written for Node, its output streamed to the engine, its exit code last. */
export async function runPlugin(stream: Stream, children: Children): Promise<void> {
  if (stream.request.getKind() === "analyzer") await runPolicyPack(stream, children);
  else await runPlainPlugin(stream, children);
}

async function runPlainPlugin(stream: Stream, children: Children): Promise<void> {
  const { request } = stream;
  const override = process.env["PULUMI_LANGUAGE_NODEJS_RUN_PATH"];
  const directory = directoryOf(request);
  const start = [
    sdkModule(override, "run-plugin", directory),
    ...runtimeOptions(request.getInfo()).nodeargs,
    directory,
    ...request.getArgsList(),
  ];
  const child = await startPlugin(stream, children, start, request.getPwd(), {});
  child.stdout?.on("data", (chunk: Buffer) => write(stream, "stdout", chunk));
  await finish(stream, child);
}

/**
 * A policy pack learns its stack from its environment, but the engine tells it only once the pack
 * is connected. So a proxy is connected first, and the pack is started when the stack is known.
 */
async function runPolicyPack(stream: Stream, children: Children): Promise<void> {
  const { request } = stream;
  const directory = directoryOf(request);
  const start = [
    sdkModule(undefined, "run-policy-pack", directory),
    ...runtimeOptions(request.getInfo()).nodeargs,
    ...request.getArgsList(),
    directory,
  ];
  const proxy = new PolicyProxy((stackEnvironment) =>
    startPlugin(stream, children, start, directory, stackEnvironment),
  );
  stream.on("cancelled", () => proxy.close());
  write(stream, "stdout", `${await proxy.listen()}\n`);
  const child = await proxy.started;
  child.stdout?.on("data", (chunk: Buffer) => write(stream, "stdout", proxy.withoutPort(chunk)));
  await finish(stream, child);
  proxy.close();
}

async function startPlugin(
  stream: Stream,
  children: Children,
  args: readonly string[],
  cwd: string,
  environment: Record<string, string>,
): Promise<ChildProcess> {
  const { request } = stream;
  const options = runtimeOptions(request.getInfo());
  const given = request.getEnvList().map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  const child = await children.start(process.execPath, [quietNode, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...Object.fromEntries(given), ...optionsEnvironment(options), ...environment },
  });
  child.stderr?.on("data", (chunk: Buffer) => write(stream, "stderr", chunk));
  const end = (): void => void children.end(child);
  if (stream.cancelled) end();
  else stream.on("cancelled", end);
  return child;
}

async function finish(stream: Stream, child: ChildProcess): Promise<void> {
  const [code] = await Promise.all([
    exitCodeOf(child),
    drained(child, "stdout"),
    drained(child, "stderr"),
  ]);
  if (stream.cancelled) return;
  if (code !== 0) {
    const last = new languagePb.RunPluginResponse();
    last.setExitcode(code);
    stream.write(last);
  }
  stream.end();
}

function drained(child: ChildProcess, output: Output): Promise<void> {
  const pipe = child[output];
  if (!pipe || pipe.readableEnded || pipe.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    pipe.once("close", resolve);
  });
}

function write(stream: Stream, output: Output, chunk: Buffer | string): void {
  if (stream.cancelled || chunk.length === 0) return;
  const bytes = Buffer.from(chunk);
  const message = new languagePb.RunPluginResponse();
  if (output === "stdout") message.setStdout(bytes);
  else message.setStderr(bytes);
  stream.write(message);
}

function directoryOf(request: RunPluginRequest): string {
  return request.getInfo()?.getProgramDirectory() || request.getProgram();
}
