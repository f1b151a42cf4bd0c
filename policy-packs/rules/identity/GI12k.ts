/** Secret Manager documentation, "Access control with IAM". */
import { publicMembersRule } from "../shared/public-members.ts";

export const GI12k = publicMembersRule({
  id: "GI12k",
  sentence: "Nobody unnamed reads a secret.",
  why: "The secret is read from anywhere, and nobody has to break in for it.",
  fix: "Name groups and service accounts as members.",
  families: ["secretmanager/regionalSecretIam", "secretmanager/secretIam"],
  role: "roles/secretmanager.secretAccessor",
});
