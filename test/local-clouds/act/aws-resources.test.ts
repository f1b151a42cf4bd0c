/** What decides at the resource beside its policy: Block Public Access, ACLs, grants of keys, policies of functions. */

import assert from "node:assert/strict";
import type { JsonObject, ValueObject } from "../../../local-clouds/protocol/value.ts";
import { account, policy, role } from "../probe/token/aws-world.ts";
import { TestWorld } from "../probe/token/kit.ts";
import { acting, type Row, table, type Wish } from "./kit.ts";

const blocking = "Amazon S3 user guide, Blocking public access to your Amazon S3 storage";
const acls = "Amazon S3 user guide, Access control list (ACL) overview";
const ownership =
  "Amazon S3 user guide, Controlling ownership of objects and disabling ACLs for your bucket";
const grants = "AWS KMS developer guide, Grants in AWS KMS";
const functions = "AWS Lambda developer guide, Viewing resource-based IAM policies in Lambda";
const other = "210987654321";

/** Roles `deploy` here and `guest` in another account, with what their own policies allow. */
function roles(world: TestWorld, ...actions: readonly string[]): void {
  role(world, "deploy", policy());
  const foreign = world.lab.with("aws", { region: "eu-central-1", allowedAccountIds: [other] });
  foreign.create("aws:iam/role:Role", "guest", {
    name: "guest",
    assumeRolePolicy: JSON.stringify(
      policy({
        Effect: "Allow",
        Principal: { Service: "ec2.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
    ),
  });
  if (actions.length === 0) return;
  const own = JSON.stringify(policy({ Effect: "Allow", Action: [...actions], Resource: "*" }));
  world.lab.create("aws:iam/rolePolicy:RolePolicy", "own", {
    role: "deploy",
    name: "own",
    policy: own,
  });
  foreign.create("aws:iam/rolePolicy:RolePolicy", "own", {
    role: "guest",
    name: "own",
    policy: own,
  });
}

const here = `arn:aws:iam::${account}:role/deploy`;
const there = `arn:aws:iam::${other}:role/guest`;
const everybody = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::site/*",
};
const open = {
  blockPublicAcls: false,
  blockPublicPolicy: false,
  ignorePublicAcls: false,
  restrictPublicBuckets: false,
};

interface Site {
  readonly block?: ValueObject;
  readonly statements?: readonly JsonObject[];
  readonly ownership?: string;
  readonly acl?: string;
  readonly account?: ValueObject;
}

/** A bucket `site` with settings. */
function site(
  world: TestWorld,
  { block, statements = [], ownership: owns, acl, account: all }: Site,
): void {
  const { lab } = world;
  lab.create("aws:s3/bucket:Bucket", "site", { bucket: "site" });
  if (block !== undefined)
    lab.create("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "site", {
      bucket: "site",
      ...block,
    });
  if (all !== undefined)
    world.insert(
      "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
      account,
      account,
      all as JsonObject,
    );
  if (statements.length > 0)
    world.insert(
      "aws:s3/bucketPolicy:BucketPolicy",
      account,
      "site",
      {
        bucket: "site",
        policy: JSON.stringify(policy(...statements)),
      },
      "eu-central-1",
    );
  if (owns !== undefined)
    lab.create("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "site", {
      bucket: "site",
      rule: { objectOwnership: owns },
    });
  if (acl !== undefined)
    world.insert(
      "aws:s3/bucketAcl:BucketAcl",
      account,
      `site,${acl}`,
      { bucket: "site", acl },
      "eu-central-1",
    );
}

const read: Omit<Wish, "as"> = { action: "s3:GetObject", resource: "arn:aws:s3:::site/index.html" };
const list: Omit<Wish, "as"> = { action: "s3:ListBucket", resource: "arn:aws:s3:::site" };

function bucket(
  says: string,
  source: string,
  settings: Site,
  wish: Wish,
  outcome: Row["outcome"],
  by: string,
  makes?: string,
): Row {
  return {
    says,
    source,
    set: (world) => {
      roles(world, "s3:*");
      site(world, settings);
      return wish;
    },
    outcome,
    by,
    ...(makes === undefined ? {} : { makes }),
  };
}

const nobody = { as: "anonymous" };
const guest = { as: there };
const deploy = { as: here };
const narrowed = { ...everybody, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } };
const wide = {
  ...everybody,
  Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/x" } },
};
const putPolicy = (statement: JsonObject): Omit<Wish, "as"> => ({
  action: "s3:PutBucketPolicy",
  resource: "arn:aws:s3:::site",
  with: { policy: JSON.stringify(policy(statement)) },
});
const putAcl = (acl: string): Omit<Wish, "as"> => ({
  action: "s3:PutBucketAcl",
  resource: "arn:aws:s3:::site",
  with: { acl },
});
const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";

table(
  "access to buckets",
  [
    bucket(
      "without a policy nobody unsigned reads",
      acls,
      {},
      { ...nobody, ...read },
      "denied",
      "a request without signature",
    ),
    bucket(
      "a public policy lets everybody in where nothing blocks it",
      blocking,
      { block: open, statements: [everybody] },
      { ...nobody, ...read },
      "allowed",
      "bucket policy",
    ),
    bucket(
      "RestrictPublicBuckets keeps everybody out of a public bucket",
      blocking,
      { block: { ...open, restrictPublicBuckets: true }, statements: [everybody] },
      { ...nobody, ...read },
      "denied",
      "RestrictPublicBuckets",
    ),
    bucket(
      "RestrictPublicBuckets keeps other accounts out of a public bucket",
      blocking,
      { block: { ...open, restrictPublicBuckets: true }, statements: [everybody] },
      { ...guest, ...read },
      "denied",
      "RestrictPublicBuckets",
    ),
    bucket(
      "RestrictPublicBuckets lets the own account in",
      blocking,
      { block: { ...open, restrictPublicBuckets: true }, statements: [everybody] },
      { ...deploy, ...read },
      "allowed",
      "bucket policy",
    ),
    bucket(
      "new buckets block all until somebody says otherwise",
      blocking,
      { statements: [everybody] },
      { ...guest, ...read },
      "denied",
      "RestrictPublicBuckets",
    ),
    bucket(
      "the account's setting counts for each bucket",
      blocking,
      { block: open, account: { restrictPublicBuckets: true }, statements: [everybody] },
      { ...nobody, ...read },
      "denied",
      "RestrictPublicBuckets",
    ),
    bucket(
      "a policy for a named account is not public",
      blocking,
      { statements: [{ ...everybody, Principal: { AWS: `arn:aws:iam::${other}:root` } }] },
      { ...guest, ...read },
      "allowed",
      "bucket policy",
    ),
    bucket(
      "a policy that names an organization is not public",
      blocking,
      { statements: [narrowed] },
      { ...nobody, ...read },
      "denied",
      "bucket policy",
    ),
    bucket(
      "a condition with a wildcard does not make a policy narrow",
      blocking,
      { ...putSite() },
      { ...deploy, ...putPolicy(wide) },
      "denied",
      "BlockPublicPolicy",
    ),
    bucket(
      "BlockPublicPolicy keeps public policies away",
      blocking,
      { ...putSite() },
      { ...deploy, ...putPolicy(everybody) },
      "denied",
      "BlockPublicPolicy",
    ),
    bucket(
      "BlockPublicPolicy lets narrow policies through",
      blocking,
      { ...putSite() },
      { ...deploy, ...putPolicy({ ...everybody, Principal: { AWS: here } }) },
      "allowed",
      "inline own",
      bucketPolicy,
    ),
    bucket(
      "an ACL for everybody lists the bucket where ACLs are on",
      acls,
      { block: open, ownership: "ObjectWriter", acl: "public-read" },
      { ...nobody, ...list },
      "allowed",
      "access control list: public-read",
    ),
    bucket(
      "the bucket's ACL does not read its objects",
      acls,
      { block: open, ownership: "ObjectWriter", acl: "public-read" },
      { ...nobody, ...read },
      "denied",
      "a request without signature",
    ),
    bucket(
      "an ACL of a bucket without ACLs counts for nothing",
      ownership,
      { block: open, ownership: "BucketOwnerEnforced", acl: "public-read" },
      { ...nobody, ...list },
      "denied",
      "a request without signature",
    ),
    bucket(
      "IgnorePublicAcls ignores them",
      blocking,
      { block: { ...open, ignorePublicAcls: true }, ownership: "ObjectWriter", acl: "public-read" },
      { ...nobody, ...list },
      "denied",
      "a request without signature",
    ),
    bucket(
      "authenticated-read is for who signs",
      acls,
      { block: open, ownership: "ObjectWriter", acl: "authenticated-read" },
      { ...guest, ...list },
      "allowed",
      "access control list: authenticated-read",
    ),
    bucket(
      "authenticated-read is not for who does not",
      acls,
      { block: open, ownership: "ObjectWriter", acl: "authenticated-read" },
      { ...nobody, ...list },
      "denied",
      "a request without signature",
    ),
    bucket(
      "a bucket without ACLs takes none",
      ownership,
      { block: open },
      { ...deploy, ...putAcl("public-read") },
      "denied",
      "AccessControlListNotSupported",
    ),
    bucket(
      "BlockPublicAcls keeps public ACLs away",
      blocking,
      { block: { ...open, blockPublicAcls: true }, ownership: "ObjectWriter" },
      { ...deploy, ...putAcl("public-read") },
      "denied",
      "BlockPublicAcls",
    ),
    bucket(
      "BlockPublicAcls lets private ACLs through",
      blocking,
      { block: { ...open, blockPublicAcls: true }, ownership: "ObjectWriter" },
      { ...deploy, ...putAcl("private") },
      "allowed",
      "inline own",
      "aws:s3/bucketAcl:BucketAcl",
    ),
  ],
  20,
);

function putSite(): Site {
  return { block: { ...open, blockPublicPolicy: true } };
}

/** A key whose policy lets its administrator alone in, and a grant. */
function granted(
  says: string,
  grant: JsonObject | undefined,
  wish: Wish,
  outcome: Row["outcome"],
  by: string,
): Row {
  return {
    says,
    source: grants,
    set: (world) => {
      roles(world);
      const key = world.lab.create("aws:kms/key:Key", "k", {
        policy: JSON.stringify(
          policy({
            Sid: "admin",
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${account}:role/admin` },
            Action: "kms:*",
            Resource: "*",
          }),
        ),
        bypassPolicyLockoutSafetyCheck: true,
      });
      if (grant !== undefined)
        world.insert(
          "aws:kms/grant:Grant",
          account,
          "g-1",
          { keyId: key.id, name: "for-deploy", ...grant },
          "eu-central-1",
        );
      return { ...wish, resource: key.id };
    },
    outcome,
    by,
  };
}

const decrypt: Wish = { as: here, action: "kms:Decrypt", resource: "" };
const forDeploy = { granteePrincipal: here, operations: ["Decrypt", "GenerateDataKey"] };
const context = (given: JsonObject): Wish => ({ ...decrypt, with: { encryptionContext: given } });

table(
  "grants of keys",
  [
    granted(
      "without a grant the key's policy alone decides",
      undefined,
      decrypt,
      "denied",
      "key policy",
    ),
    granted(
      "a grant lets its grantee use the key",
      forDeploy,
      decrypt,
      "allowed",
      "grants of the key: for-deploy",
    ),
    granted(
      "a grant is for its operations alone",
      forDeploy,
      { ...decrypt, action: "kms:Encrypt" },
      "denied",
      "key policy",
    ),
    granted(
      "a grant is for its grantee alone",
      { ...forDeploy, granteePrincipal: there },
      decrypt,
      "denied",
      "key policy",
    ),
    granted(
      "a context that must equal is met",
      { ...forDeploy, constraints: [{ encryptionContextEquals: { a: "b" } }] },
      context({ a: "b" }),
      "allowed",
      "for-deploy",
    ),
    granted(
      "a context with more than it must equal is not",
      { ...forDeploy, constraints: [{ encryptionContextEquals: { a: "b" } }] },
      context({ a: "b", c: "d" }),
      "denied",
      "key policy",
    ),
    granted(
      "a context that must have something has it",
      { ...forDeploy, constraints: [{ encryptionContextSubset: { a: "b" } }] },
      context({ a: "b", c: "d" }),
      "allowed",
      "for-deploy",
    ),
    granted(
      "without context none is met",
      { ...forDeploy, constraints: [{ encryptionContextSubset: { a: "b" } }] },
      decrypt,
      "denied",
      "key policy",
    ),
  ],
  8,
);

/** A function with permissions. */
function permitted(
  says: string,
  permissions: readonly JsonObject[],
  wish: Wish,
  outcome: Row["outcome"],
  by: string,
  ...actions: readonly string[]
): Row {
  return {
    says,
    source: functions,
    set: (world) => {
      roles(world, ...actions);
      world.insert(
        "aws:lambda/function:Function",
        account,
        "orders",
        { name: "orders", arn },
        "eu-central-1",
      );
      for (const [i, permission] of permissions.entries()) {
        const statement = {
          function: "orders",
          action: "lambda:InvokeFunction",
          statementId: `s${i}`,
          ...permission,
        };
        world.insert(
          "aws:lambda/permission:Permission",
          account,
          `s${i}`,
          statement,
          "eu-central-1",
        );
      }
      return wish;
    },
    outcome,
    by,
  };
}

const arn = `arn:aws:lambda:eu-central-1:${account}:function:orders`;
const invoke: Wish = { as: there, action: "lambda:InvokeFunction", resource: arn };

table(
  "policies of functions",
  [
    permitted(
      "another account needs the function's leave",
      [],
      invoke,
      "denied",
      "function policy: implicit deny",
      "lambda:*",
    ),
    permitted(
      "with it, and its own, it is let in",
      [{ principal: other }],
      invoke,
      "allowed",
      "function policy",
      "lambda:*",
    ),
    permitted(
      "with it alone it is not",
      [{ principal: other }],
      invoke,
      "denied",
      "identity policies",
    ),
    permitted(
      "a permission for a service is for nobody else",
      [{ principal: "events.amazonaws.com" }],
      invoke,
      "denied",
      "function policy",
      "lambda:*",
    ),
    permitted(
      "a permission names its action",
      [{ principal: other, action: "lambda:GetFunction" }],
      invoke,
      "denied",
      "function policy",
      "lambda:*",
    ),
    permitted(
      "a role of the own account needs no policy of its own",
      [{ principal: here }],
      { ...invoke, as: here },
      "allowed",
      "function policy",
    ),
    permitted(
      "a permission for a qualifier is for it alone",
      [{ principal: other, qualifier: "live" }],
      invoke,
      "denied",
      "function policy",
      "lambda:*",
    ),
    permitted(
      "a permission for an organization needs its member",
      [{ principal: "*", principalOrgId: "o-1" }],
      invoke,
      "denied",
      "function policy",
      "lambda:*",
    ),
  ],
  8,
);

describe("refusals", () => {
  it("of Block Public Access say so in S3's words", async () => {
    const world = new TestWorld();
    roles(world, "s3:*");
    site(world, putSite());
    world.lab.create("aws:s3/bucket:Bucket", "logs", { bucket: "logs" });
    const answer = await acting(world, { ...deploy, ...putPolicy(everybody) });
    assert.match(
      answer.reason.got,
      /^because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access$/,
    );
    world.lab.close();
  });
});
