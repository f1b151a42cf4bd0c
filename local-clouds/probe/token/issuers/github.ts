/** GitHub Actions (GitHub docs, "OpenID Connect reference": "OIDC token claims" and "Filtering for specific events"). */

import type { JsonObject } from "../../../protocol/value.ts";
import { claim, type Issuer } from "./issuer.ts";

const shared = "https://token.actions.githubusercontent.com";

/** GitHub's issuer; an enterprise may have its own form of it ("Customizing the issuer value for an enterprise"). */
export function github(enterprise: string): Issuer {
  return {
    name: enterprise === "" ? "github" : `github/${enterprise}`,
    url: enterprise === "" ? shared : `${shared}/${enterprise}`,
    audience: "https://github.com/acme",
    lifetimeSeconds: 300,
    claims: (given) => claimsOf(given, enterprise),
  };
}

function claimsOf(given: JsonObject, enterprise: string): JsonObject {
  const repository = claim(given, "repository", "acme/shop");
  const owner = repository.split("/")[0] ?? "";
  const ref = claim(given, "ref", "refs/heads/main");
  const workflow = `${repository}/.github/workflows/deploy.yml@${ref}`;
  return {
    sub: `repo:${repository}:${contextOf(given, ref)}`,
    actor: "alice",
    actor_id: "1001",
    base_ref: "",
    event_name: "push",
    head_ref: "",
    job_workflow_ref: workflow,
    ref,
    ref_protected: "true",
    ref_type: ref.startsWith("refs/tags/") ? "tag" : "branch",
    repository,
    repository_id: "123456",
    repository_owner: owner,
    repository_owner_id: "65432",
    repository_visibility: "private",
    run_attempt: "1",
    run_id: "7000000001",
    run_number: "17",
    runner_environment: "github-hosted",
    sha: "1f0c9a1d5f0b4f6f9a50f5c6a8f2cf1f6c1d2e3a",
    workflow: "deploy",
    workflow_ref: workflow,
    ...(enterprise === "" ? {} : { enterprise, enterprise_id: "3001" }),
  };
}

/** A job with an environment says so, then a pull request, else the ref. */
function contextOf(given: JsonObject, ref: string): string {
  if (typeof given["environment"] === "string") return `environment:${given["environment"]}`;
  return given["event_name"] === "pull_request" ? "pull_request" : `ref:${ref}`;
}
