/** Careless edits are refused at preview, with everything a reviewer needs to see. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { OperationOutcome } from "../../automation/cli/outcome.ts";
import { Checkout } from "../harness/checkout.ts";

const minutes = 60_000;

/** An edit of the environment's program, and what the refusal must say. */
interface Careless {
  readonly what: string;
  readonly imports: string;
  readonly code: string;
  /** Id of the rule that must refuse it. */
  readonly rule: RegExp;
  readonly resource: string;
  readonly property: RegExp;
  readonly witness: RegExp;
  /** What it would do to who can reach whom; nothing where absent. */
  readonly flows?: readonly RegExp[];
}

const cases: readonly Careless[] = [
  {
    what: "SSH from anywhere on Azure's app tier",
    imports: 'import * as azureNetwork from "@pulumi/azure-native/network/index.js";',
    code: `
new azureNetwork.SecurityRule("careless-ssh", {
  resourceGroupName: network.places.azure.resourceGroupName,
  networkSecurityGroupName: network.places.azure.nsgNames.app,
  priority: 110, direction: "Inbound", access: "Allow", protocol: "Tcp",
  sourceAddressPrefix: "*", sourcePortRange: "*",
  destinationAddressPrefix: "*", destinationPortRange: "22",
}, { provider: azure });`,
    rule: /\bZN02\b/,
    resource: "careless-ssh",
    property: /sourceAddressPrefix|destinationPortRange/,
    witness: /tcp\/22/,
    flows: [
      /\+ internet => app@azure : tcp\/22 \(violation\)/,
      /packet internet \(203\.0\.113\.7\) → app@azure \([\d.]+\) tcp\/22/,
      /now\s+let through by network-security-group in: .*careless-ssh/,
    ],
  },
  {
    what: "a GitHub trust with a wildcard before the repository",
    imports: 'import * as iam from "@pulumi/aws/iam/index.js";',
    code: `
new iam.Role("careless-trust", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{
      Effect: "Allow",
      Principal: { Federated: identities.aws.githubProviderArn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
        StringLike: { "token.actions.githubusercontent.com:sub": "repo:*/shop:environment:local" },
      },
    }],
  }),
}, { provider: aws });`,
    rule: /\bAI02\b/,
    resource: "careless-trust",
    property: /assumeRolePolicy/,
    witness: /repo:/,
  },
  {
    what: "PERMISSIVE in one namespace",
    imports: 'import * as k8s from "@pulumi/kubernetes";',
    code: `
new k8s.apiextensions.CustomResource("careless-mtls", {
  apiVersion: "security.istio.io/v1", kind: "PeerAuthentication",
  metadata: { name: "lax", namespace: "boutique" },
  spec: { mtls: { mode: "PERMISSIVE" } },
}, { provider: new k8s.Provider("careless", { kubeconfig: cluster.clusters.aws.kubeconfig }) });`,
    rule: /\bMS01\b/,
    resource: "careless-mtls",
    property: /spec\.mtls\.mode/,
    witness: /boutique/,
  },
];

describe("careless edits", function () {
  this.timeout(20 * minutes);

  let checkout: Checkout;
  let program: string;

  before(async () => {
    checkout = new Checkout();
    program = checkout.read("stacks/main.ts");
    const up = await checkout.run(["up", "local"]);
    assert.equal(up.code, 0, up.stderr);
  });
  after(async () => {
    await checkout.run(["clouds", "stop"]);
    checkout.remove();
  });

  for (const one of cases) {
    it(`refuses ${one.what} at preview`, async () => {
      checkout.write("stacks/main.ts", `${one.imports}\n${program}\n${one.code}\n`);
      const { code, stdout, stderr } = await checkout.run(["preview", "local"]);
      assert.equal(code, 1, stderr);
      const said = `${stdout}\n${stderr}`;
      const block = said.slice(said.search(one.rule));
      assert.notEqual(said.search(one.rule), -1, `the rule is not named:\n${said}`);
      assert.ok(block.includes(one.resource), `the resource is not named:\n${block}`);
      assert.match(block, one.property);
      assert.match(block, one.witness);
      assert.match(block, /fix\s+\S+/);
      const reach = stdout.slice(stdout.indexOf("\nReach\n"));
      for (const flow of one.flows ?? [/no flow is added, removed or changed/]) {
        assert.match(reach, flow);
      }
      const page = readFileSync(/^Report {3}(.+)$/m.exec(stdout)?.[1] ?? "", "utf8");
      assert.equal(/class="flow violation"/.test(page), one.flows !== undefined, stdout);
    });
  }

  it("lets the program through again once the edit is gone", async () => {
    checkout.write("stacks/main.ts", program);
    const { code, stdout, stderr } = await checkout.run(["preview", "local", "--json"]);
    assert.equal(code, 0, stderr);
    const { reach } = JSON.parse(stdout) as OperationOutcome;
    assert.deepEqual(reach?.changes, []);
    assert.deepEqual(
      reach.places.map(({ place, verdict }) => [place, verdict]),
      ["aws", "azure", "gcp"].map((place) => [place, "proven"]),
    );
  });
});
