/** An identity intent as it comes from outside: of the right shape, and sound. */
import { throwIfAny } from "../base/problem.ts";
import { type Shape, shapeProblems } from "../base/shape.ts";
import { checkIdentityIntent } from "./check-intent.ts";
import type { IdentityIntent } from "./intent.ts";

const text = "text";
const texts: Shape = { list: text };
const may: Shape = { fields: { awsActions: texts, azureRoles: texts, gcpRoles: texts } };

const identityShape: Shape = {
  fields: {
    environment: text,
    repository: { fields: { owner: text, ownerId: text, repository: text, repositoryId: text } },
    pipelines: { list: { fields: { name: text, githubEnvironments: texts, may } } },
    workforce: { fields: { name: text, sessionMinutes: "number", may } },
  },
};

/** The intent that a value holds. Throws a `ProblemError` with everything wrong about it. */
export function readIdentityIntent(value: unknown): IdentityIntent {
  throwIfAny(shapeProblems(value, identityShape));
  const intent = value as IdentityIntent;
  throwIfAny(checkIdentityIntent(intent));
  return intent;
}
