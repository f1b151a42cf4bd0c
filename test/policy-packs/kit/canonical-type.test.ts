import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { canonicalType } from "../../../policy-packs/kit/canonical-type.ts";
import { rules } from "../../../policy-packs/rules/index.ts";
import { typesWithoutVerdict } from "../../../policy-packs/rules/shared/types-without-verdict.ts";

const require = createRequire(import.meta.url);

/** Types that no provider package has: components, the engine's own, custom resources of a cluster. */
const elsewhere =
  /^(bulkhead:|pulumi:(providers|pulumi):|kubernetes:([a-z]+\.istio\.io|constraints\.gatekeeper\.sh|argoproj\.io)\/)/;

/** The file of the provider's package in which the resource's class stands. */
function fileOf(token: string): string {
  const [name = "", middle = "", type = ""] = token.split(":");
  const folder = dirname(require.resolve(`@pulumi/${name}/package.json`));
  const [group = "", version = ""] = middle.split("/");
  const module = group === "index" ? "" : group.replace(/\.(authorization\.)?(k8s\.io|sh)$/, "");
  const inside = join(folder, module, name === "kubernetes" ? version : "");
  // How the letters of an abbreviation are written differs between packages.
  const wanted = `${type === "Index" ? "index_" : type}.js`.toLowerCase();
  const file = readdirSync(inside).find((one) => one.toLowerCase() === wanted);
  return join(inside, file ?? wanted);
}

describe("canonical types", () => {
  const same: Record<string, string> = {
    "aws:alb/listener:Listener": "aws:lb/listener:Listener",
    "aws:elasticloadbalancing/loadBalancer:LoadBalancer": "aws:elb/loadBalancer:LoadBalancer",
    "aws:s3/bucketV2:BucketV2": "aws:s3/bucket:Bucket",
    "aws:s3/bucketAclV2:BucketAclV2": "aws:s3/bucketAcl:BucketAcl",
    "azure-native:network/v20240101:SecurityRule": "azure-native:network:SecurityRule",
    "azure-native_network_v20240101:network:SecurityRule": "azure-native:network:SecurityRule",
    "azure-native:insights:DiagnosticSetting": "azure-native:monitor:DiagnosticSetting",
    "azure-native:cache:RedisEnterprise": "azure-native:redisenterprise:RedisEnterprise",
    "azure-native:cache/v20240301preview:Database": "azure-native:redisenterprise:Database",
    "azure-native:cache:Redis": "azure-native:redis:Redis",
    "azure-native:cache/v20230801:Redis": "azure-native:redis:Redis",
    "azure-native:network/v20250301:FrontDoor": "azure-native:frontdoor:FrontDoor",
    "kubernetes:security.istio.io/v1beta1:PeerAuthentication":
      "kubernetes:security.istio.io/v1:PeerAuthentication",
    "kubernetes:extensions/v1beta1:Deployment": "kubernetes:apps/v1:Deployment",
    "kubernetes:extensions/v1beta1:IngressList": "kubernetes:networking.k8s.io/v1:IngressList",
    "kubernetes:apps/v1beta2:StatefulSetPatch": "kubernetes:apps/v1:StatefulSetPatch",
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler":
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    "kubernetes:helm.sh/v3:Release": "kubernetes:helm.sh/v3:Release",
    "gcp:compute/firewall:Firewall": "gcp:compute/firewall:Firewall",
    nonsense: "nonsense",
  };
  for (const [token, canonical] of Object.entries(same)) {
    it(`${token} is ${canonical}`, () => assert.equal(canonicalType(token), canonical));
  }

  it("of every rule exist in the installed provider packages", () => {
    const tokens = new Set([...rules.flatMap((rule) => rule.subjects), ...typesWithoutVerdict]);
    const checked = [...tokens].filter((token) => !elsewhere.test(token));
    const missing = checked.filter((token) => {
      const file = fileOf(token);
      return !existsSync(file) || !readFileSync(file, "utf8").includes(`'${token}'`);
    });
    assert.deepEqual(missing, []);
    assert.ok(checked.length > 30);
  });
});
