/**
 * Bulkhead's own `pulumi-language-nodejs`, for machines where Pulumi's own is absent: the engine
 * starts it, reads the port from its first line of output, and asks it to run programs and packs.
 */
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { childFamilies, hostVersion, languageRuntime } from "./service.ts";

const parentCheckMs = 1_000;
/** Stacks of any size: the engine itself sets no limit on messages. */
const options = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

function main(args: readonly string[]): void {
  if (args.includes("--version") || args.includes("-version")) {
    console.log(hostVersion);
    return;
  }
  // The engine's address is the last argument; flags before it concern tracing and logging.
  const engineAddress = args.at(-1) ?? "";
  const { programs, plugins } = childFamilies();
  const server = new Server(options);
  server.addService(LanguageRuntimeService, languageRuntime(engineAddress, programs, plugins));
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    console.log(String(port));
  });

  const stop = async (): Promise<void> => {
    await Promise.all([programs.endAll(), plugins.endAll()]);
    server.forceShutdown();
    process.exit(0);
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());
  stopWhenOrphaned(stop);
}

/** An engine that was killed says no goodbye, but its child then has another parent. */
function stopWhenOrphaned(stop: () => Promise<void>): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    void stop();
  }, parentCheckMs);
}

main(process.argv.slice(2));
