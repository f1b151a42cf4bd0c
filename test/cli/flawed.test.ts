/** The flawed example through the commands: each of its flaws is shown by what a person would see. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { NetworkIntent } from "../../model/network/intent.ts";
import type { Listed } from "../flawed/example.ts";
import { changed, flawed, makeFolder, reach } from "../flawed/example.ts";
import type { Moment } from "../harness/planned.ts";
import { plannedResources } from "../harness/planned.ts";

const folder = makeFolder();
const all = ["--state", flawed.state] as const;

const proofs = new Map<string, string>();

/** Lines of `reach --intent` about one place; a gap's two lines are one. */
function proofOf(place: string, state: string = flawed.state): string[] {
  const stdout = proofs.get(state) ?? reach("--state", state, "--intent", flawed.intent).stdout;
  proofs.set(state, stdout);
  const [, part = ""] = `${stdout}place `.split(new RegExp(`^place ${place}: `, "m"));
  const lines =
    part
      .split(/^place /m)[0]
      ?.trimEnd()
      .split(/\n(?! {4})/) ?? [];
  return lines.map((line) => line.replaceAll(/\s+/g, " ").trim());
}

function has(lines: readonly string[], form: RegExp): void {
  assert.ok(
    lines.some((line) => form.test(line)),
    `${form} is not among\n${lines.join("\n")}`,
  );
}

function hasNot(lines: readonly string[], form: RegExp): void {
  assert.deepEqual(
    lines.filter((line) => form.test(line)),
    [],
  );
}

const acl = (ingress: readonly unknown[], egress: readonly unknown[]): Listed => ({
  type: "aws:ec2/networkAcl:NetworkAcl",
  name: "aws-web-acl",
  id: "acl-web",
  inputs: { vpcId: "vpc-1", subnetIds: ["subnet-web"], ingress, egress },
});
const entry = (ruleNo: number, protocol: string, fromPort: number, toPort = fromPort) => ({
  ruleNo,
  protocol,
  fromPort,
  toPort,
  action: "allow",
  cidrBlock: "0.0.0.0/0",
});

describe("the flawed example", function () {
  this.timeout(60_000);
  after(() => folder.remove());

  describe("in AWS", () => {
    const lines = () => proofOf("aws");

    it("1: web calls app on a port that nobody declared, and not on the declared one", () => {
      has(
        lines(),
        /^missing web => app : tcp\/8080 web \(10\.0\.1\.10\) → app \(10\.0\.2\.10\) tcp\/8080/,
      );
      has(lines(), /^extra web => app : tcp\/3306 .*Rule aws-app-from-web/);
    });

    it("what other clouds keep for their own ends is nobody in AWS", () => {
      hasNot(lines(), /Azure platform|Google's/);
    });

    it("8: groups remember connections, so no reply is lost", () => {
      hasNot(lines(), /^reply-blocked/);
    });

    it("11: a data tier without outbound rules still reaches what the platform keeps open", () => {
      has(lines(), /^residual .*data => 169\.254\.169\.254\/32.* tcp\/80: instance metadata \(/);
      has(lines(), /^residual .*data => 10\.0\.0\.2\/32.* udp\/53: Route 53 Resolver/);
      const { stdout } = reach("aws-data", "169.254.169.254", "tcp/80", "--explain", ...all);
      assert.match(stdout, /: arrives\n✓ around every rule: instance metadata/);
      const other = reach("aws-data", "169.254.169.254", "tcp/443", ...all);
      assert.match(other.stdout, /: dropped$/m);
    });
  });

  describe("in Azure", () => {
    const lines = () => proofOf("azure");

    it("2: the default rule 65000 lets the whole network reach every port of the app tier", () => {
      has(lines(), /^extra web => app : tcp\/0-8079.*tcp\/22 is let .*AllowVnetInBound \(65000\)/);
      has(lines(), /^extra an unplanned address => app : any .*AllowVnetInBound \(65000\)/);
      const { stdout, status } = reach("azure-web", "azure-app", "tcp/22", "--explain", ...all);
      assert.equal(status, 0);
      assert.match(stdout, /network-security-group in of azure-app: .*AllowVnetInBound \(65000\)/);
      assert.match(stdout, /^✓ reply: route out of azure-app/m);
    });

    it("3: every tier calls the internet", () => {
      has(
        lines(),
        /^extra web => internet : any .*203\.0\.113\.7.*AllowInternetOutBound \(65001\)/,
      );
      has(lines(), /^extra app => internet : any/);
    });

    it("10: there is no data tier, and whatever stands in the web subnet is taken for web", () => {
      has(lines(), /^unseen nothing planned belongs to data/);
      const { status } = reach("azure-web-subnet", "azure-app", "tcp/8080", ...all);
      assert.equal(status, 0);
    });
  });

  describe("in GCP", () => {
    const lines = () => proofOf("gcp");

    it("3: every tier calls the internet", () => {
      has(
        lines(),
        /^extra web => internet : any .*203\.0\.113\.7.*implied rule: egress is allowed/,
      );
    });

    it("4: nothing lets the internet call the web tier", () => {
      has(lines(), /^missing internet => web : tcp\/443 .*decided by .*gcp-deny-all-else/);
    });

    it("10: whatever stands in the web subnet is taken for web", () => {
      has(lines(), /^extra gcp-web-subnet => app : tcp\/8080 .*gcp-allow-web-to-app/);
    });
  });

  it("5: the deny at 65534 has no effect on reachability; nor has the rule that 65000 covers", () => {
    const { stdout, status } = reach("lint", ...all);
    assert.equal(status, 1);
    const lines = stdout.trimEnd().split("\n");
    has(lines, /^idle rule {3}gcp:.* gcp-deny-all-else \(firewall\) has no effect on reachability/);
    has(lines, /^idle rule {3}azure.* azure-app-group securityRules\[0\].*AllowVnetInBound/);
    assert.equal(lines.length, 2);
    // And so it is: without the rule no flow changes.
    const rest = changed({}).filter(({ name }) => name !== "gcp-deny-all-else");
    const without = folder.write("without-deny.json", rest);
    const same = reach("diff", flawed.state, without, "--expect-no-changes");
    assert.equal(same.stdout, "");
    assert.equal(same.status, 0);
  });

  it("6: rules for 0.0.0.0/0 say nothing of IPv6", () => {
    const state = folder.write("dual-stack.json", dualStack());
    has(
      proofOf("aws", state),
      /^missing internet => web : tcp\/443 internet \(2001:db8::7\) → web \(2600:1f18::a\)/,
    );
    const { stdout, status } = reach(
      "gcp-web",
      "2001:db8::7",
      "tcp/443",
      "--explain",
      "--state",
      state,
    );
    assert.equal(status, 0, stdout);
    assert.match(stdout, /firewall out of gcp-web: implied rule: egress is allowed/);
  });

  it("7: an ACL that lets connections pass may still swallow what routers say of them", () => {
    const inbound = [entry(100, "tcp", 443), entry(110, "tcp", 1024, 65535)];
    const outbound = [entry(100, "tcp", 0, 65535)];
    const state = folder.write("acl.json", changed({}, [acl(inbound, outbound)]));
    const { stdout } = reach("lint", "--state", state);
    assert.match(
      stdout,
      /^black hole {2}.*aws-web-acl \(network-acl\) drops ICMP type 3 code 4 to .*aws-web/m,
    );
    const told = { ...entry(120, "icmp", 0), icmpType: 3, icmpCode: 4 };
    const mended = folder.write("acl-icmp.json", changed({}, [acl([...inbound, told], outbound)]));
    assert.doesNotMatch(reach("lint", "--state", mended).stdout, /black hole/);
  });

  it("8: an ACL without the ports of clients stops the replies", () => {
    const state = folder.write(
      "acl-reply.json",
      changed({}, [acl([entry(100, "tcp", 443)], [entry(100, "tcp", 8080)])]),
    );
    has(
      proofOf("aws", state),
      /^reply-blocked internet => web : tcp\/443 .*but its reply is stopped: /,
    );
    const { stdout, status } = reach(
      "internet",
      "aws-web",
      "tcp/443",
      "--explain",
      "--state",
      state,
    );
    assert.equal(status, 1);
    assert.match(stdout, /^✗ reply: network-acl out of aws-web: /m);
  });

  it("12: a rule whose callers cannot exist, and services that nothing protects", () => {
    const manifests = ["--kubernetes", flawed.kubernetes] as const;
    const { stdout, status } = reach("lint", ...manifests);
    assert.equal(status, 1);
    assert.match(
      stdout,
      /^idle rule .*AuthorizationPolicy production\/zero-trust-policy spec\.rules\[0\].*matches no packet$/m,
    );
    const denied = reach("frontend", "api-service", "tcp/8080", "--explain", ...manifests);
    assert.match(
      denied.stdout,
      /: dropped\n✗ .*none of AuthorizationPolicy production\/zero-trust-policy matches/,
    );
    assert.equal(reach("frontend", "orders", "tcp/8080", ...manifests).status, 0);
  });

  it("13: without a NetworkPolicy every pod reaches every pod", () => {
    const { stdout } = reach("orders", "frontend", "--kubernetes", flawed.kubernetes);
    assert.equal(
      stdout,
      "production/orders[Deployment] => production/frontend[Deployment] (IPv4) : any\n",
    );
  });

  it("15: no route leads from one cloud to another", () => {
    const { stdout, status } = reach("aws-web", "azure-app", "tcp/8080", "--explain", ...all);
    assert.equal(status, 1);
    assert.match(stdout, /^✗ route out of aws-web: no route leads there: .*aws-public/m);
    const back = reach("azure-app", "gcp-app", "tcp/8080", "--explain", ...all);
    assert.match(back.stdout, /^✗ route out of azure-app: no route leads there/m);
  });

  it("15: a flow between clouds without a road is refused", () => {
    const intent = JSON.parse(readFileSync(flawed.intent, "utf8")) as NetworkIntent;
    const flow = { from: "web@aws", to: "app@azure", ports: "tcp/8080", because: "across" };
    const file = folder.write("unrouted.json", { ...intent, flows: [...intent.flows, flow] });
    const { stderr, status } = reach(...all, "--intent", file);
    assert.equal(status, 2);
    assert.match(stderr, /flows\[3\].*\[flow-unrouted\]/);
  });

  it("15: with a road declared, the route that is missing is told", () => {
    const intent = JSON.parse(readFileSync(flawed.intent, "utf8")) as NetworkIntent;
    const flow = { from: "web@aws", to: "app@azure", ports: "tcp/8080", because: "across" };
    const ends = [{ place: "aws", gateway: "tgw-0123456789abcdef0" }, { place: "azure" }];
    const file = folder.write("road.json", {
      ...intent,
      flows: [...intent.flows, flow],
      roads: [{ name: "road", between: ends }],
    });
    const { stdout } = reach(...all, "--intent", file);
    const lines = stdout.split(/\n(?! {4})/).map((line) => line.replaceAll(/\s+/g, " ").trim());
    has(lines, /^missing web => app@azure : tcp\/8080 web .*: no route leads there: .*aws-public/);
    has(lines, /^missing web@aws => app : tcp\/8080 .* no way leads in from there/);
  });

  for (const moment of ["preview", "update"] as const) {
    it(`corrected: what the intent lowers to is proven equal to it (${moment})`, async () => {
      const state = folder.write(`corrected-${moment}.json`, await corrected(moment));
      const { stdout } = reach("--state", state, "--intent", flawed.intent);
      for (const place of ["aws", "azure", "gcp"]) {
        assert.match(
          stdout,
          new RegExp(`^place ${place}: proven, 0 gaps among [1-9]`, "m"),
          stdout,
        );
      }
    });
  }

  it("9: corrected groups have no rules of their own, so groups may name each other", async () => {
    const resources = await corrected("update");
    const groups = resources.filter(({ type }) => type === "aws:ec2/securityGroup:SecurityGroup");
    const rules = resources.filter(({ type }) => /^aws:vpc\/securityGroup\w+Rule:/.test(type));
    assert.equal(groups.length, 3);
    assert.ok(rules.length > 3);
    for (const { inputs } of groups) {
      assert.ok(!/gress/.test(Object.keys(inputs as object).join()));
    }
  });
});

/** What the components plan for the intent, as a state file has it. */
async function corrected(moment: Moment) {
  const intent = JSON.parse(readFileSync(flawed.intent, "utf8")) as NetworkIntent;
  const resources = await plannedResources(intent, moment);
  // A state names a provider by its URN and id.
  return resources.map((one) => ({ ...one, provider: `${one.provider ?? ""}::id` }));
}

function dualStack(): Listed[] {
  const six = { stackType: "IPV4_IPV6", ipv6AccessType: "EXTERNAL" };
  return changed({
    aws: { assignGeneratedIpv6CidrBlock: true, ipv6CidrBlock: "2600:1f18::/56" },
    "aws-web-subnet": { ipv6CidrBlock: "2600:1f18::/64" },
    "aws-public": {
      routes: [
        { cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" },
        { ipv6CidrBlock: "::/0", gatewayId: "igw-1" },
      ],
    },
    "aws-web": { ipv6Addresses: ["2600:1f18::a"] },
    "gcp-web-subnet": { ...six, externalIpv6Prefix: "2600:1900:1:1::/64" },
    "gcp-web": {
      networkInterfaces: [
        {
          subnetwork: "projects/shop/regions/us-central1/subnetworks/web-subnet",
          networkIp: "10.2.1.10",
          stackType: "IPV4_IPV6",
          accessConfigs: [{}],
          ipv6AccessConfigs: [{ networkTier: "PREMIUM" }],
        },
      ],
    },
  });
}
