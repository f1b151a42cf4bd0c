import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";

type Parameterization = { name: string; version: string; value: string };

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly pulumi?: {
    readonly resource?: boolean;
    readonly name?: string;
    readonly version?: string;
    readonly server?: string;
    readonly parameterization?: Parameterization;
    readonly extensionParameterization?: Parameterization;
  };
}

/** A package and the version that is installed. */
export interface Installed {
  readonly name: string;
  readonly version: string;
}

/** Every Pulumi provider whose npm package a program in `directory` could load. */
export function requiredPackages(
  directory: string,
): InstanceType<typeof pluginPb.PackageDependency>[] {
  return manifestsBelow(nearestModules(directory))
    .filter((manifest) => manifest.pulumi?.resource === true)
    .map(packageDependency);
}

/** What the program's package.json names, or with `transitive` all that is installed. */
export function programDependencies(directory: string, transitive: boolean): Installed[] {
  const modules = nearestModules(directory);
  if (modules === undefined) return [];
  if (transitive) return manifestsBelow(modules).flatMap(installed);
  const own = readManifest(join(dirname(modules), "package.json"));
  const named = Object.keys({ ...own?.dependencies, ...own?.devDependencies });
  return named.flatMap((name) => installed(readManifest(join(modules, name, "package.json"))));
}

function packageDependency(manifest: Manifest): InstanceType<typeof pluginPb.PackageDependency> {
  const { pulumi = {} } = manifest;
  const version = pulumi.version ?? manifest.version ?? "";
  const dependency = new pluginPb.PackageDependency();
  dependency.setName(pluginName(manifest));
  dependency.setKind("resource");
  dependency.setVersion(version.startsWith("v") ? version : `v${version}`);
  dependency.setServer(pulumi.server ?? "");
  if (pulumi.parameterization) dependency.setParameterization(parameters(pulumi.parameterization));
  if (pulumi.extensionParameterization) {
    dependency.setExtension$(parameters(pulumi.extensionParameterization));
  }
  return dependency;
}

/** `@pulumi/aws` is the plugin `aws`; other publishers must name theirs in package.json. */
function pluginName(manifest: Manifest): string {
  const scoped = manifest.name?.match(/^@pulumi\/(.+)$/)?.[1];
  const name = manifest.pulumi?.name ?? scoped;
  if (name) return name;
  throw new Error(`the package ${manifest.name} names no plugin in "pulumi" of its package.json`);
}

function parameters(
  given: Parameterization,
): InstanceType<typeof pluginPb.PackageParameterization> {
  const parameterization = new pluginPb.PackageParameterization();
  parameterization.setName(given.name);
  parameterization.setVersion(given.version);
  parameterization.setValue(given.value);
  return parameterization;
}

/** The node_modules that Node would search first from `directory`. */
function nearestModules(directory: string): string | undefined {
  const candidate = join(directory, "node_modules");
  if (existsSync(candidate)) return candidate;
  const parent = dirname(directory);
  return parent === directory ? undefined : nearestModules(parent);
}

function manifestsBelow(modules: string | undefined): Manifest[] {
  if (modules === undefined || !existsSync(modules)) return [];
  return readdirSync(modules)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@")
        ? readdirSync(join(modules, name)).map((inner) => join(modules, name, inner))
        : [join(modules, name)],
    )
    .flatMap((folder) => [
      ...[readManifest(join(folder, "package.json"))].filter((found) => found !== undefined),
      ...manifestsBelow(join(folder, "node_modules")),
    ]);
}

function readManifest(file: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Manifest;
  } catch {
    return undefined; // no package, or one that npm itself would refuse
  }
}

function installed(manifest: Manifest | undefined): Installed[] {
  return manifest?.name && manifest.version
    ? [{ name: manifest.name, version: manifest.version }]
    : [];
}
