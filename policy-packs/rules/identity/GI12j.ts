/** Artifact Registry documentation, "Configure access control": a repository may be made public. */
import { publicMembersRule } from "../shared/public-members.ts";

export const GI12j = publicMembersRule({
  id: "GI12j",
  sentence: "Nobody unnamed reads an artifact repository.",
  why: "Anybody pulls the images and packages and what is left in them, or pushes one that we then run.",
  fix: "Name groups and service accounts as members.",
  families: ["artifactregistry/repositoryIam"],
  role: "roles/artifactregistry.reader",
});
