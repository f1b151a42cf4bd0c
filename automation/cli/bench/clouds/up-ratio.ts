/** An update of 1,000 resources by the real engine, on the local clouds and on a stub. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { startClouds, stopClouds } from "../../../clouds/start.ts";
import type { Folders } from "../../../engine/folders.ts";
import type { Context } from "../../context.ts";
import { alternating } from "../figure.ts";
import { benchEngine, makeProject, timeOnEmptyStack } from "../project.ts";
import { startStub } from "./stub.ts";

const rounds = 3;
const resources = 1000;

const program = `import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
for (let i = 0; i < ${resources}; i++) {
  new LogGroup(\`group-\${i}\`, { retentionInDays: 30, tags: { owner: "bench" } });
}
`;

/** The update's time on the local clouds, over the same on a provider that does nothing. */
export async function upRatio(context: Context, folders: Folders): Promise<number> {
  const engine = await benchEngine(context);
  const project = join(folders.clouds, "project");
  makeProject(context, project, program);
  const args = ["up", "--yes", "--skip-preview"];
  const { first, second } = await alternating(
    rounds,
    async () => {
      rmSync(folders.world, { force: true });
      const clouds = await startClouds(folders, context.variables, { kept: false, ports: [] });
      const attach = clouds.debugProviders;
      const time = await timeOnEmptyStack(context, { engine, project, attach, args });
      await stopClouds(folders, clouds);
      return time;
    },
    async () => {
      const stub = await startStub();
      const attach = `aws:${stub.port}`;
      const time = await timeOnEmptyStack(context, { engine, project, attach, args });
      stub.stop();
      return time;
    },
  );
  context.output.note(
    `  ${(first / 1000).toFixed(1)} s on the clouds, ${(second / 1000).toFixed(1)} s on the stub`,
  );
  return first / second;
}
