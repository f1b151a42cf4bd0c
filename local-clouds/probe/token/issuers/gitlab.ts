/** GitLab CI (GitLab docs, "OpenID Connect (OIDC) Authentication Using ID Tokens", "Token payload"). */

import { claim, type Issuer } from "./issuer.ts";

/** GitLab.com, or a GitLab of one's own by its host. */
export function gitlab(host: string): Issuer {
  const url = `https://${host === "" ? "gitlab.com" : host}`;
  return {
    name: host === "" ? "gitlab" : `gitlab/${host}`,
    url,
    audience: url,
    lifetimeSeconds: 300,
    claims: (given) => {
      const path = claim(given, "project_path", "acme/shop");
      const ref = claim(given, "ref", "main");
      const type = claim(given, "ref_type", "branch");
      return {
        sub: `project_path:${path}:ref_type:${type}:ref:${ref}`,
        namespace_id: "72",
        namespace_path: path.split("/")[0] ?? "",
        project_id: "20",
        project_path: path,
        user_id: "1",
        user_login: "alice",
        user_email: "alice@example.com",
        pipeline_id: "574",
        pipeline_source: "push",
        job_id: "302",
        ref,
        ref_type: type,
        ref_protected: "true",
        runner_environment: "gitlab-hosted",
      };
    },
  };
}
