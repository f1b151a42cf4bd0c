/** Cloud Storage documentation, "Make data public": by IAM, or by the older access lists. */
import type { Judge } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import { isUnnamed, judgeWord, publicMembersRule } from "../shared/public-members.ts";

const list = "gcp:storage/bucketACL:BucketACL";
const entry = "gcp:storage/bucketAccessControl:BucketAccessControl";
const canned = /^(publicRead(Write)?|authenticatedRead)$/i;

const byEntity = ({ inputs }: PlannedResource, judge: Judge) =>
  judgeWord(inputs.at("entity"), judge);

export const GI12b = publicMembersRule({
  id: "GI12b",
  sentence: "Nobody unnamed reads a bucket.",
  why: "Buckets are found by trying names; what is open to all is read, or overwritten, within hours.",
  frameworks: [cis("cis-gcp-3.0.0", "5.1")],
  fix: "Name groups and service accounts as members; publish by a load balancer with a backend bucket.",
  families: ["storage/bucketIAM", "storage/managedFolderIam"],
  role: "roles/storage.objectViewer",
  others: {
    [list]: byList,
    [entry]: byEntity,
    "gcp:storage/defaultObjectACL:DefaultObjectACL": byList,
    "gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl": byEntity,
  },
  more: [
    {
      kind: "violating",
      says: "a canned list",
      expect: "fail",
      resources: alone(list, { predefinedAcl: "publicRead" }),
      path: "predefinedAcl",
    },
    {
      kind: "violating",
      says: "an entry of a list",
      expect: "fail",
      resources: alone(list, { roleEntities: ["OWNER:project-owners-1", "READER:allUsers"] }),
      path: "roleEntities[1]",
    },
    {
      kind: "violating",
      says: "an entry of its own",
      expect: "fail",
      resources: alone(entry, { role: "READER", entity: "allAuthenticatedUsers" }),
      path: "entity",
    },
    {
      kind: "clean",
      says: "a group in a list",
      expect: "pass",
      resources: alone(list, { roleEntities: ["READER:group-shop@example.com"] }),
    },
    {
      kind: "unknown",
      says: "a list that is not known",
      expect: "unknown",
      resources: alone(list, { roleEntities: unknownHere }),
      path: "roleEntities",
    },
  ],
});

function byList({ inputs }: PlannedResource, judge: Judge): void {
  judge.part(() => {
    const acl = inputs.at("predefinedAcl");
    const word = acl.text() ?? "";
    if (canned.test(word)) judge.fail(acl, `a request of anybody, by ${word}`);
  });
  for (const one of entriesOf(inputs.at("roleEntities"))) {
    judge.part(() => {
      const entity = one.text()?.split(":").at(-1) ?? "";
      if (isUnnamed(entity)) judge.fail(one, `a request of ${entity}, whoever that is`);
    });
  }
}
