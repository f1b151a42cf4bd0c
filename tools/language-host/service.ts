import type {
  handleServerStreamingCall,
  handleUnaryCall,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { status } from "@grpc/grpc-js";
import type {
  GetProgramDependenciesRequest,
  GetRequiredPackagesRequest,
  LanguageHandshakeRequest,
  RunPluginRequest,
  RunPluginResponse,
  RunRequest,
} from "@pulumi/pulumi/proto/language_pb.js";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import { Children } from "./children.ts";
import { programDependencies, requiredPackages } from "./packages.ts";
import { runPlugin } from "./plugin.ts";
import { runProgram } from "./program.ts";

/** The version of Pulumi's own host that this one stands in for. */
export const hostVersion = "3.259.0";

/**
 * The calls of Pulumi's LanguageRuntime service that running programs, policy packs and plugins
 * needs. Code generation, packing and linking are Pulumi's own host's business; they answer
 * "unimplemented", which the engine reports as such.
 */
export function languageRuntime(
  firstEngineAddress: string,
  programs: Children,
  plugins: Children,
): UntypedServiceImplementation {
  let engineAddress = firstEngineAddress;
  let cancelled = false;
  return {
    handshake: unary((request: LanguageHandshakeRequest) => {
      engineAddress = request.getEngineAddress() || engineAddress;
      return new languagePb.LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => {
      const info = new pluginPb.PluginInfo();
      info.setVersion(hostVersion);
      return info;
    }),
    about: unary(() => {
      const about = new languagePb.AboutResponse();
      about.setExecutable(process.execPath);
      about.setVersion(process.version);
      about.getMetadataMap().set("host", "bulkhead");
      return about;
    }),
    getRequiredPackages: unary((request: GetRequiredPackagesRequest) => {
      const response = new languagePb.GetRequiredPackagesResponse();
      const directory = request.getInfo()?.getProgramDirectory();
      return directory ? response.setPackagesList(requiredPackages(directory)) : response;
    }),
    getRequiredPlugins: unary(() => new languagePb.GetRequiredPluginsResponse()),
    getProgramDependencies: unary((request: GetProgramDependenciesRequest) =>
      dependenciesResponse(request),
    ),
    runtimeOptionsPrompts: unary(() => new languagePb.RuntimeOptionsResponse()),
    // The packages are the launcher's business: locked, and there before the engine starts.
    installDependencies: ((call) => call.end()) as handleServerStreamingCall<unknown, unknown>,
    run: unary(async (request: RunRequest) => {
      if (!cancelled) return runProgram(request, engineAddress, programs);
      const response = new languagePb.RunResponse();
      response.setError("the operation was cancelled");
      return response;
    }),
    runPlugin: ((call) => {
      runPlugin(call, plugins).catch((error: unknown) => {
        if (!call.cancelled)
          call.emit("error", { code: status.INTERNAL, details: messageOf(error) });
      });
    }) as handleServerStreamingCall<RunPluginRequest, RunPluginResponse>,
    cancel: unary(() => {
      cancelled = true;
      void programs.endAll();
      return new emptyPb.Empty();
    }),
  };
}

/** A host's two families of children: the engine cancels programs, and hangs up on plugins. */
export function childFamilies(): { programs: Children; plugins: Children } {
  return { programs: new Children(), plugins: new Children() };
}

function dependenciesResponse(
  request: GetProgramDependenciesRequest,
): InstanceType<typeof languagePb.GetProgramDependenciesResponse> {
  const directory = request.getInfo()?.getProgramDirectory() || request.getPwd();
  const found = programDependencies(directory, request.getTransitivedependencies());
  return new languagePb.GetProgramDependenciesResponse().setDependenciesList(
    found.map(({ name, version }) => {
      const dependency = new languagePb.DependencyInfo();
      dependency.setName(name);
      return dependency.setVersion(version);
    }),
  );
}

function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, reply) => {
    Promise.resolve()
      .then(() => answer(call.request))
      .then(
        (response) => reply(null, response),
        (error: unknown) => reply({ code: status.INTERNAL, details: messageOf(error) }),
      );
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
