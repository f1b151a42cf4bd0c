/** How the Kubernetes provider answers, names and words. */

import { BadConfiguration, type Profile } from "../../types/profile.ts";
import type { TypeEntry } from "../../types/type.ts";
import { kubernetesBookkeeping } from "./bookkeeping.ts";
import { homeOf } from "./clusters.ts";
import { kindOf } from "./kinds.ts";
import { serverOf } from "./kubeconfig.ts";
import { objectEntry } from "./objects.ts";
import { patchEntry, patchedToken } from "./patches.ts";

/** Entries built so far; there are as many as kinds in use. */
const entries = new Map<string, TypeEntry | undefined>();

/** Kinds kept; a token beyond is built each time. */
const entriesMax = 5000;

/** The Kubernetes provider. */
export const kubernetesProfile: Profile = {
  name: "kubernetes",
  answers: {
    acceptsSecrets: true,
    acceptsResources: false,
    supportsAutonaming: true,
    inputDiff: true,
  },
  suffix: { separator: "-", hexCount: 8 },
  bookkeeping: kubernetesBookkeeping,
  checkConfig: (config) => ({
    config,
    faults:
      serverOf(config) === undefined
        ? [{ property: "kubeconfig", reason: "failed to parse kubeconfig: it names no cluster" }]
        : [],
  }),
  replacingConfig: [],
  scope(config) {
    const server = serverOf(config);
    if (server === undefined) throw new BadConfiguration("the kubeconfig names no cluster");
    return { account: server, region: "", tenant: "", config };
  },
  regional: false,
  locate: (scope) => ({ account: scope.account, region: "" }),
  canonical: (token) => token,
  fold: (key) => key,
  home: homeOf,
  frame: (operation, _token, error) =>
    error.code === "Unreachable"
      ? error.says
      : `resource was not successfully ${done[operation]} by the Kubernetes API server: ${error.says}`,
  usual: {
    taken: { code: "AlreadyExists", says: `"{leaf}" already exists` },
    inUse: { code: "Conflict", says: `"{id}" is in use by {value}` },
    gone: { code: "NotFound", says: `"{id}" not found` },
  },
  dynamic(token) {
    if (entries.has(token)) return entries.get(token);
    const entry = entryOf(token);
    if (entries.size < entriesMax) entries.set(token, entry);
    return entry;
  },
};

/** The entry of an object, or of a patch of objects: no kind of Kubernetes' own ends so. */
function entryOf(token: string): TypeEntry | undefined {
  const patched = token.endsWith("Patch") ? kindOf(patchedToken(token)) : undefined;
  if (patched?.served !== undefined) return patchEntry(token, patched);
  const kind = kindOf(token);
  return kind === undefined ? undefined : objectEntry(token, kind);
}

const done = {
  creating: "created",
  reading: "read",
  updating: "updated",
  deleting: "deleted",
  invoking: "called",
} as const;
