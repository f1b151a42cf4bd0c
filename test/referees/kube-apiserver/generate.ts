/**
 * Writes `local-clouds/packages/kubernetes/schemas` from a running API server:
 * `node test/referees/kube-apiserver/generate.ts`. One file per API package, one definition a line,
 * and `kinds.json` with what discovery says of each kind.
 */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { providePrograms } from "./build.ts";
import { type ServedKind, schemaFiles } from "./compact.ts";
import { ApiServer } from "./server.ts";

const target = fileURLToPath(
  new URL("../../../local-clouds/packages/kubernetes/schemas/", import.meta.url),
);

type Body = Readonly<Record<string, unknown>>;

interface Discovered {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** All kinds that can be created, by apiVersion. */
async function servedKinds(server: ApiServer, paths: readonly string[]): Promise<ServedKind[]> {
  const kinds: ServedKind[] = [];
  for (const path of paths) {
    const { body } = await server.call("GET", `/${path}`);
    for (const found of body["resources"] as Discovered[]) {
      if (found.name.includes("/") || !found.verbs.includes("create")) continue;
      if (!found.verbs.includes("delete")) continue;
      const { kind, name: plural, namespaced } = found;
      kinds.push({ apiVersion: String(body["groupVersion"]), kind, plural, namespaced });
    }
  }
  return kinds;
}

async function documents(server: ApiServer): Promise<{ paths: string[]; bodies: Body[] }> {
  const index = (await server.call("GET", "/openapi/v3")).body["paths"] as Record<
    string,
    { readonly serverRelativeURL: string }
  >;
  const paths = Object.keys(index).filter((path) => /^api\/v1$|^apis\/[^/]+\/[^/]+$/.test(path));
  const bodies: Body[] = [];
  for (const path of paths) {
    bodies.push((await server.call("GET", index[path]?.serverRelativeURL ?? "")).body);
  }
  return { paths, bodies };
}

const programs = providePrograms();
if ("why" in programs) throw new Error(programs.why);
const server = await ApiServer.start(programs);
try {
  const { paths, bodies } = await documents(server);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const [name, text] of schemaFiles(bodies, await servedKinds(server, paths))) {
    writeFileSync(`${target}${name}`, text);
    process.stdout.write(`${name} ${text.length}\n`);
  }
} finally {
  server.stop();
}
