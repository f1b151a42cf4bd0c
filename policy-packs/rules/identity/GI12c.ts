/** BigQuery documentation, "Control access to datasets": by IAM, or by the dataset's own entries. */
import { unknownHere } from "../../../model/policy/rule.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import { judgeWord, publicMembersRule } from "../shared/public-members.ts";

const dataset = "gcp:bigquery/dataset:Dataset";
const access = "gcp:bigquery/datasetAccess:DatasetAccess";
const properties = ["specialGroup", "iamMember"];

export const GI12c = publicMembersRule({
  id: "GI12c",
  sentence: "Nobody unnamed reads a dataset.",
  why: "All its tables are read by a query of anybody with a Google account.",
  frameworks: [cis("cis-gcp-3.0.0", "7.1")],
  fix: "Name groups and service accounts in members, groupByEmail and userByEmail.",
  families: ["bigquery/datasetIam"],
  role: "roles/bigquery.dataViewer",
  others: {
    [dataset]: ({ inputs }, judge) => {
      for (const one of entriesOf(inputs.at("accesses"))) {
        for (const property of properties) judge.part(() => judgeWord(one.at(property), judge));
      }
    },
    [access]: ({ inputs }, judge) => {
      for (const property of properties) judge.part(() => judgeWord(inputs.at(property), judge));
    },
  },
  more: [
    {
      kind: "violating",
      says: "everybody with a Google account, in the dataset",
      expect: "fail",
      resources: alone(dataset, {
        accesses: [
          { role: "OWNER", specialGroup: "projectOwners" },
          { role: "READER", specialGroup: "allAuthenticatedUsers" },
        ],
      }),
      path: "accesses[1].specialGroup",
    },
    {
      kind: "violating",
      says: "everybody, beside the dataset",
      expect: "fail",
      resources: alone(access, { role: "READER", iamMember: "allUsers" }),
      path: "iamMember",
    },
    {
      kind: "clean",
      says: "the project's owners",
      expect: "pass",
      resources: alone(access, { role: "OWNER", specialGroup: "projectOwners" }),
    },
    {
      kind: "unknown",
      says: "entries that are not known",
      expect: "unknown",
      resources: alone(dataset, { accesses: unknownHere }),
      path: "accesses",
    },
  ],
});
