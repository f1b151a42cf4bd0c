/** Which resource types get a shape: all that a table has, all that a list names, every built-in kind. */

import { existsSync, readFileSync } from "node:fs";
import { packages } from "../../local-clouds/packages/index.ts";
import type { Sdk } from "./sdk.ts";

/** Folders of Kubernetes' generally available kinds: `apps/v1`, `autoscaling/v2`. */
const servedFolder = /^(?!helm|kustomize|meta|yaml)[a-z]+\/v\d+$/;

/** Tokens of a package by the module whose file holds them. */
export function wantedTokens(sdk: Sdk): Map<string, string[]> {
  const all = new Set([...ofTables(sdk.name), ...ofList(sdk.name), ...ofKinds(sdk)]);
  const modules = new Map<string, string[]>();
  for (const token of [...all].sort()) {
    const module = moduleOf(token);
    modules.set(module, [...(modules.get(module) ?? []), token]);
  }
  return modules;
}

/** The module of a token: `aws:ec2/vpc:Vpc` → `ec2`. */
function moduleOf(token: string): string {
  return token.split(":")[1]?.split("/")[0] ?? "";
}

function ofTables(name: string): string[] {
  return [...(packages.get(name)?.types.values() ?? [])].map((entry) => entry.token);
}

/** `wanted/PACKAGE.txt`: lines `MODULE: CLASS CLASS …`; `#` begins a comment. */
function ofList(name: string): string[] {
  const file = new URL(`wanted/${name}.txt`, import.meta.url);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .flatMap((line) => {
      const [module = "", classes = ""] = line.split(":");
      return classes
        .trim()
        .split(/\s+/)
        .map((kind) => tokenOf(name, module.trim(), kind));
    });
}

function tokenOf(name: string, module: string, kind: string): string {
  if (name === "azure-native") return `${name}:${module}:${kind}`;
  return `${name}:${module}/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
}

function ofKinds(sdk: Sdk): string[] {
  if (sdk.name !== "kubernetes") return [];
  return sdk
    .folders(servedFolder)
    .flatMap((folder) => sdk.tokensIn(folder))
    .filter((token) => !/(List|Patch)$/.test(token));
}
