/** A provider as the engine speaks to it, for measurements. */
import { credentials, type ServiceError } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";

type Properties = Parameters<typeof struct.Struct.fromJavaScript>[0];

/** One connection to one provider of `aws`. */
export class ProviderClient {
  private readonly client: InstanceType<typeof services.ResourceProviderClient>;

  constructor(port: number) {
    this.client = new services.ResourceProviderClient(
      `127.0.0.1:${port}`,
      credentials.createInsecure(),
      { "grpc.use_local_subchannel_pool": 1, "grpc.max_receive_message_length": -1 },
    );
  }

  /** Configures the connection. */
  async configure(config: Properties): Promise<void> {
    const request = new proto.ConfigureRequest().setArgs(struct.Struct.fromJavaScript(config));
    await answer((reply) => this.client.configure(request, reply));
  }

  /** Checks the inputs of a resource; returns how long it took, in milliseconds. */
  async check(token: string, name: string, inputs: Properties): Promise<number> {
    const request = new proto.CheckRequest()
      .setUrn(urnOf(token, name))
      .setType(token)
      .setNews(struct.Struct.fromJavaScript(inputs))
      .setRandomseed(Buffer.from(name));
    const started = performance.now();
    const response = await answer<InstanceType<typeof proto.CheckResponse>>((reply) =>
      this.client.check(request, reply),
    );
    const elapsedMs = performance.now() - started;
    const [failure] = response.getFailuresList();
    if (failure !== undefined) throw new Error(`${name}: ${failure.getReason()}`);
    return elapsedMs;
  }

  /** Creates a resource. */
  async create(token: string, name: string, inputs: Properties): Promise<void> {
    const request = new proto.CreateRequest()
      .setUrn(urnOf(token, name))
      .setType(token)
      .setProperties(struct.Struct.fromJavaScript(inputs));
    await answer((reply) => this.client.create(request, reply));
  }

  /** Ends the connection. */
  close(): void {
    this.client.close();
  }
}

function urnOf(token: string, name: string): string {
  return `urn:pulumi:bench::bench::${token}::${name}`;
}

function answer<T>(
  send: (reply: (error: ServiceError | null, response: T) => void) => unknown,
): Promise<T> {
  return new Promise((resolve, reject) => {
    send((error, response) => (error === null ? resolve(response) : reject(error)));
  });
}
