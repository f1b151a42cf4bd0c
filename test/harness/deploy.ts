/**
 * Runs a Pulumi program against mocks and returns what it registered. Works for both passes that a
 * component must survive alike: an update (ids and outputs known) and a preview (unknown).
 */
import * as pulumi from "@pulumi/pulumi";

/** One resource as the program registered it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** URN of the parent; empty for the stack's own children. */
  readonly parent: string;
  /** `urn::id` of the explicit provider; empty where the default provider would be used. */
  readonly provider: string;
  /** Inputs; a value that is not known yet reads as {@link unknownInput}. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URNs the resource waits for. */
  readonly dependsOn: readonly string[];
  /** URNs on whose outputs each input depends. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** URN of the resource itself. */
  readonly urn: string;
  /** Whether the engine would refuse to delete it. */
  readonly protect: boolean;
}

/** One call of a provider's function. */
export interface Invoked {
  readonly token: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly provider: string;
}

/** Stands in {@link Registered.inputs} for a value that only exists after an update. */
export const unknownInput = "<unknown>";

/** How to answer for the cloud. Outputs beyond the inputs exist only where a test names them. */
export interface DeployOptions {
  /** True: ids and outputs are unknown, as at the first preview. Default false. */
  readonly preview?: boolean;
  /** Outputs a cloud would add to a resource's inputs (update only). */
  readonly outputs?: (resource: {
    readonly type: string;
    readonly name: string;
    readonly inputs: Readonly<Record<string, unknown>>;
  }) => Readonly<Record<string, unknown>>;
  /** Its id (update only); without this, the name with `-id`. */
  readonly id?: (resource: { readonly type: string; readonly name: string }) => string;
  /** Answers of provider functions; without one a call is an error. */
  readonly call?: (call: Invoked) => Readonly<Record<string, unknown>>;
  readonly project?: string;
  readonly stack?: string;
}

/** What a program did. */
export interface Deployment {
  readonly resources: readonly Registered[];
  readonly calls: readonly Invoked[];
}

/** Runs `program` to rest and returns the resources in the order in which they were registered. */
export async function deploy(
  program: () => unknown,
  options: DeployOptions = {},
): Promise<readonly Registered[]> {
  return (await deployFully(program, options)).resources;
}

/** Like {@link deploy}, with the calls of provider functions. Errors of the program are thrown. */
export async function deployFully(
  program: () => unknown,
  options: DeployOptions = {},
): Promise<Deployment> {
  const resources: Registered[] = [];
  const calls: Invoked[] = [];
  const failures: unknown[] = [];
  const preview = options.preview ?? false;
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        // The mock's own record lacks the parent; the wrapped monitor below has just pushed it.
        const more = preview ? {} : (options.outputs?.({ type, name, inputs }) ?? {});
        return {
          id: preview ? undefined : (options.id?.({ type, name }) ?? `${name}-id`),
          state: { ...known(inputs), ...more },
        };
      },
      call: ({ token, inputs, provider }) => {
        const call = {
          token,
          inputs: readable(inputs) as Invoked["inputs"],
          provider: provider ?? "",
        };
        calls.push(call);
        if (options.call === undefined) {
          // The SDK wraps what is thrown here and loses its text, so it is kept aside.
          failures.push(new Error(`the test answers no call of ${token}`));
          return {};
        }
        return options.call(call);
      },
    },
    options.project ?? "bulkhead",
    options.stack ?? "test",
    preview,
  );
  recordRequests(resources);
  const fail = (reason: unknown) => failures.push(reason);
  process.on("unhandledRejection", fail);
  try {
    await program();
    await settle(() => resources.length + calls.length);
  } finally {
    process.off("unhandledRejection", fail);
  }
  if (failures.length > 0) throw failures[0];
  return { resources, calls };
}

/** The identity of each resource, one line each, sorted: what must be the same in both passes. */
export function identities(resources: readonly Registered[]): string[] {
  return resources
    .map(({ type, name, parent, provider }) =>
      [type, name, nameOfUrn(parent), nameOfUrn(provider.replace(/::[^:]*$/, ""))].join(" | "),
    )
    .sort();
}

/** The resources of one type, by its token. */
export function ofType(resources: readonly Registered[], type: string): readonly Registered[] {
  return resources.filter((resource) => resource.type === type);
}

/** The one resource of that name; throws where there is none or more than one. */
export function named(resources: readonly Registered[], name: string): Registered {
  const found = resources.filter((resource) => resource.name === name);
  const first = found[0];
  if (first === undefined || found.length > 1) {
    throw new Error(`${found.length} resources are named ${name}`);
  }
  return first;
}

function nameOfUrn(urn: string): string {
  return urn === "" ? "" : (urn.split("::").at(-1) ?? "");
}

/** The part of a register request that is read here; the SDK does not publish its type. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getParent(): string;
  getProvider(): string;
  getProtect(): boolean;
  getDependenciesList(): string[];
  getPropertydependenciesMap(): {
    forEach(visit: (value: { getUrnsList(): string[] }, key: string) => void): void;
  };
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
}

type Answer = (error: unknown, response: { getUrn(): string } | undefined) => void;
type Register = (request: RegisterRequest, callback: Answer) => Promise<void>;

/** The mock monitor hides parents from mocks, so its register call is wrapped. */
function recordRequests(resources: Registered[]): void {
  const runtime = pulumi.runtime as unknown as { getMonitor(): { registerResource: Register } };
  const monitor = runtime.getMonitor();
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    const propertyDependencies: Record<string, readonly string[]> = {};
    request.getPropertydependenciesMap().forEach((value, key) => {
      propertyDependencies[key] = value.getUrnsList();
    });
    const registered: { -readonly [K in keyof Registered]: Registered[K] } = {
      type: request.getType(),
      name: request.getName(),
      custom: request.getCustom(),
      parent: request.getParent(),
      provider: request.getProvider(),
      inputs: readable(request.getObject()?.toJavaScript() ?? {}) as Registered["inputs"],
      dependsOn: request.getDependenciesList(),
      propertyDependencies,
      urn: "",
      protect: request.getProtect(),
    };
    resources.push(registered);
    return register(request, (error, response) => {
      registered.urn = response?.getUrn() ?? "";
      callback(error, response);
    });
  };
}

/** The wire's marks of unknown and secret values (Pulumi's resource.proto) made readable. */
const unknownOnWire = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signatureKey = "4dabf18193072939515e22adb298388d";

const secrets = new WeakSet<object>();

/** Whether a part of {@link Registered.inputs} is a secret: `{ secret: VALUE }`. */
export function isSecretInput(value: object): value is { readonly secret: unknown } {
  return secrets.has(value);
}

function readable(value: unknown): unknown {
  if (value === unknownOnWire) return unknownInput;
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) {
    return value === undefined ? unknownInput : value;
  }
  if (signatureKey in value && "value" in value) {
    const hidden = { secret: readable(value.value) };
    secrets.add(hidden);
    return hidden;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(item)]));
}

/** Inputs that are known: only these may come back as outputs in a preview. */
function known(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => isKnown(value)));
}

function isKnown(value: unknown): boolean {
  if (value === undefined) return false;
  if (Array.isArray(value)) return value.every(isKnown);
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every(isKnown);
}

/**
 * Waits until nothing is registered any more. One wait alone returns before resources that are
 * born inside `apply` have asked the monitor, and would miss the very mistake to be found.
 */
async function settle(count: () => number): Promise<void> {
  const runtime = pulumi.runtime as unknown as { waitForRPCs(): Promise<void> };
  const quietRoundsMin = 5;
  let quiet = 0;
  let before = -1;
  while (quiet < quietRoundsMin) {
    await runtime.waitForRPCs();
    await new Promise((resolve) => setImmediate(resolve));
    quiet = count() === before ? quiet + 1 : 0;
    before = count();
  }
}
