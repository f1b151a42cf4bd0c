/** What AWS refuses of the most used types, by the codes that its users meet. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../kit/lab.ts";
import { documentOf, makeNetwork, makeRole, openAws, region, trustOf } from "./fixtures.ts";

describe("refusals of aws", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  const refused = (words: RegExp, work: () => unknown) => assert.match(lab.refusal(work), words);
  const faulty = (token: string, inputs: JsonObject, property: string) =>
    assert.deepEqual(
      lab.checkFailures(token, "x", inputs).map((fault) => fault.property),
      [property],
    );

  it("tags: no more than fifty, and none of AWS's own", () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, "v"]));
    const vpc = (tags: JsonObject) =>
      lab.create("aws:ec2/vpc:Vpc", "v", { cidrBlock: "10.0.0.0/16", tags });
    refused(/TagLimitExceeded/, () => vpc(many));
    refused(/InvalidParameterValue: Tag keys starting with 'aws:'/, () => vpc({ "aws:x": "v" }));
    const made = vpc({ a: "b" });
    refused(/TagLimitExceeded/, () => lab.update(made, { cidrBlock: "10.0.0.0/16", tags: many }));
    refused(/InvalidTag: System tags/, () =>
      lab.create("aws:s3/bucket:Bucket", "b", { tags: { "aws:x": "v" } }),
    );
    const role = { assumeRolePolicy: trustOf("ec2.amazonaws.com"), tags: many };
    refused(/LimitExceeded: The number of tags/, () => lab.create("aws:iam/role:Role", "r", role));
  });

  it("roles, users and groups go only without what they have, each said in its words", () => {
    const role = makeRole(lab, "web", "ec2.amazonaws.com");
    const user = lab.create("aws:iam/user:User", "u", { name: "u" });
    const group = lab.create("aws:iam/group:Group", "g", { name: "g" });
    const policy = documentOf({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
    const cases = [
      [
        role,
        "aws:iam/instanceProfile:InstanceProfile",
        { role: "web" },
        /remove roles from instance profile/,
      ],
      [
        role,
        "aws:iam/rolePolicy:RolePolicy",
        { role: "web", policy },
        /must delete policies first/,
      ],
      [user, "aws:iam/accessKey:AccessKey", { user: "u" }, /delete access keys/],
      [
        user,
        "aws:iam/userGroupMembership:UserGroupMembership",
        { user: "u", groups: ["g"] },
        /remove users from group/,
      ],
      [
        group,
        "aws:iam/groupPolicy:GroupPolicy",
        { group: "g", policy },
        /must delete policies first/,
      ],
    ] as const;
    for (const [held, token, inputs, words] of cases) {
      const holder = lab.create(token, "h", inputs);
      const refusal = lab.refusal(() => lab.delete(held));
      assert.match(refusal, /DeleteConflict: Cannot delete entity, must/);
      assert.match(refusal, words);
      lab.delete(holder);
    }
    for (const made of [role, user, group]) lab.delete(made);
  });

  it("a certificate that a listener shows stays", () => {
    const { subnets, vpc } = makeNetwork(lab);
    lab.create("aws:ec2/internetGateway:InternetGateway", "igw", { vpcId: vpc.id });
    const certificate = lab.create("aws:acm/certificate:Certificate", "c", {
      domainName: "www.example.com",
      validationMethod: "DNS",
    });
    const balancer = lab.create("aws:lb/loadBalancer:LoadBalancer", "lb", {
      subnets: subnets.map(({ id }) => id),
    });
    const target = lab.create("aws:lb/targetGroup:TargetGroup", "t", {
      port: 80,
      protocol: "HTTP",
      vpcId: vpc.id,
    });
    const listener = lab.create("aws:lb/listener:Listener", "l", {
      loadBalancerArn: balancer.id,
      port: 443,
      protocol: "HTTPS",
      certificateArn: certificate.id,
      defaultActions: [{ type: "forward", targetGroupArn: target.id }],
    });
    refused(/ResourceInUseException/, () => lab.delete(certificate));
    lab.delete(listener);
    lab.delete(certificate);
  });

  it("volumes of sizes that their type has, and only growing", () => {
    const volume = (more: JsonObject) =>
      lab.create("aws:ebs/volume:Volume", "v", { availabilityZone: `${region}a`, ...more });
    refused(/20000GiB is too large for volume type gp2; maximum is 16384GiB/, () =>
      volume({ size: 20_000 }),
    );
    refused(/100GiB is too small for volume type st1; minimum is 125GiB/, () =>
      volume({ size: 100, type: "st1" }),
    );
    const made = volume({ size: 20 });
    refused(/New size cannot be smaller than existing size/, () =>
      lab.update(made, { availabilityZone: `${region}a`, size: 10 }),
    );
  });

  it("records of addresses hold addresses of their family", () => {
    const zone = lab.create("aws:route53/zone:Zone", "z", { name: "example.com" });
    const record = (type: string, value: string) =>
      lab.create("aws:route53/record:Record", type, {
        zoneId: zone.id,
        name: type,
        type,
        ttl: 60,
        records: [value],
      });
    refused(/InvalidChangeBatch: .*ARRDATAIllegalIPv4Address.*'nowhere'/, () =>
      record("A", "nowhere"),
    );
    refused(/InvalidChangeBatch: .*IllegalIPv6Address/, () => record("AAAA", "10.0.0.1"));
    record("A", "10.0.0.1");
    record("AAAA", "2001:db8::1");
  });

  it("databases with names and passwords that the engine takes", () => {
    const database = (more: JsonObject) =>
      lab.create("aws:rds/instance:Instance", "db", {
        instanceClass: "db.t4g.micro",
        engine: "postgres",
        allocatedStorage: 20,
        username: "somebody",
        password: "long enough",
        skipFinalSnapshot: true,
        ...more,
      });
    refused(/MasterUsername rdsadmin cannot be used/, () => database({ username: "rdsadmin" }));
    refused(/shorter than 8 characters/, () => database({ password: "short" }));
    database({});
  });

  it("what Check finds: descriptions of groups, periods of alarms", () => {
    faulty("aws:ec2/securityGroup:SecurityGroup", { description: "Müll" }, "description");
    const alarm = {
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      metricName: "m",
      namespace: "n",
      threshold: 1,
      statistic: "Sum",
    };
    faulty("aws:cloudwatch/metricAlarm:MetricAlarm", { ...alarm, period: 7 }, "period");
    assert.deepEqual(
      lab.checkFailures("aws:cloudwatch/metricAlarm:MetricAlarm", "x", { ...alarm, period: 120 }),
      [],
    );
  });

  it("what newer types demand", () => {
    const role = makeRole(lab, "p", "codepipeline.amazonaws.com");
    refused(/InvalidStructureException: Pipeline has only 1 stage/, () =>
      lab.create("aws:codepipeline/pipeline:Pipeline", "p", {
        roleArn: String(role.outputs["arn"]),
        artifactStores: [{ location: "b", type: "S3" }],
        stages: [
          {
            name: "Source",
            actions: [
              { name: "s", category: "Source", owner: "AWS", provider: "S3", version: "1" },
            ],
          },
        ],
      }),
    );
    faulty(
      "aws:s3/directoryBucket:DirectoryBucket",
      { bucket: "plain", location: { name: "z" } },
      "bucket",
    );
    const environment = lab.create("aws:batch/computeEnvironment:ComputeEnvironment", "e", {
      type: "UNMANAGED",
    });
    const queue = lab.create("aws:batch/jobQueue:JobQueue", "q", {
      priority: 1,
      state: "ENABLED",
      computeEnvironmentOrders: [
        { order: 1, computeEnvironment: String(environment.outputs["arn"]) },
      ],
    });
    refused(/ClientException: Cannot delete, found existing JobQueue/, () =>
      lab.delete(environment),
    );
    lab.delete(queue);
    const { subnets } = makeNetwork(lab);
    const certificate = lab.create("aws:acm/certificate:Certificate", "vpn", {
      domainName: "vpn.example.com",
      validationMethod: "DNS",
    });
    const endpoint = lab.create("aws:ec2clientvpn/endpoint:Endpoint", "e", {
      clientCidrBlock: "10.9.0.0/22",
      serverCertificateArn: certificate.id,
      authenticationOptions: [
        { type: "certificate-authentication", rootCertificateChainArn: certificate.id },
      ],
      connectionLogOptions: { enabled: false },
    });
    const route = {
      clientVpnEndpointId: endpoint.id,
      targetVpcSubnetId: subnets[0].id,
      destinationCidrBlock: "0.0.0.0/0",
    };
    const token = "aws:ec2clientvpn/route:Route";
    refused(/InvalidClientVpnActiveAssociationNotFound/, () => lab.create(token, "r", route));
    lab.create("aws:ec2clientvpn/networkAssociation:NetworkAssociation", "a", {
      clientVpnEndpointId: endpoint.id,
      subnetId: subnets[0].id,
    });
    assert.equal(lab.create(token, "r", route).id, `${endpoint.id},${subnets[0].id},0.0.0.0/0`);
    refused(/InvalidClientVpnDuplicateRoute/, () => lab.create(token, "again", route));
  });
});
