/** Warnings to the engine that asked, shown to the person as diagnostics (`proto/pulumi/engine.proto`). */

import { credentials, Metadata } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/engine_pb.js";

/** Engines remembered; the oldest is forgotten first. */
const enginesMax = 4096;

/** How long an engine may take to take a warning. */
const warnMsMax = 1000;

/** The engines behind the connections of one server. */
export class EngineLog {
  private readonly addresses = new Map<string, string>();
  private readonly told = new Set<string>();

  /** Remembers where the engine of a connection listens, as its Attach says. */
  attach(peer: string, address: string): void {
    // Engines that attach run on this machine; nobody else is called.
    if (!/^127\.0\.0\.1:\d+$/.test(address)) return;
    this.addresses.delete(peer);
    this.addresses.set(peer, address);
    const oldest = this.addresses.keys().next();
    if (this.addresses.size > enginesMax && !oldest.done) this.addresses.delete(oldest.value);
  }

  /** Tells a connection's engine once; an engine that cannot be reached is not told. */
  async warn(peer: string, urn: string, message: string): Promise<void> {
    const address = this.addresses.get(peer);
    const key = `${address} ${message}`;
    if (address === undefined || this.told.has(key)) return;
    if (this.told.size >= enginesMax) this.told.clear();
    this.told.add(key);
    const client = new services.EngineClient(address, credentials.createInsecure());
    const request = new proto.LogRequest()
      .setSeverity(proto.LogSeverity.WARNING)
      .setMessage(message)
      .setUrn(urn);
    await new Promise<void>((resolve) => {
      client.log(request, new Metadata(), { deadline: Date.now() + warnMsMax }, () => resolve());
    });
    client.close();
  }
}
