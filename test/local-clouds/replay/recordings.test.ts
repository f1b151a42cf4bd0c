/**
 * The recorded Google cases, which lie beside the project and not in it
 * (`pulumi/pulumi-gcp:provider/testdata/recorded`).
 */

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packages } from "../../../local-clouds/packages/index.ts";
import { acceptedList } from "../../../local-clouds/replay/accepted.ts";
import { parseRecording } from "../../../local-clouds/replay/recording.ts";
import { replay } from "../../../local-clouds/replay/replay.ts";
import { report } from "../../../local-clouds/replay/report.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "..", "shared", "recordings", "gcp");
const files = existsSync(folder)
  ? readdirSync(folder).filter((name) => name.endsWith(".jsonl"))
  : [];

/** Keys that the provider itself no longer has: removed or renamed after the recordings. */
const goneSince = [
  "labels.__defaults",
  "replication.automatic",
  "monitoringConfig.advancedDatapathObservabilityConfigs",
];

describe("recorded exchanges with the Google provider", () => {
  if (files.length === 0) {
    it("cannot be replayed: there are none at ../shared/recordings/gcp", function () {
      this.skip();
    });
    return;
  }

  for (const file of files) {
    it(`${file}: every key of Check and Create is there, every value agrees or is accepted`, async () => {
      const result = await replayed([file]);
      const open = result.differences.filter(({ reason }) => reason === undefined);
      assert.deepEqual(open, []);
      const missing = result.differences.filter(
        ({ verdict, method }) => verdict === "missing" && ["Check", "Create"].includes(method),
      );
      const paths = missing.map(({ type, path }) => `${type} ${path}`);
      assert.deepEqual(
        paths.filter((path) => !goneSince.some((gone) => path.endsWith(gone))),
        [],
      );
    });
  }

  it("need every accepted difference", async () => {
    assert.deepEqual((await replayed(files)).stale, []);
  });
});

async function replayed(names: readonly string[]) {
  const replays = new Map<string, Awaited<ReturnType<typeof replay>>>();
  for (const name of names) {
    const text = readFileSync(join(folder, name), "utf8");
    replays.set(name, await replay(parseRecording(text, name), packages));
  }
  return report(replays, acceptedList);
}
