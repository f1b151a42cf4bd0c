/**
 * One provider package behind Pulumi's `ResourceProvider` service
 * (`pulumi/pulumi:proto/pulumi/provider.proto`). Requests are decoded, handed to the lifecycle and
 * answered; nothing is decided here.
 */

import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import type * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { check } from "../lifecycle/check.ts";
import { create, previewCreate } from "../lifecycle/create.ts";
import { type DiffResult, diff } from "../lifecycle/diff.ts";
import { invoke } from "../lifecycle/invoke.ts";
import { read } from "../lifecycle/read.ts";
import { remove } from "../lifecycle/remove.ts";
import { BadRequest, type Clouds, type Session } from "../lifecycle/session.ts";
import { previewUpdate, update } from "../lifecycle/update.ts";
import type { CloudPackage } from "../types/package.ts";
import type { InputFault } from "../types/type.ts";
import { checkConfig, configOf, diffConfig } from "./config.ts";
import { anywhere, Connections } from "./connections.ts";
import { EngineLog } from "./engine-log.ts";
import { fromStruct, toStruct } from "./struct.ts";
import { tokenOf } from "./token.ts";
import { hasUnknown, revealObject, type ValueObject } from "./value.ts";

/** Answers the engine's requests for one package; `peer` names the connection. */
export class Provider {
  private readonly clouds: Clouds;
  private readonly cloud: CloudPackage;
  private readonly connections = new Connections();
  private readonly engineLog = new EngineLog();

  constructor(clouds: Clouds, cloud: CloudPackage) {
    this.clouds = clouds;
    this.cloud = cloud;
  }

  /** The version of the installed package. */
  getPluginInfo(): InstanceType<typeof plugin.PluginInfo> {
    return new plugin.PluginInfo().setVersion(this.cloud.version);
  }

  /** The engine attaches to a running provider and says where it takes messages. */
  attach(
    request: InstanceType<typeof plugin.PluginAttach>,
    peer: string,
  ): InstanceType<typeof empty.Empty> {
    this.engineLog.attach(peer, request.getAddress());
    return new empty.Empty();
  }

  /** The end of one command of one engine. The process serves others and stays. */
  cancel(): InstanceType<typeof empty.Empty> {
    return new empty.Empty();
  }

  /** Provider configuration: judged and completed. */
  checkConfig(request: messages.CheckRequest): messages.CheckResponse {
    const news = fromStruct(request.getNews());
    const { faults, config } = checkConfig(this.cloud.profile, news);
    return checkResponse(config, faults);
  }

  /** Whether a change of configuration replaces the provider. */
  diffConfig(request: messages.DiffRequest): messages.DiffResponse {
    const olds = fromStruct(request.getOldInputs() ?? request.getOlds());
    const { changed, replaces } = diffConfig(
      this.cloud.profile,
      olds,
      fromStruct(request.getNews()),
    );
    const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
    return new proto.DiffResponse()
      .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
      .setDiffsList(changed)
      .setReplacesList(replaces);
  }

  /** Keeps where this connection works. */
  configure(request: messages.ConfigureRequest, peer: string): messages.ConfigureResponse {
    const { profile } = this.cloud;
    const config = configOf(profile, fromStruct(request.getArgs()), request.getVariablesMap());
    this.connections.configure(peer, profile.scope(config));
    return new proto.ConfigureResponse()
      .setSupportspreview(true)
      .setAcceptsecrets(profile.answers.acceptsSecrets)
      .setAcceptresources(profile.answers.acceptsResources)
      .setSupportsAutonamingConfiguration(profile.answers.supportsAutonaming);
  }

  /** Inputs of a resource: named, completed, judged. */
  check(request: messages.CheckRequest, peer: string): messages.CheckResponse {
    const wish = request.getAutonaming();
    const result = check(this.session(peer), {
      urn: request.getUrn(),
      token: tokenOf(request),
      olds: fromStruct(request.getOlds()),
      news: fromStruct(request.getNews()),
      randomSeed: request.getRandomseed_asU8(),
      autonaming:
        wish === undefined
          ? undefined
          : {
              mode: autonamingModes[wish.getMode()] ?? "propose",
              proposedName: wish.getProposedName(),
            },
    });
    // Nobody waits for a warning to arrive.
    for (const warning of result.warnings)
      void this.engineLog.warn(peer, request.getUrn(), warning);
    return checkResponse(result.inputs, result.faults);
  }

  /** What a change of inputs means. */
  diff(request: messages.DiffRequest, peer: string): messages.DiffResponse {
    return diffResponse(
      this.cloud.profile.answers.inputDiff,
      diff(this.session(peer), {
        token: tokenOf(request),
        oldInputs: fromStruct(request.getOldInputs() ?? request.getOlds()),
        oldOutputs: fromStruct(request.getOlds()),
        newInputs: fromStruct(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
      }),
    );
  }

  /** Creates, or says what would be created. */
  async create(request: messages.CreateRequest, peer: string): Promise<messages.CreateResponse> {
    const wanted = {
      urn: request.getUrn(),
      token: tokenOf(request),
      inputs: fromStruct(request.getProperties()),
    };
    const session = this.configured(peer);
    const answer = request.getPreview()
      ? previewCreate(session, wanted)
      : await create(session, wanted);
    return new proto.CreateResponse().setId(answer.id).setProperties(toStruct(answer.outputs));
  }

  /** Updates, or says what an update would give. */
  update(request: messages.UpdateRequest, peer: string): messages.UpdateResponse {
    const wanted = {
      urn: request.getUrn(),
      token: tokenOf(request),
      id: request.getId(),
      oldInputs: fromStruct(request.getOldInputs()),
      oldOutputs: fromStruct(request.getOlds()),
      inputs: fromStruct(request.getNews()),
    };
    const session = this.session(peer);
    const answer = request.getPreview() ? previewUpdate(session, wanted) : update(session, wanted);
    return new proto.UpdateResponse().setProperties(toStruct(answer.outputs));
  }

  /** The resource as it is; an empty id when it is gone. */
  read(request: messages.ReadRequest, peer: string): messages.ReadResponse {
    const answer = read(this.session(peer), {
      urn: request.getUrn(),
      token: tokenOf(request),
      id: request.getId(),
      inputs: fromStruct(request.getInputs()),
      outputs: fromStruct(request.getProperties()),
    });
    const response = new proto.ReadResponse().setId(answer.id);
    if (answer.id === "") return response;
    return response.setInputs(toStruct(answer.inputs)).setProperties(toStruct(answer.outputs));
  }

  /** Deletes. */
  delete(request: messages.DeleteRequest, peer: string): InstanceType<typeof empty.Empty> {
    remove(this.session(peer), {
      urn: request.getUrn(),
      token: tokenOf(request),
      id: request.getId(),
      inputs: fromStruct(request.getOldInputs()),
      outputs: fromStruct(request.getProperties()),
    });
    return new empty.Empty();
  }

  /** Calls a provider function. */
  invoke(request: messages.InvokeRequest, peer: string): messages.InvokeResponse {
    const args = fromStruct(request.getArgs());
    if (hasUnknown(args)) throw new BadRequest(`${request.getTok()}: an argument is unknown`);
    const answer = invoke(
      this.configured(peer),
      request.getTok(),
      revealObject(args, request.getTok()),
    );
    return new proto.InvokeResponse().setReturn(toStruct(answer));
  }

  private session(peer: string): Session {
    return {
      clouds: this.clouds,
      cloud: this.cloud,
      scope: this.connections.scopeOf(peer) ?? anywhere,
    };
  }

  private configured(peer: string): Session {
    if (this.connections.scopeOf(peer) !== undefined) return this.session(peer);
    throw new BadRequest(
      `the provider ${this.cloud.profile.name} was not configured on this connection`,
    );
  }
}

const autonamingModes = ["propose", "enforce", "disable"] as const;

function checkResponse(inputs: ValueObject, faults: readonly InputFault[]): messages.CheckResponse {
  const failures = faults.map(({ property, reason, placed }) =>
    new proto.CheckFailure().setProperty(placed === true ? "" : property).setReason(reason),
  );
  return new proto.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(failures);
}

function diffResponse(inputDiff: boolean, result: DiffResult): messages.DiffResponse {
  const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
  const response = new proto.DiffResponse()
    .setChanges(result.changed.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList([...result.changed])
    .setReplacesList([...new Set(result.replaces.map((path) => path.split(/[.[]/)[0] ?? path))])
    .setStablesList([...result.stables])
    .setDeletebeforereplace(result.deleteBeforeReplace)
    .setHasdetaileddiff(result.isDetailed);
  const detailed = response.getDetaileddiffMap();
  for (const [path, change] of result.detailed) {
    const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } =
      proto.PropertyDiff.Kind;
    const kinds = {
      add: [ADD, ADD_REPLACE],
      delete: [DELETE, DELETE_REPLACE],
      update: [UPDATE, UPDATE_REPLACE],
    } as const;
    const kind = kinds[change.kind][change.replaces ? 1 : 0];
    detailed.set(path, new proto.PropertyDiff().setKind(kind).setInputdiff(inputDiff));
  }
  return response;
}
