/**
 * Seeded faults against the real engine. Every test run draws ten of a seed's 200 runs, on a program
 * of some thirty resources of all packages. `./bulkhead test --full faults` makes all 200 on it, and
 * the ten by `up local`; `--full faults-local` makes all 200 by `up local`, which takes a day.
 */
import { seedOf } from "../../automation/cli/testing/seed.ts";
import { EngineProject } from "../harness/engine-project.ts";
import { faultRuns, sampleOf } from "../harness/fault-runs.ts";
import { faultSuite } from "../harness/fault-suite.ts";
import { LocalStack } from "../harness/local-stack.ts";

const minutes = 60_000;
const full = process.env["BULKHEAD_FULL"];
const seed = seedOf(import.meta.dirname, process.env);

const runs = faultRuns(seed);
const sample = sampleOf(runs, seed);

describe(`faults, seed ${seed}`, function () {
  this.timeout(10 * minutes);
  faultSuite(() => EngineProject.open("all-packages.js"), full === "faults" ? runs : sample);
});

if (full === "faults" || full === "faults-local") {
  describe(`faults of up local, seed ${seed}`, function () {
    this.timeout(120 * minutes);
    faultSuite(() => LocalStack.open(), full === "faults" ? sample : runs);
  });
}
