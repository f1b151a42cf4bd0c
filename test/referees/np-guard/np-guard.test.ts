/**
 * np-guard's directories of manifests with the lines that its netpol-analyzer prints for them,
 * which lie beside the project and not in it (`np-guard/netpol-analyzer:tests/`).
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ManifestReader } from "../../../automation/manifests/read.ts";
import { connectionLines, networkLines } from "../../../automation/report/reach/lines.ts";
import { computeReach } from "../../../model/reach/reach.ts";
import { plainReading } from "../../../policy-packs/lift/kubernetes/plugin.ts";
import { liftCluster } from "../../../policy-packs/lift/kubernetes/topology.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const folder = join(root, "..", "shared", "referees", "np-guard");
const directories = existsSync(folder) ? readdirSync(folder).sort() : [];

describe("np-guard prints the same lines for", function () {
  this.timeout(60_000);

  if (directories.length === 0) {
    it("nothing: there are no directories at ../shared/referees/np-guard", function () {
      this.skip();
    });
    return;
  }

  it("39 directories", () => assert.equal(directories.length, 39));

  for (const name of directories) {
    it(name, () => {
      const directory = join(folder, name);
      const expected = readFileSync(join(directory, "expected_connlist.txt"), "utf8");
      const { topology } = liftCluster(new ManifestReader().read(directory), plainReading);
      const reach = computeReach(topology);
      const lines = [...connectionLines(reach), ...networkLines(reach)];
      assert.equal(`${lines.join("\n")}\n`, expected);
    });
  }
});
