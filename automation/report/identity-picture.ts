/** Who may become whom: pipelines and people, in three clouds, without any stored key. */
import type { Cloud } from "../../model/base/cloud.ts";
import { clouds, cloudTitles } from "../../model/base/cloud.ts";
import type { IdentityIntent, PermissionsIntent } from "../../model/identity/intent.ts";
import { drawGraph, type GraphEdge, type GraphNode } from "./graph.ts";
import { type Markup, markup } from "./markup.ts";

interface Actor {
  readonly id: string;
  readonly node: GraphNode;
  readonly may: PermissionsIntent;
  /** Names of what the actor becomes, by cloud. */
  readonly becomes: Readonly<Record<"aws" | "azure" | "gcp", string>>;
}

/** The federations as a picture, then what each identity may do. */
export function identitySection(intent: IdentityIntent): Markup {
  const { repository } = intent;
  const source: GraphNode = {
    id: "github",
    title: "GitHub Actions",
    lines: [
      `${repository.owner}/${repository.repository}`,
      `owner ${repository.ownerId}, repository ${repository.repositoryId}`,
    ],
    look: "outside",
  };
  const directory: GraphNode = {
    id: "directory",
    title: "Directory",
    lines: [`group ${intent.workforce.name}`, "signs in with the organisation's login"],
    look: "outside",
  };
  const actors = actorsOf(intent);
  const graph = drawGraph(
    [source, directory, ...actors.map((actor) => actor.node), ...actors.flatMap(targetsOf)],
    [...actors.map(admission), ...actors.flatMap(becoming)],
    { title: `Federations of environment ${intent.environment}` },
    { column: 96, row: 16 },
  );
  return markup`<section id="identity"><h2>Who may become whom</h2>
<p class="lead">No key is stored anywhere: each identity is lent for a token that names the repository by ids which GitHub never gives out twice, or for a person's own login.</p>
<div class="card"><div class="scroll">${graph}</div></div>
${permissionTable(actors)}</section>`;
}

function actorsOf(intent: IdentityIntent): Actor[] {
  const pipelines = intent.pipelines.map((pipeline) => ({
    id: `pipeline ${pipeline.name}`,
    may: pipeline.may,
    node: {
      id: `pipeline ${pipeline.name}`,
      title: `pipeline ${pipeline.name}`,
      lines: [`environments: ${pipeline.githubEnvironments.join(", ")}`],
      look: "identity",
    },
    becomes: { aws: "IAM role", azure: "managed identity", gcp: "workload identity" },
  }));
  const { workforce } = intent;
  const people = {
    id: "people",
    may: workforce.may,
    node: {
      id: "people",
      title: workforce.name,
      lines: [`sessions of ${workforce.sessionMinutes} min`],
      look: "identity",
    },
    becomes: { aws: "permission set", azure: "group", gcp: "workforce pool" },
  };
  return [...pipelines, people];
}

function targetsOf(actor: Actor): GraphNode[] {
  return clouds.map((cloud) => ({
    id: `${actor.id} ${cloud}`,
    title: `${cloudTitles[cloud]} ${actor.becomes[cloud]}`,
    lines: [powers(actor.may, cloud)],
    look: cloud,
  }));
}

function powers(may: PermissionsIntent, cloud: Cloud): string {
  const count = grantsOf(may, cloud).length;
  if (count === 0) return "reads configuration only";
  const noun = cloud === "aws" ? "action" : "role";
  return `reads, and ${count} ${noun}${count === 1 ? "" : "s"}`;
}

function grantsOf(may: PermissionsIntent, cloud: Cloud): readonly string[] {
  return { aws: may.awsActions, azure: may.azureRoles, gcp: may.gcpRoles }[cloud];
}

function admission(actor: Actor): GraphEdge {
  const from = actor.id === "people" ? "directory" : "github";
  return { from, to: actor.id, label: "", because: "token checked by every cloud itself" };
}

function becoming(actor: Actor): GraphEdge[] {
  return clouds.map((cloud) => ({
    from: actor.id,
    to: `${actor.id} ${cloud}`,
    label: "",
    because: `becomes the ${actor.becomes[cloud]}`,
  }));
}

function permissionTable(actors: readonly Actor[]): Markup {
  const rows = actors.flatMap((actor) =>
    clouds.map((cloud) => {
      const grants = grantsOf(actor.may, cloud);
      const words = grants.length === 0 ? "reads configuration only" : grants.join(", ");
      return markup`<tr><td>${actor.node.title}</td><td>${cloudTitles[cloud]}</td><td>${words}</td></tr>`;
    }),
  );
  return markup`<details><summary>What each identity may do</summary><table><thead><tr><th>Identity</th><th>Cloud</th><th>May</th></tr></thead><tbody>${rows}</tbody></table></details>`;
}
