/**
 * Services of AWS beside those of AD08. Each demand names the part of the service's guide that says
 * what it does where nothing is set: plaintext, unless the demand lets the absent value pass.
 */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const read = "whoever listens in the network reads what is sent";

const mustBe = (path: Demand["path"], good: string | boolean, bad: string | boolean): Demand => ({
  path,
  holds: (value) => value === String(good),
  witness: read,
  good,
  bad,
});
/** The same, of a service that does so by itself. */
const mustNotBe = (
  path: Demand["path"],
  good: string | boolean,
  bad: string | boolean,
): Demand => ({
  ...mustBe(path, good, bad),
  holds: (value) => value !== String(bad),
});

/** Engines whose endpoints speak TLS only if `sslMode` says so. DMS, "Using SSL". */
const migrated =
  /^(aurora|azuredb|azure-sql-managed-instance|babelfish|db2|docdb|mariadb|mongodb|mysql|postgres|sqlserver|sybase)/;
const isMigrated = (inputs: View) => migrated.test(inputs.at("engineName").text() ?? "");

/** One instance has nobody to send to. SageMaker, "Protect communications between instances". */
const hasSeveralInstances = (inputs: View) =>
  (inputs.at("jobResources", "clusterConfig", "instanceCount").number() ?? 1) > 1;
const several = { jobResources: { clusterConfig: { instanceCount: 2 } } };

/** Elastic Load Balancing, "Listeners for your Classic Load Balancer". TCP passes what the ends encrypt. */
const listener = (name: "lbProtocol" | "instanceProtocol"): Demand => ({
  path: ["listeners", "*", name],
  holds: (value) => value?.toUpperCase() !== "HTTP",
  witness: name === "lbProtocol" ? "a request by http:// is served" : read,
  good: "HTTPS",
  bad: "HTTP",
});

export const AD50 = demandRule({
  id: "AD50",
  sentence:
    "Caches, searches, transfers, migrations, origins and mounted files of AWS go by TLS only.",
  why: "Whoever listens on the way reads the data, and takes the passwords and sessions that go with it.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  fix: "Set the property that the finding names to the value that has the service speak TLS: true, TLS, ENABLED, https-only, require or verify-full, HTTPS, and SFTP or FTPS for FTP.",
  demands: {
    // AWS AppSync, "Configuring server-side caching": encryption in transit is off.
    "aws:appsync/apiCache:ApiCache": [mustBe(["transitEncryptionEnabled"], true, false)],
    // CloudFront, "Origin settings", Protocol. A viewer's own protocol is what AD08f asks about.
    "aws:cloudfront/distribution:Distribution": [
      mustNotBe(
        ["origins", "*", "customOriginConfig", "originProtocolPolicy"],
        "https-only",
        "http-only",
      ),
    ],
    // CloudSearch, "Configuring domain endpoint options".
    "aws:cloudsearch/domain:Domain": [mustBe(["endpointOptions", "enforceHttps"], true, false)],
    // DAX, "DAX encryption in transit".
    "aws:dax/cluster:Cluster": [mustBe(["clusterEndpointEncryptionType"], "TLS", "NONE")],
    "aws:dms/endpoint:Endpoint": [
      {
        ...mustBe(["sslMode"], "require", "none"),
        holds: (value) => value !== undefined && value !== "none",
        when: isMigrated,
        apart: { engineName: "mysql" },
      },
      {
        // DMS, "Using Redis OSS as a target": TLS where nothing is said.
        ...mustNotBe(["redisSettings", "sslSecurityProtocol"], "ssl-encryption", "plaintext"),
        apart: { engineName: "redis" },
      },
    ],
    // Amazon DocumentDB, "Encrypting data in transit": TLS where nothing is said.
    "aws:docdb/clusterParameterGroup:ClusterParameterGroup": [
      {
        ...mustNotBe(["parameters", "name=tls", "value"], "enabled", "disabled"),
        apart: { family: "docdb5.0" },
      },
    ],
    // Amazon ECS, "Use Amazon EFS volumes": NFS in plaintext.
    "aws:ecs/taskDefinition:TaskDefinition": [
      mustBe(
        ["volumes", "*", "efsVolumeConfiguration?", "transitEncryption"],
        "ENABLED",
        "DISABLED",
      ),
    ],
    "aws:elb/loadBalancer:LoadBalancer": [listener("lbProtocol"), listener("instanceProtocol")],
    // MemoryDB, "In-transit encryption": on where nothing is said.
    "aws:memorydb/cluster:Cluster": [mustNotBe(["tlsEnabled"], true, false)],
    // QuickSight, SslProperties: TLS where nothing is said.
    "aws:quicksight/dataSource:DataSource": [
      mustNotBe(["sslProperties", "disableSsl"], false, true),
    ],
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": [
      {
        ...mustBe(["networkConfig", "enableInterContainerTrafficEncryption"], true, false),
        when: hasSeveralInstances,
        apart: several,
      },
    ],
    // AWS Transfer Family, "Configuring an SFTP, FTPS, or FTP server endpoint": SFTP where nothing is said.
    "aws:transfer/server:Server": [
      {
        path: ["protocols", "*"],
        holds: (value) => value !== "FTP",
        witness: "a login by FTP shows its password",
        good: "SFTP",
        bad: "FTP",
      },
    ],
  },
  more: [
    {
      kind: "clean",
      says: "a volume of the host",
      expect: "pass",
      resources: alone("aws:ecs/taskDefinition:TaskDefinition", { volumes: [{ name: "tmp" }] }),
    },
    {
      kind: "clean",
      says: "other parameters",
      expect: "pass",
      resources: alone("aws:docdb/clusterParameterGroup:ClusterParameterGroup", {
        parameters: [{ name: "audit_logs", value: "disabled" }],
      }),
    },
    {
      kind: "clean",
      says: "a bucket, to which migrations go by TLS always",
      expect: "pass",
      resources: alone("aws:dms/endpoint:Endpoint", { engineName: "s3" }),
    },
  ],
});
