/** Google Cloud IAM documentation, "Principal identifiers": allUsers and allAuthenticatedUsers, on what everything else inherits. */
import { publicMembersRule } from "../shared/public-members.ts";

export const GI12a = publicMembersRule({
  id: "GI12a",
  sentence: "Nobody unnamed has a role on a project, a folder or the organisation.",
  why: "Whatever the role allows, anybody does, in all that the project holds.",
  fix: "Name groups and service accounts as members.",
  families: ["projects/iAM", "folder/iAM", "organizations/iAM"],
  role: "roles/viewer",
});
