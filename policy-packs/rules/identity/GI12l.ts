/** Dataproc documentation, "Granular IAM": clusters and jobs have policies of their own. */
import { publicMembersRule } from "../shared/public-members.ts";

export const GI12l = publicMembersRule({
  id: "GI12l",
  sentence: "Nobody unnamed uses a Dataproc cluster.",
  why: "Anybody runs a job, which is code under the cluster's service account.",
  fix: "Name groups and service accounts as members.",
  families: ["dataproc/clusterIAM", "dataproc/jobIAM"],
  role: "roles/dataproc.editor",
});
