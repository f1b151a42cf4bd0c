import type { ChildProcess } from "node:child_process";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzerPb from "@pulumi/pulumi/proto/analyzer_pb.js";

type StartPack = (stackEnvironment: Record<string, string>) => Promise<ChildProcess>;
type Call = grpc.ServerUnaryCall<Buffer, Buffer>;

const loopback = "127.0.0.1:0";
/** Stacks of any size: the engine itself sets no limit on messages. */
const options = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
const asIs = (bytes: Buffer): Buffer => bytes;
const configureStackPath = "/pulumirpc.Analyzer/ConfigureStack";
/** Before the stack is known there is no pack to ask; both are optional for the engine. */
const answeredHere = new Set(["/pulumirpc.Analyzer/Handshake", "/pulumirpc.Analyzer/Cancel"]);

/** Stands before a policy pack and passes every call on, byte for byte. */
export class PolicyProxy {
  /** The pack's process, once the engine has made its first call. */
  readonly started: Promise<ChildProcess>;
  readonly #server = new grpc.Server(options);
  readonly #startPack: StartPack;
  #resolveStarted: (child: ChildProcess) => void = () => {};
  #rejectStarted: (error: unknown) => void = () => {};
  #pack: Promise<grpc.Client> | undefined;
  #portSeen = false;

  constructor(startPack: StartPack) {
    this.#startPack = startPack;
    this.started = new Promise((resolve, reject) => {
      this.#resolveStarted = resolve;
      this.#rejectStarted = reject;
    });
    this.#server.addService(rawAnalyzer(), this.#handlers());
  }

  /** Serves on a free port of the loopback, which is returned. */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.bindAsync(loopback, grpc.ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  }

  /** Ends the proxy's side; the pack's process is its owner's to end. */
  close(): void {
    this.#server.forceShutdown();
    this.#pack?.then((client) => client.close()).catch(() => undefined);
    this.#rejectStarted(new Error("the engine left before it used the policy pack"));
  }

  /** The pack's output after its first line, which is its port and not meant for the engine. */
  withoutPort(chunk: Buffer): Buffer {
    if (this.#portSeen) return chunk;
    const end = chunk.indexOf("\n");
    if (end < 0) return Buffer.alloc(0);
    this.#portSeen = true;
    return chunk.subarray(end + 1);
  }

  #handlers(): grpc.UntypedServiceImplementation {
    const handle = (path: string) => (call: Call, reply: grpc.sendUnaryData<Buffer>) => {
      if (answeredHere.has(path) && this.#pack === undefined) {
        reply({ code: grpc.status.UNIMPLEMENTED });
        return;
      }
      this.#forward(path, call, reply).catch((error: unknown) =>
        reply({ code: grpc.status.INTERNAL, details: String(error) }),
      );
    };
    return Object.fromEntries(
      Object.entries(AnalyzerService).map(([name, method]) => [name, handle(method.path)]),
    ) as grpc.UntypedServiceImplementation;
  }

  async #forward(path: string, call: Call, reply: grpc.sendUnaryData<Buffer>): Promise<void> {
    this.#pack ??= this.#connect(path === configureStackPath ? call.request : undefined);
    const pack = await this.#pack;
    const sent = pack.makeUnaryRequest(path, asIs, asIs, call.request, (error, answer) =>
      error ? reply({ code: error.code, details: error.details }) : reply(null, answer ?? null),
    );
    call.on("cancelled", () => sent.cancel());
  }

  async #connect(configureStack: Buffer | undefined): Promise<grpc.Client> {
    try {
      const child = await this.#startPack(configureStack ? stackEnvironment(configureStack) : {});
      this.#resolveStarted(child);
      const port = await firstLine(child);
      return new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
    } catch (error) {
      this.#rejectStarted(error);
      throw error;
    }
  }
}

/** What `pulumi.getStack()`, `Config` and their like read inside a pack. */
export function stackEnvironment(configureStack: Uint8Array): Record<string, string> {
  const stack = analyzerPb.AnalyzerStackConfigureRequest.deserializeBinary(configureStack);
  const values = {
    PULUMI_NODEJS_ORGANIZATION: stack.getOrganization(),
    PULUMI_NODEJS_PROJECT: stack.getProject(),
    PULUMI_NODEJS_STACK: stack.getStack(),
    PULUMI_NODEJS_DRY_RUN: String(stack.getDryRun()),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(stack.getConfigMap().entries())),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}

function rawAnalyzer(): grpc.ServiceDefinition {
  return Object.fromEntries(
    Object.entries(AnalyzerService).map(([name, method]) => [
      name,
      {
        path: method.path,
        requestStream: false,
        responseStream: false,
        requestSerialize: asIs,
        requestDeserialize: asIs,
        responseSerialize: asIs,
        responseDeserialize: asIs,
      },
    ]),
  ) as grpc.ServiceDefinition;
}

/** The port a pack prints first; a pack that ends before has said why on stderr. */
function firstLine(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let seen = "";
    child.stdout?.on("data", function read(chunk: Buffer) {
      seen += chunk.toString();
      if (!seen.includes("\n")) return;
      child.stdout?.off("data", read);
      const port = Number(seen.slice(0, seen.indexOf("\n")).trim());
      if (Number.isInteger(port) && port > 0) resolve(port);
      else
        reject(new Error(`the policy pack printed ${JSON.stringify(seen)} where its port belongs`));
    });
    child.once("exit", (code, signal) =>
      reject(new Error(`the policy pack ended before it served (${code ?? signal})`)),
    );
  });
}
