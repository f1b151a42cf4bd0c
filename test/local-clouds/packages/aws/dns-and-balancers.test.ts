import assert from "node:assert/strict";
import type { ValueObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../kit/lab.ts";
import { account, makeNetwork, openAws, region, textAt } from "./fixtures.ts";

const token = {
  balancer: "aws:lb/loadBalancer:LoadBalancer",
  group: "aws:lb/targetGroup:TargetGroup",
  listener: "aws:lb/listener:Listener",
  rule: "aws:lb/listenerRule:ListenerRule",
  zone: "aws:route53/zone:Zone",
  record: "aws:route53/record:Record",
};

describe("load balancers", () => {
  let lab: Lab;
  let subnets: string[];
  let vpcId: string;
  beforeEach(() => {
    lab = openAws();
    const network = makeNetwork(lab);
    subnets = network.subnets.map(({ id }) => id);
    vpcId = network.vpc.id;
  });
  afterEach(() => lab.close());

  const balancer = (name: string, more: ValueObject = {}) =>
    lab.create(token.balancer, name, { name, internal: true, subnets, ...more });
  const group = (name: string, more: ValueObject = {}) =>
    lab.create(token.group, name, { name, port: 80, protocol: "HTTP", vpcId, ...more });
  const refused = (code: RegExp, work: () => unknown) => assert.match(lab.refusal(work), code);

  it("are known by an ARN with sixteen hex digits, and by a name in DNS", () => {
    const made = balancer("web");
    assert.match(
      made.id,
      new RegExp(
        `^arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/web/[0-9a-f]{16}$`,
      ),
    );
    assert.equal(textAt(made, "arnSuffix"), made.id.split(":loadbalancer/")[1]);
    assert.match(
      textAt(made, "dnsName"),
      /^internal-web-\d{10}\.eu-central-1\.elb\.amazonaws\.com$/,
    );
    assert.equal(made.outputs["idleTimeout"], 60);
    assert.equal(made.outputs["zoneId"], "Z215JYRZR1TBD5");
    const network = balancer("net", { loadBalancerType: "network" });
    assert.match(network.id, /:loadbalancer\/net\/net\//);
  });

  it("fill in what the bridge fills in, and replace for what cannot change", () => {
    const inputs = lab.check(token.balancer, "b", { subnets });
    assert.deepEqual(inputs["__defaults"], [
      "clientKeepAlive",
      "desyncMitigationMode",
      "dropInvalidHeaderFields",
      "enableCrossZoneLoadBalancing",
      "enableDeletionProtection",
      "enableHttp2",
      "enableTlsVersionAndCipherSuiteHeaders",
      "enableWafFailOpen",
      "enableXffClientPort",
      "enableZonalShift",
      "idleTimeout",
      "loadBalancerType",
      "name",
      "preserveHostHeader",
      "xffHeaderProcessingMode",
    ]);
    const made = balancer("web");
    assert.deepEqual(lab.diff(made, { name: "web", internal: false, subnets }).replaces, [
      "internal",
    ]);
    assert.equal(lab.checkFailures(token.balancer, "b", { name: "-web", subnets }).length, 1);
  });

  it("need two zones, one network, a gateway to be reached from the internet", () => {
    refused(/ValidationError: At least two subnets/, () =>
      balancer("a", { subnets: subnets.slice(0, 1) }),
    );
    refused(/InvalidSubnet: .*no internet gateway/, () => balancer("b", { internal: false }));
    refused(/InvalidSubnetID.NotFound/, () => balancer("c", { subnets: ["subnet-1"] }));
    const stranger = makeNetwork(lab, "other", "10.9.0.0/16").subnets[0].id;
    refused(/not all of one VPC/, () => balancer("d", { subnets: [subnets[1] ?? "", stranger] }));
    balancer("e");
    refused(/DuplicateLoadBalancerName/, () =>
      lab.create(token.balancer, "f", { name: "e", internal: true, subnets }),
    );
  });

  it("listen once on a port, with a certificate where they encrypt, to groups that stay", () => {
    const made = balancer("web");
    const first = group("first");
    const listen = (name: string, port: number, more: ValueObject = {}) =>
      lab.create(token.listener, name, {
        loadBalancerArn: made.id,
        port,
        defaultActions: [{ type: "forward", targetGroupArn: first.id }],
        ...more,
      });
    const listener = listen("a", 80);
    assert.match(listener.id, /:listener\/app\/web\/[0-9a-f]{16}\/[0-9a-f]{16}$/);
    assert.equal(listener.outputs["protocol"], "HTTP");
    refused(/DuplicateListener/, () => listen("b", 80));
    refused(/CertificateNotFound/, () => listen("c", 443, { protocol: "HTTPS" }));
    refused(/ValidationError: Protocol 'TCP'/, () => listen("d", 81, { protocol: "TCP" }));
    refused(/ResourceInUse/, () => lab.delete(first));
    refused(/TargetGroupNotFound/, () =>
      listen("e", 82, { defaultActions: [{ type: "forward", targetGroupArn: `${first.id}0` }] }),
    );
    const rule = (name: string, priority?: number) =>
      lab.create(token.rule, name, {
        listenerArn: listener.id,
        ...(priority === undefined ? {} : { priority }),
        actions: [{ type: "forward", targetGroupArn: first.id }],
        conditions: [{ pathPattern: { values: ["/a"] } }],
      });
    assert.equal(rule("a").outputs["priority"], 1);
    assert.equal(rule("b").outputs["priority"], 2);
    refused(/PriorityInUse/, () => rule("c", 2));
    lab.delete(made);
    assert.equal(lab.read(token.rule, `${listener.id}`), undefined);
  });

  it("check targets as the service fills them in", () => {
    const made = group("web");
    assert.deepEqual(made.outputs["healthCheck"], {
      enabled: true,
      healthyThreshold: 5,
      interval: 30,
      matcher: "200",
      path: "/",
      port: "traffic-port",
      protocol: "HTTP",
      timeout: 5,
      unhealthyThreshold: 2,
    });
    assert.equal(lab.preview(token.group, "p", { port: 80 })["deregistrationDelay"], 300);
    refused(/ValidationError: A vpcId/, () =>
      lab.create(token.group, "n", { port: 80, protocol: "HTTP" }),
    );
    refused(/InvalidTarget/, () =>
      lab.create("aws:lb/targetGroupAttachment:TargetGroupAttachment", "t", {
        targetGroupArn: made.id,
        targetId: "i-1",
      }),
    );
  });

  it("of the older module name are the same", () => {
    const alias = "aws:elasticloadbalancingv2/targetGroup:TargetGroup";
    assert.match(
      lab.create(alias, "g", { port: 80, protocol: "HTTP", vpcId }).id,
      /:targetgroup\/g-/,
    );
  });
});

describe("DNS", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  it("has zones with four name servers and records known by zone, name and type", () => {
    const zone = lab.create(token.zone, "z", { name: "example.com." });
    assert.match(zone.id, /^Z[0-9A-Z]{20}$/);
    assert.equal(zone.outputs["arn"], `arn:aws:route53:::hostedzone/${zone.id}`);
    assert.equal((zone.outputs["nameServers"] as string[]).length, 4);
    assert.equal(zone.outputs["name"], "example.com");
    const record = (name: string, more: ValueObject = {}) =>
      lab.create(token.record, `r-${name}`, {
        zoneId: zone.id,
        name,
        type: "A",
        ttl: 60,
        records: ["10.0.0.1"],
        ...more,
      });
    const www = record("www");
    assert.equal(www.id, `${zone.id}_www_A`);
    assert.equal(www.outputs["fqdn"], "www.example.com");
    assert.match(
      lab.refusal(() => record("www")),
      /InvalidChangeBatch/,
    );
    assert.match(
      lab.refusal(() => record("example.com", { type: "CNAME", records: ["x"] })),
      /not permitted at apex/,
    );
    assert.match(
      lab.refusal(() => record("www", { type: "CNAME", records: ["x"] })),
      /conflicts with other records/,
    );
    assert.match(
      lab.refusal(() => lab.delete(zone)),
      /HostedZoneNotEmpty/,
    );
    assert.equal(
      lab.checkFailures(token.record, "q", { zoneId: zone.id, name: "q", type: "Q" }).length,
      2,
    );
  });

  it("is found from every region, and resolves through endpoints of two addresses", () => {
    const zone = lab.create(token.zone, "z", { name: "example.com" });
    const west = lab.with("aws", { region: "eu-west-1" });
    assert.equal(west.read(token.zone, zone.id)?.id, zone.id);
    const { vpc, subnets } = makeNetwork(lab);
    const securityGroupIds = [
      lab.create("aws:ec2/securityGroup:SecurityGroup", "g", { vpcId: vpc.id }).id,
    ];
    const endpoint = (name: string, count: number) =>
      lab.create("aws:route53/resolverEndpoint:ResolverEndpoint", name, {
        direction: "OUTBOUND",
        securityGroupIds,
        ipAddresses: subnets.slice(0, count).map(({ id }) => ({ subnetId: id })),
      });
    assert.match(
      lab.refusal(() => endpoint("a", 1)),
      /InvalidRequestException/,
    );
    const made = endpoint("b", 2);
    assert.match(made.id, /^rslvr-out-[0-9a-f]{17}$/);
    assert.equal(made.outputs["hostVpcId"], vpc.id);
  });
});
