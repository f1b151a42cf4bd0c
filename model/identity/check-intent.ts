/** Finds everything wrong with an identity intent, all at once, before any engine starts. */
import type { Problem } from "../base/problem.ts";
import { nearest } from "../base/problem.ts";
import { credentialsPerIdentityMax } from "./azure/federated-credential.ts";
import { subjectBytesMax } from "./gcp/workload-trust.ts";
import { environmentRun, githubSubject } from "./github.ts";
import type { IdentityIntent, PermissionsIntent, PipelineIntent } from "./intent.ts";
import { azureRoleIds } from "./intent.ts";

/** Sessions of people: Identity Center knows none below an hour; above four is not zero trust. */
export const sessionMinutes = { shortest: 60, longest: 240 } as const;

const name = {
  form: /^[a-z][a-z0-9-]{0,19}$/,
  says: "1–20 lower-case letters, digits and hyphens, a letter first",
};
const githubName = { form: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, says: "a GitHub name" };
const githubId = { form: /^[1-9][0-9]{0,18}$/, says: "the number GitHub gave it, as a string" };
const environmentName = {
  form: /^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/,
  says: "1–50 letters, digits, hyphens and underscores",
};
const awsAction = {
  form: /^[a-z0-9-]+:[A-Za-z]+$/,
  says: "one action by its full name, e.g. ec2:CreateVpc",
};
const gcpRole = {
  form: /^roles\/[A-Za-z]+(\.[A-Za-z]+)+$/,
  says: "a predefined role, e.g. roles/compute.networkAdmin",
};

/** Services whose actions change who may do what; a pipeline that has them has everything. */
const awsServicesRefused = ["iam", "sts", "sso", "sso-directory", "identitystore", "organizations"];
const gcpServicesRefused = ["iam", "resourcemanager", "billing", "orgpolicy"];

/** Problems of the intent; an empty list means that it can be lowered. */
export function checkIdentityIntent(intent: IdentityIntent): Problem[] {
  return [
    ...formProblems("environment", intent.environment, name),
    ...checkRepository(intent),
    ...checkPipelines(intent),
    ...intent.pipelines.flatMap((pipeline, index) => checkPipeline(intent, pipeline, index)),
    ...formProblems("workforce.name", intent.workforce.name, name),
    ...checkSession(intent.workforce.sessionMinutes),
    ...checkPermissions("workforce.may", intent.workforce.may),
  ];
}

interface Form {
  readonly form: RegExp;
  readonly says: string;
}

function formProblems(place: string, value: string, { form, says }: Form): Problem[] {
  if (form.test(value)) return [];
  const next =
    "Write it as the clouds and GitHub know it; it becomes part of names and conditions.";
  return [{ code: "input-type", place, got: JSON.stringify(value), allowed: says, next }];
}

function checkRepository({ repository }: IdentityIntent): Problem[] {
  return [
    ...formProblems("repository.owner", repository.owner, githubName),
    ...formProblems("repository.ownerId", repository.ownerId, githubId),
    ...formProblems("repository.repository", repository.repository, githubName),
    ...formProblems("repository.repositoryId", repository.repositoryId, githubId),
  ];
}

function checkPipelines({ pipelines, workforce }: IdentityIntent): Problem[] {
  if (pipelines.length === 0) {
    const next = "Name at least one pipeline; without one nothing can update the environment.";
    return [
      { code: "input-missing", place: "pipelines", got: "none", allowed: "at least one", next },
    ];
  }
  return [
    // Resources are named after who they serve, so people and pipelines share the names.
    ...duplicates([
      { place: "the clouds' own names", value: "workforce" },
      { place: "workforce.name", value: workforce.name },
      ...pipelines.map((one, i) => ({ place: `pipelines[${i}].name`, value: one.name })),
    ]),
    ...duplicates(
      pipelines.flatMap((one, i) =>
        one.githubEnvironments.map((value, j) => ({
          place: `pipelines[${i}].githubEnvironments[${j}]`,
          value,
        })),
      ),
    ),
  ];
}

function duplicates(items: readonly { place: string; value: string }[]): Problem[] {
  return items.flatMap(({ place, value }, index) => {
    const first = items.slice(0, index).find((item) => item.value === value);
    if (first === undefined) return [];
    const next = `${first.place} has it already; one job must not be two identities.`;
    return [
      {
        code: "input-duplicate" as const,
        place,
        got: JSON.stringify(value),
        allowed: "each once",
        next,
      },
    ];
  });
}

function checkPipeline(intent: IdentityIntent, pipeline: PipelineIntent, index: number): Problem[] {
  const at = `pipelines[${index}]`;
  const environments = pipeline.githubEnvironments;
  return [
    ...formProblems(`${at}.name`, pipeline.name, name),
    ...checkEnvironmentCount(`${at}.githubEnvironments`, environments.length),
    ...environments.flatMap((environment, i) => {
      const place = `${at}.githubEnvironments[${i}]`;
      return [
        ...formProblems(place, environment, environmentName),
        ...checkSubjectLength(place, githubSubject(environmentRun(intent.repository, environment))),
      ];
    }),
    ...checkPermissions(`${at}.may`, pipeline.may),
  ];
}

function checkEnvironmentCount(place: string, count: number): Problem[] {
  if (count > 0 && count <= credentialsPerIdentityMax) return [];
  const next =
    "An environment is what ties a job to its approvals; Azure takes 20 credentials per identity.";
  const allowed = `1–${credentialsPerIdentityMax}`;
  return [{ code: "limit-reached", place, got: `${count} environments`, allowed, next }];
}

function checkSubjectLength(place: string, subject: string): Problem[] {
  if (Buffer.byteLength(subject) <= subjectBytesMax) return [];
  const next =
    "Shorten the environment's or the repository's name; Google refuses longer subjects.";
  const allowed = `a token subject of at most ${subjectBytesMax} bytes`;
  return [{ code: "limit-reached", place, got: JSON.stringify(subject), allowed, next }];
}

function checkSession(minutes: number): Problem[] {
  const { shortest, longest } = sessionMinutes;
  if (Number.isInteger(minutes) && minutes >= shortest && minutes <= longest) return [];
  return [
    {
      code: "input-type",
      place: "workforce.sessionMinutes",
      got: String(minutes),
      allowed: `a whole number from ${shortest} to ${longest}`,
      next: "Take 60 unless people cannot work with it.",
    },
  ];
}

function checkPermissions(at: string, may: PermissionsIntent): Problem[] {
  return [
    ...may.awsActions.flatMap((action, i) => checkAwsAction(`${at}.awsActions[${i}]`, action)),
    ...may.azureRoles.flatMap((role, i) => checkAzureRole(`${at}.azureRoles[${i}]`, role)),
    ...may.gcpRoles.flatMap((role, i) => checkGcpRole(`${at}.gcpRoles[${i}]`, role)),
  ];
}

function checkAwsAction(place: string, action: string): Problem[] {
  const service = action.split(":")[0] ?? "";
  if (awsServicesRefused.includes(service)) return [grantsRights(place, action)];
  return formProblems(place, action, awsAction);
}

function checkGcpRole(place: string, role: string): Problem[] {
  const service = /^roles\/([a-zA-Z]+)/.exec(role)?.[1] ?? "";
  const basic = ["owner", "editor", "viewer"].includes(service);
  if (basic || gcpServicesRefused.includes(service)) return [grantsRights(place, role)];
  return formProblems(place, role, gcpRole);
}

function checkAzureRole(place: string, role: string): Problem[] {
  const known = Object.keys(azureRoleIds);
  if (known.includes(role)) return [];
  const near = nearest(role, known);
  const next = near === undefined ? "Name one of these roles." : `Did you mean "${near}"?`;
  return [
    { code: "input-unknown", place, got: JSON.stringify(role), allowed: known.join(", "), next },
  ];
}

function grantsRights(place: string, got: string): Problem {
  return {
    code: "trust-too-wide",
    place,
    got,
    allowed: "a right over one service that does not hand out rights",
    next: "Who may do what is changed by the organisation's stack, not by a pipeline.",
  };
}
