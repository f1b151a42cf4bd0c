/** Cloud Run functions documentation, "Authorize access with IAM". */
import { publicMembersRule } from "../shared/public-members.ts";

export const GI12i = publicMembersRule({
  id: "GI12i",
  sentence: "Nobody unnamed calls a function.",
  why: "Anybody runs the function with what he likes, under its service account.",
  fix: "Name groups and service accounts as members.",
  families: ["cloudfunctions/functionIam", "cloudfunctionsv2/functionIam"],
  role: "roles/cloudfunctions.invoker",
});
