/**
 * Whether the engine previews or updates. The engine says so when it configures the stack, but
 * @pulumi/policy 1.21 keeps only the stack's tags of that message; this listens to it on the way.
 */
import analyzer from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type { Phase } from "./verdict-log.ts";

let phase: Phase = fromEnvironment(process.env["PULUMI_DRY_RUN"]);

/** Starts to listen, and calls `told` as soon as the engine says it; call before the pack is served. */
export function listenForPhase(told: () => void): void {
  const method = analyzer.AnalyzerService.configureStack;
  const deserialize = method.requestDeserialize;
  method.requestDeserialize = (bytes: Buffer) => {
    const request = deserialize(bytes);
    phase = request.getDryRun() ? "preview" : "update";
    told();
    return request;
  };
}

/** The operation under way; undefined where the engine did not say. */
export function currentPhase(): Phase {
  return phase;
}

/** Engines that start the pack without a language host say it in the environment. */
function fromEnvironment(value: string | undefined): Phase {
  if (value === "true") return "preview";
  return value === "false" ? "update" : undefined;
}
