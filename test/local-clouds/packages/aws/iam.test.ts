import assert from "node:assert/strict";
import { type Lab, unknown } from "../../kit/lab.ts";
import { account, documentOf, makeRole, openAws, textAt, trustOf } from "./fixtures.ts";

const token = {
  role: "aws:iam/role:Role",
  policy: "aws:iam/policy:Policy",
  inline: "aws:iam/rolePolicy:RolePolicy",
  attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  provider: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
};
const github = "token.actions.githubusercontent.com";
const reads = documentOf({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });

describe("IAM", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  const role = (name: string, assumeRolePolicy: string) =>
    lab.create(token.role, name, { name, assumeRolePolicy });

  it("names a role, cuts long names and gives ARN and unique id", () => {
    const made = lab.create(token.role, "r".repeat(80), {
      assumeRolePolicy: trustOf("ec2.amazonaws.com"),
      path: "/app/",
    });
    assert.equal(made.id.length, 64);
    assert.equal(made.outputs["arn"], `arn:aws:iam::${account}:role/app/${made.id}`);
    assert.match(textAt(made, "uniqueId"), /^AROA[A-Z0-9]{17}$/);
    assert.equal(made.outputs["maxSessionDuration"], 3600);
  });

  it("is the same from every region, and names differ by more than case", () => {
    const made = makeRole(lab, "Admin", "ec2.amazonaws.com");
    const elsewhere = lab.with("aws", { region: "us-west-2" });
    assert.ok(elsewhere.read(token.role, made.id));
    assert.match(
      lab.refusal(() => makeRole(lab, "Admin", "ec2.amazonaws.com")),
      /EntityAlreadyExists/,
    );
    assert.match(
      lab.refusal(() => makeRole(lab, "admin", "ec2.amazonaws.com")),
      /EntityAlreadyExists/,
    );
  });

  it("judges the JSON of a trust before anything is planned, once it is known", () => {
    const faults = (assumeRolePolicy: string | typeof unknown) =>
      lab.checkFailures(token.role, "r", { assumeRolePolicy });
    assert.match(faults("{not json")[0]?.reason ?? "", /invalid JSON policy/);
    assert.equal(faults(unknown).length, 0);
    assert.equal(
      lab.checkFailures(token.role, "r", { assumeRolePolicy: trustOf("x"), maxSessionDuration: 60 })
        .length,
      1,
    );
  });

  it("refuses a malformed trust", () => {
    const cases: Record<string, RegExp> = {
      [documentOf({ Effect: "Allow", Action: "sts:AssumeRole" })]:
        /Missing required field Principal/,
      [documentOf({ Effect: "Allow", Principal: { Service: "x" }, Action: "s3:GetObject" })]:
        /may only specify STS/,
      [documentOf({
        Effect: "Allow",
        Principal: { Service: "x" },
        Action: "sts:AssumeRole",
        Resource: "*",
      })]: /prohibited field Resource/,
      [documentOf({ Effect: "Permit", Principal: { Service: "x" }, Action: "sts:AssumeRole" })]:
        /Syntax errors/,
      [documentOf({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:role/none` },
        Action: "sts:AssumeRole",
      })]: /Invalid principal/,
      [JSON.stringify({ Version: "2020-01-01", Statement: [] })]: /Syntax errors/,
    };
    for (const [text, message] of Object.entries(cases)) {
      const refusal = lab.refusal(() => role("r", text));
      assert.match(refusal, /MalformedPolicyDocument/);
      assert.match(refusal, message);
    }
  });

  it("trusts a role of the account that is there, and roles of other accounts unseen", () => {
    const first = makeRole(lab, "first", "ec2.amazonaws.com");
    role(
      "second",
      documentOf({
        Effect: "Allow",
        Principal: { AWS: first.outputs["arn"] },
        Action: "sts:AssumeRole",
      }),
    );
    role(
      "third",
      documentOf({
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::999999999999:role/x" },
        Action: "sts:AssumeRole",
      }),
    );
  });

  it("wants a claim that tells repositories apart in a trust of GitHub", () => {
    const trust = (Condition: unknown) =>
      documentOf({
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${github}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition,
      });
    const audience = { [`${github}:aud`]: "sts.amazonaws.com" };
    assert.match(
      lab.refusal(() => role("r", trust({ StringEquals: audience }))),
      /MalformedPolicyDocument/,
    );
    assert.match(
      lab.refusal(() => role("r", trust({ StringLike: { [`${github}:sub`]: "*" } }))),
      /MalformedPolicyDocument/,
    );
    role(
      "r",
      trust({ StringEquals: { ...audience, [`${github}:sub`]: "repo:a/b:ref:refs/heads/main" } }),
    );
  });

  it("refuses a trust that is too long", () => {
    const services = Array.from({ length: 90 }, (_, i) => `service-number-${i}.amazonaws.com`);
    const long = documentOf({
      Effect: "Allow",
      Principal: { Service: services },
      Action: "sts:AssumeRole",
    });
    assert.match(
      lab.refusal(() => role("r", long)),
      /LimitExceeded.*ACLSizePerRole/,
    );
  });

  it("attaches policies that are there, and keeps what is attached", () => {
    const made = makeRole(lab, "r", "ec2.amazonaws.com");
    const policy = lab.create(token.policy, "p", { name: "p", policy: reads });
    assert.equal(policy.id, `arn:aws:iam::${account}:policy/p`);
    const attach = (name: string, policyArn: string) =>
      lab.create(token.attachment, name, { role: "r", policyArn });
    const own = attach("own", policy.id);
    attach("aws", "arn:aws:iam::aws:policy/ReadOnlyAccess");
    assert.match(
      lab.refusal(() => attach("lost", `arn:aws:iam::${account}:policy/none`)),
      /NoSuchEntity/,
    );
    assert.match(
      lab.refusal(() => lab.delete(policy)),
      /DeleteConflict/,
    );
    assert.match(
      lab.refusal(() => lab.delete(made)),
      /DeleteConflict/,
    );
    lab.delete(own);
    lab.delete(policy);
    assert.match(
      lab.refusal(() => lab.create(token.attachment, "x", { role: "none", policyArn: policy.id })),
      /NoSuchEntity/,
    );
  });

  it("holds a boundary as long as the role", () => {
    const policy = lab.create(token.policy, "boundary", { name: "boundary", policy: reads });
    lab.create(token.role, "r", {
      name: "r",
      assumeRolePolicy: trustOf("x"),
      permissionsBoundary: policy.id,
    });
    assert.match(
      lab.refusal(() => lab.delete(policy)),
      /DeleteConflict/,
    );
  });

  it("refuses a policy with a principal, without resources or too long", () => {
    const create = (policy: string) => () => lab.create(token.policy, "p", { name: "p", policy });
    assert.match(lab.refusal(create(trustOf("x"))), /should not specify a principal/);
    assert.match(
      lab.refusal(create(documentOf({ Effect: "Allow", Action: "s3:*" }))),
      /must contain resources/,
    );
    const actions = Array.from({ length: 600 }, (_, i) => `s3:Action${i}`);
    assert.match(
      lab.refusal(create(documentOf({ Effect: "Allow", Action: actions, Resource: "*" }))),
      /PolicySize/,
    );
  });

  it("keeps an inline policy by role and name", () => {
    makeRole(lab, "r", "ec2.amazonaws.com");
    assert.equal(
      lab.create(token.inline, "i", { role: "r", name: "reads", policy: reads }).id,
      "r:reads",
    );
  });

  it("keeps a provider's URL without scheme, and each URL once", () => {
    const create = (name: string) =>
      lab.create(token.provider, name, {
        url: `https://${github}`,
        clientIdLists: ["sts.amazonaws.com"],
      });
    const made = create("github");
    assert.equal(made.outputs["url"], github);
    assert.equal(made.id, `arn:aws:iam::${account}:oidc-provider/${github}`);
    assert.deepEqual(
      lab.diff(made, { url: `https://${github}`, clientIdLists: ["sts.amazonaws.com"] }).changed,
      [],
    );
    assert.match(
      lab.refusal(() => create("again")),
      /EntityAlreadyExists/,
    );
    assert.equal(
      lab.checkFailures(token.provider, "http", { url: `http://${github}`, clientIdLists: [] })
        .length,
      1,
    );
  });

  it("gives a user at most two keys", () => {
    const user = lab.create("aws:iam/user:User", "u", { name: "u" });
    const key = (name: string) => lab.create("aws:iam/accessKey:AccessKey", name, { user: "u" });
    const first = key("a");
    assert.match(first.id, /^AKIA[A-Z2-7]{16}$/);
    assert.equal(textAt(first, "secret").length, 40);
    key("b");
    assert.match(
      lab.refusal(() => key("c")),
      /LimitExceeded/,
    );
    assert.match(
      lab.refusal(() => lab.delete(user)),
      /DeleteConflict/,
    );
  });
});
