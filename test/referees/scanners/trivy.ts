/** Trivy's checks: Rego files that begin with a comment in YAML. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import type { Check } from "./check.ts";
import { client, filesIn } from "./files.ts";

const module = "github.com/aquasecurity/trivy-checks@v1.10.0";
/** As in Go's checksum database. */
const sum = "h1:Q0FWsYy/uwvr/icRSOzNu55yDZ1ME8hZlpglNs62ZfE=";

interface Metadata {
  readonly custom: {
    readonly avd_id: string;
    readonly provider?: string;
    readonly service?: string;
  };
}

export function trivyChecks(folder: string): readonly Check[] {
  const got = JSON.parse(client("go", ["mod", "download", "-json", module], folder)) as {
    Dir: string;
    Sum: string;
  };
  if (got.Sum !== sum) throw new Error(`${module} has the sum ${got.Sum}, not ${sum}`);
  const root = join(got.Dir, "checks");
  return filesIn(root, [".rego"])
    .filter((path) => !path.endsWith("_test.rego"))
    .map((path) => {
      const { custom } = metadataOf(readFileSync(join(root, path), "utf8"), path);
      const [area = "", group = ""] = path.split("/");
      return {
        id: custom.avd_id,
        of: [custom.provider?.toLowerCase() ?? area],
        on: [custom.service ?? group].filter((name) => !name.endsWith(".rego")),
      };
    });
}

function metadataOf(text: string, path: string): Metadata {
  const [, comment] = /^# METADATA\n((?:#.*\n)+)/m.exec(text) ?? [];
  if (comment === undefined) throw new Error(`${path} has no metadata`);
  return load(comment.replaceAll(/^# ?/gm, "")) as Metadata;
}
