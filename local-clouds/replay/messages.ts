/** Between the JSON of a recording and the messages of the provider protocol. */

import type * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { Provider } from "../protocol/provider.ts";
import type { Json, JsonObject } from "../protocol/value.ts";
import { objectOf, type ReplayedMethod } from "./recording.ts";

/** Feeds one request and gives its answer in the form in which recordings hold it. */
export async function feed(
  provider: Provider,
  peer: string,
  method: ReplayedMethod,
  request: JsonObject,
): Promise<JsonObject> {
  switch (method) {
    case "CheckConfig":
      return checked(provider.checkConfig(checkRequest(request)));
    case "DiffConfig":
      return differing(provider.diffConfig(diffRequest(request)));
    case "Configure":
      return configured(provider.configure(configureRequest(request), peer));
    case "Check":
      return checked(provider.check(checkRequest(request), peer));
    case "Diff":
      return differing(provider.diff(diffRequest(request), peer));
    case "Create":
      return withId(await provider.create(createRequest(request), peer));
    case "Update":
      return withProperties(provider.update(updateRequest(request), peer));
    case "Read":
      return readAnswer(provider.read(readRequest(request), peer));
    case "Delete":
      provider.delete(deleteRequest(request), peer);
      return {};
    case "Invoke":
      return { return: plain(provider.invoke(invokeRequest(request), peer).getReturn()) };
  }
}

/** The Configure message of a recorded request. */
export function configureRequest(request: JsonObject): messages.ConfigureRequest {
  const message = new proto.ConfigureRequest().setArgs(structOf(request, "args"));
  for (const [key, value] of Object.entries(objectOf(request["variables"])))
    message.getVariablesMap().set(key, String(value));
  return message;
}

function checkRequest(request: JsonObject): messages.CheckRequest {
  const message = new proto.CheckRequest()
    .setUrn(textOf(request, "urn"))
    .setType(textOf(request, "type"))
    .setOlds(structOf(request, "olds"))
    .setNews(structOf(request, "news"))
    .setRandomseed(Buffer.from(textOf(request, "randomSeed"), "base64"));
  if (request["autonaming"] === undefined) return message;
  const wish = objectOf(request["autonaming"]);
  return message.setAutonaming(
    new proto.CheckRequest.AutonamingOptions()
      .setProposedName(textOf(wish, "proposedName"))
      .setMode(autonamingModes[textOf(wish, "mode")] ?? 0),
  );
}

function diffRequest(request: JsonObject): messages.DiffRequest {
  return new proto.DiffRequest()
    .setId(textOf(request, "id"))
    .setUrn(textOf(request, "urn"))
    .setType(textOf(request, "type"))
    .setOlds(structOf(request, "olds"))
    .setNews(structOf(request, "news"))
    .setOldInputs(structOf(request, "oldInputs"))
    .setIgnorechangesList(textsOf(request["ignoreChanges"]));
}

function createRequest(request: JsonObject): messages.CreateRequest {
  return new proto.CreateRequest()
    .setUrn(textOf(request, "urn"))
    .setType(textOf(request, "type"))
    .setProperties(structOf(request, "properties"))
    .setPreview(request["preview"] === true);
}

function updateRequest(request: JsonObject): messages.UpdateRequest {
  return new proto.UpdateRequest()
    .setId(textOf(request, "id"))
    .setUrn(textOf(request, "urn"))
    .setType(textOf(request, "type"))
    .setOlds(structOf(request, "olds"))
    .setNews(structOf(request, "news"))
    .setOldInputs(structOf(request, "oldInputs"))
    .setPreview(request["preview"] === true);
}

function readRequest(request: JsonObject): messages.ReadRequest {
  return new proto.ReadRequest()
    .setId(textOf(request, "id"))
    .setUrn(textOf(request, "urn"))
    .setType(textOf(request, "type"))
    .setProperties(structOf(request, "properties"))
    .setInputs(structOf(request, "inputs"));
}

function deleteRequest(request: JsonObject): messages.DeleteRequest {
  return new proto.DeleteRequest()
    .setId(textOf(request, "id"))
    .setUrn(textOf(request, "urn"))
    .setType(textOf(request, "type"))
    .setProperties(structOf(request, "properties"))
    .setOldInputs(structOf(request, "oldInputs"));
}

function invokeRequest(request: JsonObject): messages.InvokeRequest {
  return new proto.InvokeRequest()
    .setTok(textOf(request, "tok"))
    .setArgs(structOf(request, "args"));
}

function checked(answer: messages.CheckResponse): JsonObject {
  const failures = answer
    .getFailuresList()
    .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
  return { inputs: plain(answer.getInputs()), ...(failures.length > 0 ? { failures } : {}) };
}

/** Fields with their empty value are left out, as protobuf's JSON form has it. */
function differing(answer: messages.DiffResponse): JsonObject {
  const out: Record<string, Json> = {};
  const changes = nameOf(proto.DiffResponse.DiffChanges, answer.getChanges());
  if (answer.getChanges() !== 0) out["changes"] = changes;
  const lists = {
    diffs: answer.getDiffsList(),
    replaces: answer.getReplacesList(),
    stables: answer.getStablesList(),
  };
  for (const [key, list] of Object.entries(lists)) if (list.length > 0) out[key] = list;
  if (answer.getDeletebeforereplace()) out["deleteBeforeReplace"] = true;
  if (answer.getHasdetaileddiff()) out["hasDetailedDiff"] = true;
  const detailed: Record<string, Json> = {};
  answer.getDetaileddiffMap().forEach((change: messages.PropertyDiff, path: string) => {
    const kind = change.getKind();
    detailed[path] = {
      ...(kind === 0 ? {} : { kind: nameOf(proto.PropertyDiff.Kind, kind) }),
      ...(change.getInputdiff() ? { inputDiff: true } : {}),
    };
  });
  return Object.keys(detailed).length > 0 ? { ...out, detailedDiff: detailed } : out;
}

function configured(answer: messages.ConfigureResponse): JsonObject {
  const flags = {
    supportsPreview: answer.getSupportspreview(),
    acceptSecrets: answer.getAcceptsecrets(),
    acceptResources: answer.getAcceptresources(),
    supportsAutonamingConfiguration: answer.getSupportsAutonamingConfiguration(),
  };
  return Object.fromEntries(Object.entries(flags).filter(([, flag]) => flag));
}

function withId(answer: messages.CreateResponse): JsonObject {
  const id = answer.getId();
  return { ...(id === "" ? {} : { id }), properties: plain(answer.getProperties()) };
}

function withProperties(answer: messages.UpdateResponse): JsonObject {
  return { properties: plain(answer.getProperties()) };
}

function readAnswer(answer: messages.ReadResponse): JsonObject {
  if (answer.getId() === "") return {};
  return {
    id: answer.getId(),
    inputs: plain(answer.getInputs()),
    properties: plain(answer.getProperties()),
  };
}

function plain(message: Struct | undefined): JsonObject {
  return objectOf(message?.toJavaScript() as Json | undefined);
}

function structOf(request: JsonObject, key: string): Struct | undefined {
  const value = request[key];
  return value === undefined ? undefined : struct.Struct.fromJavaScript(objectOf(value));
}

function textOf(request: JsonObject, key: string): string {
  const value = request[key];
  return typeof value === "string" ? value : "";
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function nameOf(names: object, value: number): string {
  return Object.entries(names).find(([, number]) => number === value)?.[0] ?? String(value);
}

/** `CheckRequest.AutonamingOptions.Mode`. */
const autonamingModes: Readonly<Record<string, 0 | 1 | 2>> = { PROPOSE: 0, ENFORCE: 1, DISABLE: 2 };
