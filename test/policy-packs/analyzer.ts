/** Drives a pack by the SDK's own RPC functions with protobuf requests, as the engine does. */

import * as proxy from "@pulumi/policy/proxy.js";
import * as server from "@pulumi/policy/server.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { ExampleResource } from "../../model/policy/rule.ts";
import { unknownHere } from "../../model/policy/rule.ts";
import type { PackDefinition } from "../../policy-packs/kit/definition.ts";
import { exampleUrn } from "../../policy-packs/kit/example-plan.ts";
import { makePolicies } from "../../policy-packs/kit/pack.ts";
import { Session } from "../../policy-packs/kit/session.ts";
import type { VerdictLine, VerdictLog } from "../../policy-packs/kit/verdict-log.ts";

/** Internals of the SDK: present at run time, stripped from its declarations. */
interface SdkServer {
  makeAnalyzeRpcFun(pack: string, version: string, level: string, policies: unknown[]): Rpc;
  makeAnalyzeStackRpcFun(pack: string, version: string, level: string, policies: unknown[]): Rpc;
  makeRemediateRpcFun(
    pack: string,
    version: string,
    level: string,
    policies: unknown[],
  ): RemediateRpc;
}
type RemediateResponse = InstanceType<typeof analyzer.RemediateResponse>;
type RemediateRpc = (
  call: { request: unknown },
  callback: (error: unknown, response: RemediateResponse) => void,
) => Promise<void>;
type Rpc = (
  call: { request: unknown },
  callback: (error: unknown, response: InstanceType<typeof analyzer.AnalyzeResponse>) => void,
) => Promise<void>;

const sdk = server as unknown as SdkServer;
const { unknownStringValue } = proxy as unknown as { unknownStringValue: string };

/** One violation that the engine would show. */
export interface Diagnostic {
  readonly rule: string;
  readonly message: string;
  readonly urn: string;
  /** The engine's number: 0 advisory, 1 mandatory. */
  readonly level: number;
}

/** What a pack said about some resources. */
export interface Judgement {
  readonly diagnostics: readonly Diagnostic[];
  readonly verdicts: readonly Omit<VerdictLine, "kind" | "run">[];
  /** The planned network as JSON. */
  readonly network: string | undefined;
  readonly ended: boolean;
}

const silent: VerdictLog = {
  start: () => {},
  verdict: () => {},
  mended: () => {},
  network: () => {},
  flush: () => {},
  end: () => {},
};

/** The violations of an answer. */
export function diagnosticsOf(
  response: InstanceType<typeof analyzer.AnalyzeResponse>,
): Diagnostic[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    rule: diagnostic.getPolicyname(),
    message: diagnostic.getMessage(),
    urn: diagnostic.getUrn(),
    level: diagnostic.getEnforcementlevel(),
  }));
}

/** Sends every resource to Analyze and then all of them to AnalyzeStack. */
export async function judge(
  definition: PackDefinition,
  resources: readonly ExampleResource[],
  options: { readonly stack?: string; readonly nowMs?: number } = {},
): Promise<Judgement> {
  const verdicts: Omit<VerdictLine, "kind" | "run">[] = [];
  let ended = false;
  let network: string | undefined;
  const log: VerdictLog = {
    ...silent,
    verdict: (line) => verdicts.push(line),
    network: (json) => {
      network = json();
    },
    end: () => {
      ended = true;
    },
  };
  const door = { log, now: () => options.nowMs ?? 0, phase: () => "preview" as const };
  const session = Promise.resolve(new Session(definition, door));
  const policies = Object.values(makePolicies(definition, () => session));
  const stack = options.stack ?? "dev";
  const analyze = sdk.makeAnalyzeRpcFun("pack", "1.0.0", "mandatory", policies);
  const analyzeStack = sdk.makeAnalyzeStackRpcFun("pack", "1.0.0", "mandatory", policies);
  const diagnostics: Diagnostic[] = [];
  for (const resource of resources) {
    diagnostics.push(...(await send(analyze, resourceRequest(resource, resources, stack))));
  }
  diagnostics.push(...(await send(analyzeStack, stackRequest(resources, stack))));
  return { diagnostics, verdicts, network, ended };
}

/**
 * Sends a resource to Remediate, as it is on the wire; returns its properties afterwards, undefined
 * where nothing was mended.
 */
export async function mend(
  definition: PackDefinition,
  resource: ExampleResource,
  all: readonly ExampleResource[],
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const door = { log: silent, now: () => 0, phase: () => "preview" as const };
  const session = Promise.resolve(new Session(definition, door));
  const policies = Object.values(makePolicies(definition, () => session));
  const remediate = sdk.makeRemediateRpcFun("pack", "1.0.0", "mandatory", policies);
  const request = resourceRequest(resource, all, "dev");
  const response = await new Promise<RemediateResponse>((resolve, reject) => {
    const answer = (error: unknown, value: RemediateResponse) =>
      error ? reject(error) : resolve(value);
    remediate({ request }, answer).catch(reject);
  });
  const last = response.getRemediationsList().at(-1);
  return last?.getProperties()?.toJavaScript();
}

function send(rpc: Rpc, request: unknown): Promise<Diagnostic[]> {
  return new Promise((resolve, reject) => {
    const answer = (error: unknown, response: InstanceType<typeof analyzer.AnalyzeResponse>) => {
      if (error) return reject(error);
      resolve(diagnosticsOf(response));
    };
    rpc({ request }, answer).catch(reject);
  });
}

/** The request by which the engine hands over one resource. */
export function resourceRequest(
  resource: ExampleResource,
  all: readonly ExampleResource[],
  stack: string,
) {
  const request = new analyzer.AnalyzeRequest();
  fill(request, resource, all, stack);
  return request;
}

/** The request by which the engine hands over the whole stack. */
export function stackRequest(resources: readonly ExampleResource[], stack: string) {
  const request = new analyzer.AnalyzeStackRequest();
  request.setResourcesList(
    resources.map((resource) => {
      const message = new analyzer.AnalyzerResource();
      fill(message, resource, resources, stack);
      // What the engine gives here are outputs; a rule that read inputs from here would see this.
      message.setProperties(struct.Struct.fromJavaScript({}));
      const dependencies = message.getPropertydependenciesMap();
      for (const [property, names] of Object.entries(resource.dependsOn ?? {})) {
        const list = new analyzer.AnalyzerPropertyDependencies();
        list.setUrnsList(names.map((name) => urnByName(name, resources, stack)));
        dependencies.set(property, list);
      }
      return message;
    }),
  );
  return request;
}

function fill(
  message: InstanceType<typeof analyzer.AnalyzeRequest | typeof analyzer.AnalyzerResource>,
  resource: ExampleResource,
  all: readonly ExampleResource[],
  stack: string,
): void {
  message.setType(resource.type);
  message.setName(resource.name);
  message.setUrn(exampleUrn(resource, stack));
  message.setProperties(struct.Struct.fromJavaScript(withSentinels(resource.props) as never));
  const options = new analyzer.AnalyzerResourceOptions();
  options.setIgnorechangesList([...(resource.ignoreChanges ?? [])]);
  options.setProtect(resource.protect ?? false);
  options.setAdditionalsecretoutputsList([...(resource.additionalSecretOutputs ?? [])]);
  if (resource.parent !== undefined) options.setParent(urnByName(resource.parent, all, stack));
  message.setOptions(options);
  if (resource.provider !== undefined) {
    const provider = new analyzer.AnalyzerProviderResource();
    provider.setUrn(urnByName(resource.provider, all, stack));
    provider.setName(resource.provider);
    provider.setProperties(struct.Struct.fromJavaScript({}));
    message.setProvider(provider);
  }
}

function urnByName(name: string, all: readonly ExampleResource[], stack: string): string {
  const found = all.find((resource) => resource.name === name);
  if (found === undefined) throw new Error(`the example has no resource ${name}`);
  return exampleUrn(found, stack);
}

/** Puts the SDK's text for an unknown where an example says that the value is not known. */
export function withSentinels(value: unknown): unknown {
  if (value === unknownHere) return unknownStringValue;
  if (Array.isArray(value)) return value.map(withSentinels);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withSentinels(item)]));
}
