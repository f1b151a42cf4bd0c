import assert from "node:assert/strict";
import type { Lab } from "../../kit/lab.ts";
import { account, documentOf, openAws, textAt } from "./fixtures.ts";

const token = {
  set: "aws:ssoadmin/permissionSet:PermissionSet",
  managed: "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
  customer: "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment",
  inline: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
  boundary: "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment",
  assignment: "aws:ssoadmin/accountAssignment:AccountAssignment",
  group: "aws:identitystore/group:Group",
};

describe("IAM Identity Center", () => {
  let lab: Lab;
  let instanceArn: string;
  let identityStoreId: string;
  beforeEach(() => {
    lab = openAws();
    const { arns, identityStoreIds } = lab.invoke(
      "aws:ssoadmin/getInstances:getInstances",
    ) as Record<string, string[]>;
    instanceArn = arns?.[0] ?? "";
    identityStoreId = identityStoreIds?.[0] ?? "";
  });
  afterEach(() => lab.close());

  const set = (name: string) => lab.create(token.set, name, { instanceArn, name });
  const group = (displayName: string) =>
    lab.create(token.group, displayName, { identityStoreId, displayName });

  it("keeps permission sets in the account's instance, each name once", () => {
    const made = set("dev");
    assert.match(instanceArn, /^arn:aws:sso:::instance\/ssoins-[0-9a-f]{16}$/);
    assert.equal(made.id, `${textAt(made, "arn")},${instanceArn}`);
    assert.equal(made.outputs["sessionDuration"], "PT1H");
    assert.match(
      lab.refusal(() => lab.create(token.set, "again", { instanceArn, name: "dev" })),
      /ConflictException/,
    );
    const strange = { instanceArn: "arn:aws:sso:::instance/ssoins-0", name: "x" };
    assert.match(
      lab.refusal(() => lab.create(token.set, "x", strange)),
      /ResourceNotFoundException/,
    );
    assert.equal(
      lab.checkFailures(token.set, "y", { instanceArn, name: "n".repeat(33) }).length,
      1,
    );
    assert.equal(
      lab.checkFailures(token.set, "z", { instanceArn, name: "z", sessionDuration: "1h" }).length,
      1,
    );
  });

  it("puts policies into a set that is there", () => {
    const permissionSetArn = textAt(set("dev"), "arn");
    const common = { instanceArn, permissionSetArn };
    const managed = lab.create(token.managed, "m", {
      ...common,
      managedPolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    });
    assert.equal(managed.outputs["managedPolicyName"], "ReadOnlyAccess");
    const customer = lab.create(token.customer, "c", {
      ...common,
      customerManagedPolicyReference: { name: "own" },
    });
    assert.equal(customer.id, `own,/,${permissionSetArn},${instanceArn}`);
    const inlinePolicy = documentOf({ Effect: "Allow", Action: "s3:ListBucket", Resource: "*" });
    lab.create(token.inline, "i", { ...common, inlinePolicy });
    const faults = lab.checkFailures(token.boundary, "b", { ...common, permissionsBoundary: {} });
    assert.equal(faults.length, 1);
    const lost = { ...common, permissionSetArn: "arn:aws:sso:::permissionSet/none", inlinePolicy };
    assert.match(
      lab.refusal(() => lab.create(token.inline, "lost", lost)),
      /ResourceNotFoundException/,
    );
  });

  it("assigns a set to a group that is there, and keeps the set", () => {
    const made = set("dev");
    const people = group("platform");
    const assign = (principalId: string) =>
      lab.create(token.assignment, "a", {
        instanceArn,
        permissionSetArn: textAt(made, "arn"),
        principalId,
        principalType: "GROUP",
        targetId: account,
        targetType: "AWS_ACCOUNT",
      });
    assert.match(
      lab.refusal(() => assign("none")),
      /ResourceNotFoundException/,
    );
    const groupId = textAt(people, "groupId");
    const assignment = assign(groupId);
    assert.equal(
      assignment.id,
      [groupId, "GROUP", account, "AWS_ACCOUNT", textAt(made, "arn"), instanceArn].join(","),
    );
    assert.match(
      lab.refusal(() => lab.delete(made)),
      /ConflictException/,
    );
    lab.delete(assignment);
    lab.delete(made);
  });

  it("knows groups by store and name", () => {
    const made = group("platform");
    assert.equal(made.id, `${identityStoreId}/${textAt(made, "groupId")}`);
    assert.match(
      lab.refusal(() =>
        lab.create(token.group, "again", { identityStoreId, displayName: "platform" }),
      ),
      /ConflictException/,
    );
    assert.match(
      lab.refusal(() => lab.create(token.group, "x", { identityStoreId: "d-0", displayName: "x" })),
      /ResourceNotFoundException/,
    );
  });
});
