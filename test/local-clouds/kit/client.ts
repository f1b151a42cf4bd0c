/** A provider service as the engine meets it: a real client over a real connection. */

import { credentials, type ServiceError } from "@grpc/grpc-js";
import type plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import type empty from "google-protobuf/google/protobuf/empty_pb.js";
import { fromStruct, toStruct } from "../../../local-clouds/protocol/struct.ts";
import type { ValueObject } from "../../../local-clouds/protocol/value.ts";
import { urnOf } from "./lab.ts";
import { sample } from "./sample.ts";

/** A connected client. */
export type Client = InstanceType<typeof services.ResourceProviderClient>;

/** Requests and answers of the methods under test. */
interface Methods {
  getPluginInfo: [empty.Empty, plugin.PluginInfo];
  attach: [plugin.PluginAttach, empty.Empty];
  cancel: [empty.Empty, empty.Empty];
  handshake: [proto.ProviderHandshakeRequest, proto.ProviderHandshakeResponse];
  getSchema: [proto.GetSchemaRequest, proto.GetSchemaResponse];
  checkConfig: [proto.CheckRequest, proto.CheckResponse];
  diffConfig: [proto.DiffRequest, proto.DiffResponse];
  configure: [proto.ConfigureRequest, proto.ConfigureResponse];
  check: [proto.CheckRequest, proto.CheckResponse];
  diff: [proto.DiffRequest, proto.DiffResponse];
  create: [proto.CreateRequest, proto.CreateResponse];
  read: [proto.ReadRequest, proto.ReadResponse];
  update: [proto.UpdateRequest, proto.UpdateResponse];
  delete: [proto.DeleteRequest, empty.Empty];
  invoke: [proto.InvokeRequest, proto.InvokeResponse];
}

/** Connects to a server; without a channel of its own two clients would share one connection. */
export function connectTo(port: number): Client {
  return new services.ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
    "grpc.use_local_subchannel_pool": 1,
  });
}

/** Sends one request. */
export function ask<K extends keyof Methods>(
  client: Client,
  method: K,
  request: Methods[K][0],
): Promise<Methods[K][1]> {
  type Send = (
    request: Methods[K][0],
    reply: (error: ServiceError | null, answer: Methods[K][1]) => void,
  ) => void;
  const send = client[method].bind(client) as Send;
  return new Promise((resolve, reject) => {
    send(request, (error, answer) => (error === null ? resolve(answer) : reject(error)));
  });
}

/** Configures a connection. */
export function configure(client: Client, config: ValueObject) {
  return ask(client, "configure", new proto.ConfigureRequest().setArgs(toStruct(config)));
}

/** Inputs as Check answers them. */
export async function check(
  client: Client,
  token: string,
  news: ValueObject,
): Promise<ValueObject> {
  return fromStruct((await ask(client, "check", checkRequest(token, news))).getInputs());
}

/** A Check of the resource `r`. */
export function checkRequest(token: string, news: ValueObject) {
  const urn = urnOf(token, "r");
  return new proto.CheckRequest()
    .setUrn(urn)
    .setType(token)
    .setNews(toStruct(news))
    .setRandomseed(Buffer.from("s"));
}

/** Creates, or previews the creation. */
export function create(
  client: Client,
  token: string,
  inputs: ValueObject,
  preview: boolean,
  name = "r",
) {
  const request = new proto.CreateRequest().setUrn(urnOf(token, name)).setType(token);
  return ask(client, "create", request.setProperties(toStruct(inputs)).setPreview(preview));
}

/** A Read of the resource `r`. */
export function readRequest(token: string, id: string) {
  return new proto.ReadRequest().setUrn(urnOf(token, "r")).setType(token).setId(id);
}

/** A Diff of the sample network. */
export function diffRequest(
  id: string,
  olds: ValueObject,
  outputs: ValueObject,
  news: ValueObject,
) {
  return new proto.DiffRequest()
    .setUrn(urnOf(sample.network, "r"))
    .setId(id)
    .setOldInputs(toStruct(olds))
    .setOlds(toStruct(outputs))
    .setNews(toStruct(news));
}

/** An Update of the sample network. */
export function updateRequest(
  id: string,
  olds: ValueObject,
  outputs: ValueObject,
  news: ValueObject,
) {
  return new proto.UpdateRequest()
    .setUrn(urnOf(sample.network, "r"))
    .setId(id)
    .setOldInputs(toStruct(olds))
    .setOlds(toStruct(outputs))
    .setNews(toStruct(news));
}

/** A Delete of the sample network. */
export function deleteRequest(id: string, outputs: ValueObject) {
  return new proto.DeleteRequest()
    .setUrn(urnOf(sample.network, "r"))
    .setId(id)
    .setProperties(toStruct(outputs));
}

/** Whether an error carries a gRPC code. */
export function code(expected: number) {
  return (error: unknown) => (error as ServiceError).code === expected;
}
