/** BigQuery documentation, "Control access to resources with IAM": tables have policies of their own. */
import { publicMembersRule } from "../shared/public-members.ts";

export const GI12d = publicMembersRule({
  id: "GI12d",
  sentence: "Nobody unnamed reads a table.",
  why: "The whole table is read by a query of anybody with a Google account.",
  fix: "Name groups and service accounts as members.",
  families: ["bigquery/iam"],
  role: "roles/bigquery.dataViewer",
});
