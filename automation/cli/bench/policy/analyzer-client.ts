/** A pack as the engine speaks to it, for measurements. */
import { credentials, type ServiceError } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { BenchResource } from "./resources.ts";

type Response = InstanceType<typeof proto.AnalyzeResponse>;

/** One connection to one pack. */
export class AnalyzerClient {
  readonly #client: InstanceType<typeof services.AnalyzerClient>;

  constructor(port: number) {
    this.#client = new services.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
      "grpc.use_local_subchannel_pool": 1,
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
    });
  }

  /** Hands over the stack's name and that this is a preview. */
  async configure(): Promise<void> {
    const request = new proto.AnalyzerStackConfigureRequest()
      .setStack("bench")
      .setProject("bench")
      .setDryRun(true);
    await answer((reply) => this.#client.configureStack(request, reply));
  }

  /** Milliseconds that all resources take, one after the other, as the engine asks. */
  async analyze(resources: readonly BenchResource[]): Promise<number> {
    const requests = resources.map((resource) => fill(new proto.AnalyzeRequest(), resource));
    const started = performance.now();
    for (const request of requests) {
      await answer<Response>((reply) => this.#client.analyze(request, reply));
    }
    return performance.now() - started;
  }

  /** Milliseconds that the stack as a whole takes. */
  async analyzeStack(resources: readonly BenchResource[]): Promise<number> {
    const list = resources.map((resource) => {
      const message = fill(new proto.AnalyzerResource(), resource);
      for (const [property, names] of Object.entries(resource.dependsOn)) {
        const urns = names.map((name) => urnOf(resources.find((one) => one.name === name)));
        const dependencies = new proto.AnalyzerPropertyDependencies().setUrnsList(urns);
        message.getPropertydependenciesMap().set(property, dependencies);
      }
      return message;
    });
    const request = new proto.AnalyzeStackRequest().setResourcesList(list);
    const started = performance.now();
    await answer<Response>((reply) => this.#client.analyzeStack(request, reply));
    return performance.now() - started;
  }

  /** Ends the connection. */
  close(): void {
    this.#client.close();
  }
}

function fill<T extends InstanceType<typeof proto.AnalyzeRequest | typeof proto.AnalyzerResource>>(
  message: T,
  resource: BenchResource,
): T {
  message.setType(resource.type);
  message.setName(resource.name);
  message.setUrn(urnOf(resource));
  message.setProperties(struct.Struct.fromJavaScript(resource.props as never));
  message.setOptions(new proto.AnalyzerResourceOptions());
  return message;
}

function urnOf(resource: BenchResource | undefined): string {
  return `urn:pulumi:bench::bench::${resource?.type}::${resource?.name}`;
}

function answer<T>(
  ask: (reply: (error: ServiceError | null, value: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    ask((error, value) => (error === null ? resolve(value) : reject(error)));
  });
}
