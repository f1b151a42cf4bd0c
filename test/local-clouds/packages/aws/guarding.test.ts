import assert from "node:assert/strict";
import type { JsonObject, ValueObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../kit/lab.ts";
import {
  account,
  documentOf,
  makeGroup,
  makeNetwork,
  makeRole,
  openAws,
  region,
  textAt,
} from "./fixtures.ts";

describe("secrets, watchers, firewalls and containers", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  const refused = (code: RegExp, token: string, inputs: ValueObject) =>
    assert.match(
      lab.refusal(() => lab.create(token, "refused", inputs)),
      code,
    );

  it("secrets end in six characters and are found by name and ARN", () => {
    const token = "aws:secretsmanager/secret:Secret";
    const made = lab.create(token, "s", { name: "s" });
    assert.match(
      made.id,
      new RegExp(`^arn:aws:secretsmanager:${region}:${account}:secret:s-[A-Za-z0-9]{6}$`),
    );
    assert.equal(made.outputs["recoveryWindowInDays"], 30);
    refused(/ResourceExistsException/, token, { name: "s" });
    assert.equal(lab.checkFailures(token, "t", { recoveryWindowInDays: 3 }).length, 1);
    const version = lab.create("aws:secretsmanager/secretVersion:SecretVersion", "v", {
      secretId: "s",
      secretString: "x",
    });
    assert.ok(version.id.startsWith(`${made.id}|`));
    assert.equal(
      lab.invoke("aws:secretsmanager/getSecretVersion:getSecretVersion", { secretId: made.id })[
        "secretString"
      ],
      "x",
    );
    refused(/ResourceNotFoundException/, "aws:secretsmanager/secretVersion:SecretVersion", {
      secretId: "none",
      secretString: "x",
    });
    const open = documentOf({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" });
    refused(/PublicPolicyException/, "aws:secretsmanager/secretPolicy:SecretPolicy", {
      secretArn: made.id,
      policy: open,
      blockPublicPolicy: true,
    });
    refused(/can't be prefixed/, "aws:ssm/parameter:Parameter", {
      name: "/aws/x",
      type: "String",
      value: "x",
    });
    assert.equal(
      lab.create("aws:ssm/parameter:Parameter", "p", { name: "/a/b", type: "String", value: "x" })
        .outputs["arn"],
      `arn:aws:ssm:${region}:${account}:parameter/a/b`,
    );
  });

  it("an alias that is given no name gets one that begins as it must", () => {
    const key = lab.create("aws:kms/key:Key", "k", {});
    assert.match(
      lab.create("aws:kms/alias:Alias", "mine", { targetKeyId: key.id }).id,
      /^alias\/mine-[0-9a-f]{7}$/,
    );
  });

  it("one recorder, one detector, one analyzer of a kind; nothing of the hub without it", () => {
    const role = textAt(makeRole(lab, "r", "config.amazonaws.com"), "arn");
    lab.create("aws:cfg/recorder:Recorder", "a", { roleArn: role });
    refused(/MaxNumberOfConfigurationRecordersExceeded/, "aws:cfg/recorder:Recorder", {
      name: "b",
      roleArn: role,
    });
    refused(/NoAvailableDeliveryChannel/, "aws:cfg/recorderStatus:RecorderStatus", {
      name: "default",
      isEnabled: true,
    });
    assert.match(lab.create("aws:guardduty/detector:Detector", "d", {}).id, /^[0-9a-f]{32}$/);
    refused(/a detector already exists/, "aws:guardduty/detector:Detector", {});
    lab.create("aws:guardduty/detector:Detector", "d", { region: "eu-west-1" });
    refused(/InvalidAccessException/, "aws:securityhub/findingAggregator:FindingAggregator", {
      linkingMode: "ALL_REGIONS",
    });
    lab.create("aws:accessanalyzer/analyzer:Analyzer", "a", { analyzerName: "a" });
    refused(/ServiceQuotaExceeded/, "aws:accessanalyzer/analyzer:Analyzer", { analyzerName: "b" });
    refused(/ResourceNotFoundException/, "aws:cloudwatch/logMetricFilter:LogMetricFilter", {
      logGroupName: "none",
      pattern: "",
      metricTransformation: { name: "n", namespace: "n", value: "1" },
    });
    refused(/alarms \[none\]/, "aws:cloudwatch/compositeAlarm:CompositeAlarm", {
      alarmName: "c",
      alarmRule: "ALARM(none)",
    });
  });

  it("web firewalls of CloudFront live in us-east-1, network firewalls in their network", () => {
    const acl = {
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      visibilityConfig: {
        cloudwatchMetricsEnabled: true,
        metricName: "m",
        sampledRequestsEnabled: true,
      },
    };
    refused(/WAFInvalidParameterException/, "aws:wafv2/webAcl:WebAcl", acl);
    const virginia = lab.with("aws", { region: "us-east-1" });
    assert.match(
      textAt(virginia.create("aws:wafv2/webAcl:WebAcl", "a", { ...acl, name: "a" }), "arn"),
      /^arn:aws:wafv2:us-east-1:\d+:global\/webacl\/a\//,
    );
    assert.equal(
      lab.checkFailures("aws:wafv2/ipSet:IpSet", "s", {
        scope: "REGIONAL",
        ipAddressVersion: "IPV4",
        addresses: ["0.0.0.0/0"],
      }).length,
      1,
    );
    const { subnets, vpc } = makeNetwork(lab);
    const policy = lab.create("aws:networkfirewall/firewallPolicy:FirewallPolicy", "p", {
      firewallPolicy: {
        statelessDefaultActions: ["aws:pass"],
        statelessFragmentDefaultActions: ["aws:pass"],
      },
    });
    const other = makeNetwork(lab, "other", "10.9.0.0/16").subnets[0].id;
    const firewall = {
      vpcId: vpc.id,
      firewallPolicyArn: textAt(policy, "arn"),
      subnetMappings: [{ subnetId: subnets[0].id }],
    };
    refused(/of the firewall's VPC/, "aws:networkfirewall/firewall:Firewall", {
      ...firewall,
      subnetMappings: [{ subnetId: other }],
    });
    const made = lab.create("aws:networkfirewall/firewall:Firewall", "f", firewall);
    assert.match(JSON.stringify(made.outputs["firewallStatuses"]), /vpce-0[0-9a-f]{16}/);
    assert.match(
      lab.refusal(() => lab.delete(policy)),
      /still in use/,
    );
  });

  it("distributions know their origins and take certificates of us-east-1", () => {
    const token = "aws:cloudfront/distribution:Distribution";
    const behaviour = {
      allowedMethods: ["GET"],
      cachedMethods: ["GET"],
      targetOriginId: "o",
      viewerProtocolPolicy: "https-only",
    };
    const inputs = {
      enabled: true,
      origins: [{ originId: "o", domainName: "origin.example.com" }],
      defaultCacheBehavior: behaviour,
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    };
    const made = lab.create(token, "d", inputs);
    assert.match(made.id, /^E[0-9A-Z]{13}$/);
    assert.equal(made.outputs["hostedZoneId"], "Z2FDTNDATAQYW2");
    assert.deepEqual(lab.check(token, "d", inputs)["__defaults"], [
      "httpVersion",
      "isIpv6Enabled",
      "priceClass",
      "retainOnDelete",
      "staging",
      "waitForDeployment",
    ]);
    refused(/NoSuchOrigin/, token, {
      ...inputs,
      defaultCacheBehavior: { ...behaviour, targetOriginId: "x" },
    });
    const acmCertificateArn = textAt(
      lab.create("aws:acm/certificate:Certificate", "c", { domainName: "a.example.com" }),
      "arn",
    );
    refused(/InvalidViewerCertificate/, token, {
      ...inputs,
      viewerCertificate: { acmCertificateArn },
    });
    refused(/InvalidViewerCertificate/, token, { ...inputs, aliases: ["a.example.com"] });
    refused(/PendingValidation/, "aws:acm/certificateValidation:CertificateValidation", {
      certificateArn: textAt(
        lab.create("aws:acm/certificate:Certificate", "v", {
          domainName: "b.example.com",
          validationMethod: "DNS",
        }),
        "arn",
      ),
    });
  });

  it("ECS takes Fargate sizes, and services whose groups are reached", () => {
    const task = "aws:ecs/taskDefinition:TaskDefinition";
    const fargate = {
      family: "web",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "256",
      memory: "512",
      containerDefinitions: '[{"name":"web","image":"nginx"}]',
    };
    const made = lab.create(task, "t", fargate);
    assert.equal(made.outputs["arn"], `arn:aws:ecs:${region}:${account}:task-definition/web:1`);
    assert.match(textAt(made, "containerDefinitions"), /"essential":true/);
    assert.equal(lab.create(task, "u", fargate).outputs["revision"], 2);
    refused(/No Fargate configuration exists/, task, { ...fargate, memory: "4096" });
    const cluster = textAt(lab.create("aws:ecs/cluster:Cluster", "c", { name: "c" }), "arn");
    const service = "aws:ecs/service:Service";
    const inputs = { cluster, taskDefinition: textAt(made, "arn"), launchType: "FARGATE" };
    refused(/Network Configuration must be provided/, service, inputs);
    const { vpc, subnets } = makeNetwork(lab);
    const networkConfiguration = {
      subnets: subnets.map(({ id }) => id),
      securityGroups: [makeGroup(lab, vpc, "g").id],
    };
    const group = lab.create("aws:lb/targetGroup:TargetGroup", "g", {
      port: 80,
      protocol: "HTTP",
      vpcId: vpc.id,
      targetType: "ip",
    });
    refused(/does not have an associated load balancer/, service, {
      ...inputs,
      networkConfiguration,
      loadBalancers: [{ targetGroupArn: group.id, containerName: "web", containerPort: 80 }],
    });
    const running = lab.create(service, "s", { ...inputs, networkConfiguration, name: "s" });
    assert.equal(running.id, `arn:aws:ecs:${region}:${account}:service/c/s`);
    refused(/ClusterNotFoundException/, service, {
      ...inputs,
      cluster: `${cluster}x`,
      networkConfiguration,
    });
    assert.equal(
      lab.create("aws:ecr/repository:Repository", "App", {}).outputs["registryId"],
      account,
    );
    refused(/RepositoryNotFoundException/, "aws:ecr/repositoryPolicy:RepositoryPolicy", {
      repository: "none",
      policy: "{}",
    });
  });
});

describe("persons, organisations and private access", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  const refused = (code: RegExp, token: string, inputs: ValueObject) =>
    assert.match(
      lab.refusal(() => lab.create(token, "refused", inputs)),
      code,
    );

  it("groups keep their members and policies their quotas", () => {
    lab.create("aws:iam/user:User", "u", { name: "u" });
    const groups = Array.from({ length: 11 }, (_, i) =>
      lab.create("aws:iam/group:Group", `g${i}`, { name: `g${i}` }),
    );
    refused(/GroupsPerUser/, "aws:iam/userGroupMembership:UserGroupMembership", {
      user: "u",
      groups: groups.map(({ id }) => id),
    });
    lab.create("aws:iam/userGroupMembership:UserGroupMembership", "m", {
      user: "u",
      groups: ["g0"],
    });
    assert.match(
      lab.refusal(() => lab.delete(groups[0] ?? assert.fail())),
      /DeleteConflict/,
    );
    const long = documentOf({
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${"x".repeat(2100)}`,
    });
    refused(/Maximum policy size/, "aws:iam/userPolicy:UserPolicy", { user: "u", policy: long });
    refused(/NoSuchEntity/, "aws:iam/userLoginProfile:UserLoginProfile", { user: "none" });
    refused(/MalformedPolicyDocument/, "aws:iam/groupPolicy:GroupPolicy", {
      group: "g0",
      policy: documentOf({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }),
    });
  });

  it("accounts, units and policies stand in one organisation", () => {
    const { roots } = lab.invoke("aws:organizations/getOrganization:getOrganization") as {
      roots: { id: string }[];
    };
    const unit = (name: string, parentId: string) =>
      lab.create("aws:organizations/organizationalUnit:OrganizationalUnit", `u-${parentId}`, {
        name,
        parentId,
      });
    const first = unit("first", roots[0]?.id ?? "");
    assert.match(first.id, /^ou-[0-9a-f]{4}-[a-z0-9]{8}$/);
    refused(/ParentNotFoundException/, "aws:organizations/organizationalUnit:OrganizationalUnit", {
      name: "x",
      parentId: "ou-1",
    });
    let last = first;
    for (let i = 1; i < 5; i++) last = unit(`u${i}`, last.id);
    refused(/maximum depth/, "aws:organizations/organizationalUnit:OrganizationalUnit", {
      name: "x",
      parentId: last.id,
    });
    assert.match(
      lab.refusal(() => lab.delete(first)),
      /OrganizationalUnitNotEmpty/,
    );
    const made = lab.create("aws:organizations/account:Account", "a", {
      email: "a@example.com",
      parentId: first.id,
    });
    assert.match(made.id, /^\d{12}$/);
    refused(/EMAIL_ALREADY_EXISTS/, "aws:organizations/account:Account", {
      email: "a@example.com",
    });
    const policy = lab.create("aws:organizations/policy:Policy", "p", {
      content: documentOf({ Effect: "Deny", Action: "*", Resource: "*" }),
    });
    lab.create("aws:organizations/policyAttachment:PolicyAttachment", "at", {
      policyId: policy.id,
      targetId: made.id,
    });
    assert.match(
      lab.refusal(() => lab.delete(policy)),
      /PolicyInUseException/,
    );
    const share = lab.create("aws:ram/resourceShare:ResourceShare", "s", {});
    assert.equal(share.outputs["allowExternalPrincipals"], false);
    refused(/OperationNotPermittedException/, "aws:ram/principalAssociation:PrincipalAssociation", {
      resourceShareArn: share.id,
      principal: "999999999999",
    });
    lab.create("aws:ram/principalAssociation:PrincipalAssociation", "pa", {
      resourceShareArn: share.id,
      principal: made.id,
    });
  });

  it("Verified Access needs a provider, VPC Lattice one network for each VPC", () => {
    const instance = lab.create("aws:verifiedaccess/instance:Instance", "i", {});
    refused(/has no trust provider/, "aws:verifiedaccess/group:Group", {
      verifiedaccessInstanceId: instance.id,
    });
    refused(/UserTrustProviderType/, "aws:verifiedaccess/trustProvider:TrustProvider", {
      policyReferenceName: "p",
      trustProviderType: "user",
    });
    const { vpc } = makeNetwork(lab);
    const network = (name: string) =>
      lab.create("aws:vpclattice/serviceNetwork:ServiceNetwork", name, { name });
    const join = (name: string) => ({
      serviceNetworkIdentifier: network(name).id,
      vpcIdentifier: vpc.id,
    });
    lab.create(
      "aws:vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation",
      "a",
      join("a"),
    );
    refused(
      /ConflictException/,
      "aws:vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation",
      join("b"),
    );
    refused(
      /InvalidRequest|InvalidParameter|MissingParameter/,
      "aws:ec2/vpcEndpointService:VpcEndpointService",
      { acceptanceRequired: true },
    );
    refused(/InvalidCustomerGatewayID.NotFound/, "aws:ec2/vpnConnection:VpnConnection", {
      customerGatewayId: "cgw-1",
      type: "ipsec.1",
    });
    assert.equal(
      lab.create("aws:cognito/identityPool:IdentityPool", "p", { identityPoolName: "p" }).outputs[
        "allowUnauthenticatedIdentities"
      ],
      false,
    );
    refused(/Invalid MFA configuration/, "aws:cognito/userPool:UserPool", {
      mfaConfiguration: "ON",
    });
  });

  it("functions find what is there, once", () => {
    const { vpc, subnets } = makeNetwork(lab);
    assert.equal(lab.invoke("aws:ec2/getVpc:getVpc", { cidrBlock: "10.0.0.0/16" })["id"], vpc.id);
    const filters = [{ name: "vpc-id", values: [vpc.id] }];
    assert.deepEqual(
      lab.invoke("aws:ec2/getSubnets:getSubnets", { filters })["ids"],
      subnets.map(({ id }) => id),
    );
    assert.match(
      lab.refusal(() => lab.invoke("aws:ec2/getSubnet:getSubnet", { filters })),
      /multiple EC2 Subnets matched/,
    );
    assert.match(
      lab.refusal(() => lab.invoke("aws:ec2/getVpc:getVpc", { id: "vpc-1" })),
      /no matching EC2 VPC/,
    );
    const zone = lab.create("aws:route53/zone:Zone", "z", { name: "example.com" });
    assert.equal(
      lab.invoke("aws:route53/getZone:getZone", { name: "example.com." })["zoneId"],
      zone.id,
    );
    assert.equal(lab.invoke("aws:elb/getServiceAccount:getServiceAccount")["id"], "054676820928");
    const asked = {
      owners: ["amazon"],
      filters: [{ name: "name", values: ["al2023-ami-*-x86_64"] }],
      mostRecent: true,
    };
    const image = lab.invoke("aws:ec2/getAmi:getAmi", asked);
    assert.match(String(image["id"]), /^ami-0[0-9a-f]{16}$/);
    assert.equal(image["name"], "al2023-ami-20260101-x86_64");
    assert.equal(image["ownerId"], "137112412989");
    const [device] = image["blockDeviceMappings"] as { ebs: JsonObject }[];
    assert.equal(device?.ebs["snapshot_id"], image["rootSnapshotId"]);
    const named = { filters: [{ name: "image-id", values: ["ami-0123456789abcdef0"] }] };
    assert.equal(lab.invoke("aws:ec2/getAmi:getAmi", named)["id"], "ami-0123456789abcdef0");
    assert.deepEqual(lab.invoke("aws:ec2/getAmi:getAmi", asked), image);
  });
});
