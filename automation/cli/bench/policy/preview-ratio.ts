/** A preview of 1,000 resources with the pack, over the same with a pack that has no rules. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startClouds, stopClouds } from "../../../clouds/start.ts";
import { type Context, packFolders } from "../../context.ts";
import { alternating } from "../figure.ts";
import { compileCache } from "../pack-process.ts";
import { benchEngine, makeProject, timeOnEmptyStack } from "../project.ts";

const rounds = 5;

/** Well-made resources, so that nothing stops the preview. */
const program = `import { Provider } from "@pulumi/aws/provider.js";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
const provider = new Provider("aws", { region: "eu-central-1", allowedAccountIds: ["000000000001"] });
const kmsKeyId = "arn:aws:kms:eu-central-1:000000000001:key/00000000-0000-4000-8000-000000000001";
for (let i = 0; i < 1000; i++) {
  new LogGroup(\`group-\${i}\`, { retentionInDays: 400, kmsKeyId, tags: { owner: "bench" } }, { provider });
}
`;

/** Works in a folder of its own, on local clouds of its own. */
export async function previewRatio(
  context: Context,
  folder: string,
  empty: string,
): Promise<number> {
  context.output.note("▸ preview of 1,000 resources");
  const engine = await benchEngine(context);
  mkdirSync(folder, { recursive: true });
  const project = join(folder, "project");
  makeProject(context, project, program);
  const folders = { ...context.folders, worlds: folder, world: join(folder, "w"), clouds: folder };
  const clouds = await startClouds(folders, context.variables, { kept: false, ports: [] });
  try {
    const preview = (pack: string, config: readonly string[]) =>
      timeOnEmptyStack(context, {
        engine,
        project,
        attach: clouds.debugProviders,
        args: ["preview", "--policy-pack", pack, ...config],
        variables: { NODE_COMPILE_CACHE: compileCache(context) },
      });
    const own = packFolders()[0] ?? "";
    const { first, second } = await alternating(
      rounds,
      () => preview(own, []),
      () => preview(empty, []),
    );
    const seconds = [first, second].map((ms) => (ms / 1000).toFixed(1));
    context.output.note(`  ${seconds[0]} s with the pack, ${seconds[1]} s with an empty one`);
    return first / second;
  } finally {
    await stopClouds(folders, clouds);
  }
}
