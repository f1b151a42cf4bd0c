/** The models of AWS's APIs, which come with moto, as a referee of how records name the engine's calls. */
import assert from "node:assert/strict";
import { aws } from "../../../local-clouds/packages/aws/index.ts";
import { awsCallOf } from "../../../local-clouds/records/engine/aws.ts";
import { callsOf, provideMoto } from "./moto.ts";

const minutes = 60_000;
const operations = ["create", "update", "delete"] as const;

/** Names that CloudTrail has for S3's calls, or calls of S3's control API (Amazon S3 user guide, "Amazon S3 CloudTrail events"). */
const ofTrailsAlone: ReadonlySet<string> = new Set([
  "s3:CreateAccessPoint",
  "s3:DeleteAccessPoint",
  "s3:PutAccountPublicAccessBlock",
  "s3:DeleteAccountPublicAccessBlock",
  "s3:PutAccelerateConfiguration",
  "s3:PutBucketObjectLockConfiguration",
  "s3:PutBucketPublicAccessBlock",
  "s3:DeleteBucketPublicAccessBlock",
]);

describe("the engine's calls are calls that AWS has", function () {
  this.timeout(6 * minutes);

  const tokens = [...new Set([...aws.types.values()].map(({ token }) => token))];
  const named = tokens.flatMap((token) =>
    operations.map((operation) => ({ token, operation, call: awsCallOf(token, operation) })),
  );
  let calls: Readonly<Record<string, readonly string[]>>;
  before(function () {
    const lacking = provideMoto();
    if (lacking !== undefined) {
      process.stderr.write(`${lacking}\n`);
      this.skip();
    }
    calls = callsOf([...new Set(named.flatMap(({ call }) => call?.split(":")[0] ?? []))]);
  });

  it("for every type and operation", () => {
    const unknown = named.filter(({ call }) => {
      const [prefix = "", name = ""] = call?.split(":") ?? [];
      return call !== undefined && !ofTrailsAlone.has(call) && !calls[prefix]?.includes(name);
    });
    assert.deepEqual(unknown, []);
  });

  it("and none that trails alone name is one of the API", () => {
    const both = [...ofTrailsAlone].filter((call) => calls["s3"]?.includes(call.slice(3)));
    assert.deepEqual(both, []);
  });
});
