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
const program = `import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
const vpc = new Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
for (let i = 0; i < 200; i++) {
  const group = new SecurityGroup(\`group-\${i}\`, { vpcId: vpc.id, description: "bench", tags: { owner: "bench" } });
  for (let j = 0; j < 4; j++) {
    new SecurityGroupIngressRule(\`rule-\${i}-\${j}\`, {
      securityGroupId: group.id, ipProtocol: "tcp", fromPort: 8000 + j, toPort: 8000 + j,
      cidrIpv4: \`10.0.\${i}.0/24\`, description: "bench",
    });
  }
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
