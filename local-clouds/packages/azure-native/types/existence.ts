/** Whether an id of whatever type leads somewhere. */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { groupToken, tokensOf } from "./arm.ts";
import { nameOf } from "./common.ts";

/** What is wrong with an id; ids of other subscriptions and of types without an entry cannot be told. */
export function refuseLost(r: Resource, id: string): ServiceError | undefined {
  const path = id.replace(/\/$/, "");
  const own = `/subscriptions/${r.account}/resourcegroups/`.toLowerCase();
  if (!path.toLowerCase().startsWith(own)) return undefined;
  const parts = path.split("/");
  if (parts.length <= 5) return lostGroup(r, path);
  if (isThere(r, path)) return undefined;
  return (
    lostGroup(r, parts.slice(0, 5).join("/")) ?? {
      code: "ResourceNotFound",
      says: `The Resource '${typeOf(path)}/${nameOf(path)}' under resource group '${parts[4] ?? ""}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    }
  );
}

function lostGroup(r: Resource, path: string): ServiceError | undefined {
  if (r.find(groupToken, path) !== undefined) return undefined;
  return {
    code: "ResourceGroupNotFound",
    says: `Resource group '${nameOf(path)}' could not be found.`,
  };
}

/** A service that each parent has one of (`blobServices/default`) is there with its parent. */
function isThere(r: Resource, path: string): boolean {
  const tokens = tokensOf(typeOf(path));
  if (tokens.some((token) => r.find(token, path) !== undefined)) return true;
  if (nameOf(path) === "default") return isThere(r, path.split("/").slice(0, -2).join("/"));
  return tokens.length === 0;
}

/** `…/providers/Microsoft.Network/virtualNetworks/a/subnets/b` is `Microsoft.Network/virtualNetworks/subnets`. */
function typeOf(path: string): string {
  const [, tail = ""] = /^.*\/providers\/(.*)$/i.exec(path) ?? [];
  return tail
    .split("/")
    .filter((_part, i) => i === 0 || i % 2 === 1)
    .join("/");
}
