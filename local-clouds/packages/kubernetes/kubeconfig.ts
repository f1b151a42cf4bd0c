/** Which cluster a kubeconfig means. */

import { load } from "js-yaml";
import type { JsonObject } from "../../protocol/value.ts";
import { configText } from "../../types/config.ts";

/** The cluster of a configuration without kubeconfig. */
const usualServer = "https://127.0.0.1:6443";

/** The API server's address of the current context; `undefined` if the text is no kubeconfig. */
export function serverOf(config: JsonObject): string | undefined {
  const text = configText(config, "kubeconfig");
  if (text === undefined) return usualServer;
  const kubeconfig = parsed(text);
  const context = configText(config, "context") ?? textOf(kubeconfig["current-context"]);
  const chosen = named(kubeconfig["contexts"], context)?.["context"];
  const cluster =
    configText(config, "cluster") ?? (isRecord(chosen) ? textOf(chosen["cluster"]) : undefined);
  const found = named(kubeconfig["clusters"], cluster)?.["cluster"];
  return isRecord(found) ? textOf(found["server"]) : undefined;
}

/** YAML is a superset of JSON: both forms are read. */
function parsed(text: string): Record<string, unknown> {
  try {
    const value = load(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** The entry of a list by its name; without a name the only one. */
function named(list: unknown, name: string | undefined): Record<string, unknown> | undefined {
  if (!Array.isArray(list)) return undefined;
  const items = list.filter(isRecord);
  if (name === undefined) return items.length === 1 ? items[0] : undefined;
  return items.find((item) => item["name"] === name);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
