/**
 * A provider that does nothing: what a request costs without any cloud behind it. Run as a process
 * (`node stub-provider.ts`), it prints its port and serves until its standard input ends.
 */
import { randomUUID } from "node:crypto";
import grpc, { type handleUnaryCall } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

/** Every request is answered with what it brought. */
const answers: Readonly<Record<string, (request: never) => unknown>> = {
  getPluginInfo: () => new plugin.PluginInfo().setVersion("7.48.0"),
  attach: () => new empty.Empty(),
  cancel: () => new empty.Empty(),
  checkConfig: (request: messages.CheckRequest) =>
    new proto.CheckResponse().setInputs(request.getNews()),
  diffConfig: () => new proto.DiffResponse(),
  configure: () => new proto.ConfigureResponse().setSupportspreview(true),
  check: (request: messages.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews()),
  diff: () => new proto.DiffResponse(),
  create: (request: messages.CreateRequest) =>
    new proto.CreateResponse()
      .setId(request.getPreview() ? "" : randomUUID())
      .setProperties(request.getProperties()),
  update: (request: messages.UpdateRequest) =>
    new proto.UpdateResponse().setProperties(request.getNews()),
  delete: () => new empty.Empty(),
};

const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
server.addService(
  services.ResourceProviderService,
  Object.fromEntries(
    Object.entries(answers).map(([method, answer]) => [method, unary(answer)] as const),
  ),
);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});
process.stdin.on("end", () => server.forceShutdown()).resume();

function unary(answer: (request: never) => unknown): handleUnaryCall<unknown, unknown> {
  return (call, reply) => reply(null, answer(call.request as never));
}
