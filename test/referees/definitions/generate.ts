/**
 * Writes `local-clouds/packages/kubernetes/definitions` from the projects' own Go modules:
 * `node test/referees/definitions/generate.ts`. One file per definition, without prose; the sums are
 * those of Go's checksum database, so a changed module is refused.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadAll } from "js-yaml";
import { compactDefinition, type Definition } from "./compact.ts";

const target = fileURLToPath(
  new URL("../../../local-clouds/packages/kubernetes/definitions/", import.meta.url),
);

interface Source {
  readonly module: string;
  readonly sum: string;
  /** A file or a folder of files. */
  readonly at: string;
}

/** By the folder they go into. All are Apache-2.0; NOTICE names them. */
const sources: Readonly<Record<string, Source>> = {
  istio: {
    module: "istio.io/api@v1.31.4",
    sum: "h1:AcnncYrlDj1PJkym7h88Gggkef4MAra8QpGaXRMsr+E=",
    at: "kubernetes/customresourcedefinitions.gen.yaml",
  },
  "gateway-api": {
    module: "sigs.k8s.io/gateway-api@v1.6.1",
    sum: "h1:mock6phZbI6rvZerwrVNk7hVNymQgHo+6sJ81Ia7ftY=",
    at: "config/crd/standard",
  },
  "network-policy-api": {
    module: "sigs.k8s.io/network-policy-api@v0.3.0",
    sum: "h1:RL6fVXiix9IW1pj0ImkW645m+EWmb3dBGCiW19bg5+k=",
    at: "config/crd/standard",
  },
  // The last release with AdminNetworkPolicy, which clusters in use still serve.
  "network-policy-api-v1alpha1": {
    module: "sigs.k8s.io/network-policy-api@v0.1.7",
    sum: "h1:obY2FTEidLXVdRYu7gJ4q1RYE57pBnrpMqoE2LZgp4g=",
    at: "config/crd/standard",
  },
};

/** The unpacked module; throws if it is not the one whose sum is known. */
function unpacked({ module, sum }: Source): string {
  const { stdout, stderr } = spawnSync("go", ["mod", "download", "-json", module], {
    encoding: "utf8",
  });
  const got = JSON.parse(stdout) as { Dir?: string; Sum?: string; Error?: string };
  if (got.Dir === undefined) throw new Error(`${module}: ${got.Error ?? stderr}`);
  if (got.Sum !== sum) throw new Error(`${module} has the sum ${got.Sum}, not ${sum}`);
  return got.Dir;
}

function textsOf(at: string): string[] {
  const files = statSync(at).isDirectory()
    ? readdirSync(at)
        .filter((name) => name.endsWith(".yaml"))
        .map((name) => join(at, name))
    : [at];
  return files.map((file) => readFileSync(file, "utf8"));
}

rmSync(target, { recursive: true, force: true });
for (const [folder, source] of Object.entries(sources)) {
  mkdirSync(join(target, folder), { recursive: true });
  const objects = textsOf(join(unpacked(source), source.at)).flatMap((text) => loadAll(text));
  for (const object of objects as (Definition | null)[]) {
    if (object?.kind !== "CustomResourceDefinition") continue;
    const text = `${JSON.stringify(compactDefinition(object))}\n`;
    writeFileSync(join(target, folder, `${object.metadata.name}.json`), text);
    process.stdout.write(`${folder}/${object.metadata.name} ${text.length}\n`);
  }
}
