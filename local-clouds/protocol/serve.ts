/** Serving packages by gRPC: one server and one port on 127.0.0.1 for each. */

import {
  type handleUnaryCall,
  logVerbosity,
  Server,
  ServerCredentials,
  type StatusObject,
  setLogVerbosity,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { formatProblem, ProblemError } from "../../model/base/problem.ts";
import { BadRequest, type Clouds, Refused } from "../lifecycle/session.ts";
import type { CloudPackage } from "../types/package.ts";
import { BadConfiguration } from "../types/profile.ts";
import { isFull, storageProblem } from "../world/storage.ts";
import { InjectedFailure, underFaults } from "./faulty.ts";
import { portTaken } from "./port.ts";
import { Provider } from "./provider.ts";
import { NotYetKnown } from "./value.ts";
import { MalformedValue } from "./wire.ts";

// The library would write to standard error what is reported here anyway.
setLogVerbosity(logVerbosity.NONE);

/** Largest message taken and sent; the engine's own limit is 400 MiB. */
const messageBytesMax = 400 * 1024 * 1024;

/** How long running calls may take to end after a stop was asked for. */
const stopMsMax = 3000;

/** A package being served. */
export interface Served {
  readonly name: string;
  readonly port: number;
  /** Lets running calls end, then closes. */
  stop(): Promise<void>;
}

/** Methods that are answered; gRPC answers `Unimplemented` to the others, as the real providers do. */
const methods = [
  "getPluginInfo",
  "attach",
  "cancel",
  "checkConfig",
  "diffConfig",
  "configure",
  "check",
  "diff",
  "create",
  "update",
  "read",
  "delete",
  "invoke",
] as const;

/** Starts the server of a package; `port` 0 takes any free one. */
export async function serve(clouds: Clouds, cloud: CloudPackage, port: number): Promise<Served> {
  const server = new Server({
    "grpc.max_receive_message_length": messageBytesMax,
    "grpc.max_send_message_length": messageBytesMax,
  });
  server.addService(services.ResourceProviderService, implementation(clouds, cloud));
  const bound = await bind(server, port).catch((error: unknown) => {
    throw new ProblemError([portTaken(`port of ${cloud.profile.name}`, port, error)]);
  });
  return { name: cloud.profile.name, port: bound, stop: () => stop(server) };
}

type Answer = (request: never, peer: string) => unknown;

function implementation(clouds: Clouds, cloud: CloudPackage): UntypedServiceImplementation {
  const provider = new Provider(clouds, cloud);
  const out: UntypedServiceImplementation = {};
  for (const method of methods) {
    const answer = provider[method].bind(provider) as Answer;
    out[method] = unary(underFaults(clouds, cloud, method, answer));
  }
  return out;
}

function unary(answer: Answer): handleUnaryCall<unknown, unknown> {
  return (call, reply) => {
    // A table's function may fail in any way: the caller gets an answer all the same.
    Promise.resolve()
      .then(() => answer(call.request as never, call.getPeer()))
      .then(
        (value) => reply(null, value),
        (error: unknown) => reply(statusOf(error), null),
      );
  };
}

function statusOf(error: unknown): Partial<StatusObject> {
  if (error instanceof InjectedFailure) {
    return { code: error.code, details: error.message, metadata: error.metadata };
  }
  if (error instanceof Refused) return { code: status.UNKNOWN, details: error.message };
  if (
    error instanceof BadRequest ||
    error instanceof MalformedValue ||
    error instanceof NotYetKnown ||
    error instanceof BadConfiguration
  ) {
    return { code: status.INVALID_ARGUMENT, details: error.message };
  }
  const problem = storageProblem(error, "the world's file");
  if (problem !== undefined) {
    const code = isFull(error) ? status.RESOURCE_EXHAUSTED : status.DATA_LOSS;
    return { code, details: formatProblem(problem) };
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: status.INTERNAL, details: `error in the local clouds: ${details}` };
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), stopMsMax);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
