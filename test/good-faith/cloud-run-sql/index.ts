/**
 * Follows "Connect from Cloud Run" of Cloud SQL for PostgreSQL, by private IP:
 * https://docs.cloud.google.com/sql/docs/postgres/connect-run
 * with the network of "Configure private IP":
 * https://docs.cloud.google.com/sql/docs/postgres/configure-private-ip
 */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const region = "europe-west1";
const project = gcp.organizations.getClientConfigOutput().project;

const network = new gcp.compute.Network("shop", { autoCreateSubnetworks: false });
const subnetwork = new gcp.compute.Subnetwork("run", {
  network: network.id,
  region,
  ipCidrRange: "10.90.0.0/24",
  privateIpGoogleAccess: true,
});
const range = new gcp.compute.GlobalAddress("services", {
  network: network.id,
  purpose: "VPC_PEERING",
  addressType: "INTERNAL",
  prefixLength: 16,
});
const connection = new gcp.servicenetworking.Connection("services", {
  network: network.id,
  service: "servicenetworking.googleapis.com",
  reservedPeeringRanges: [range.name],
});

const server = new gcp.sql.DatabaseInstance(
  "shop",
  {
    region,
    databaseVersion: "POSTGRES_17",
    deletionProtection: false,
    settings: {
      edition: "ENTERPRISE",
      tier: "db-custom-2-7680",
      availabilityType: "REGIONAL",
      deletionProtectionEnabled: true,
      ipConfiguration: {
        ipv4Enabled: false,
        privateNetwork: network.id,
        sslMode: "ENCRYPTED_ONLY",
      },
      backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true },
    },
  },
  { dependsOn: [connection] },
);
const database = new gcp.sql.Database("shop", { instance: server.name });
const password = new random.RandomPassword("shop", { length: 32 });
const user = new gcp.sql.User("shop", { instance: server.name, password: password.result });

const secret = new gcp.secretmanager.Secret("password", {
  secretId: "shop-database-password",
  replication: { auto: {} },
});
const version = new gcp.secretmanager.SecretVersion("password", {
  secret: secret.id,
  secretData: password.result,
});

const account = new gcp.serviceaccount.Account("shop", {
  accountId: "shop-run",
  displayName: "The shop on Cloud Run",
});
const member = pulumi.interpolate`serviceAccount:${account.email}`;
new gcp.projects.IAMMember("sql-client", { project, role: "roles/cloudsql.client", member });
const mayRead = new gcp.secretmanager.SecretIamMember("password", {
  secretId: secret.id,
  role: "roles/secretmanager.secretAccessor",
  member,
});

const service = new gcp.cloudrunv2.Service(
  "shop",
  {
    location: region,
    deletionProtection: false,
    ingress: "INGRESS_TRAFFIC_ALL",
    template: {
      serviceAccount: account.email,
      vpcAccess: {
        egress: "PRIVATE_RANGES_ONLY",
        networkInterfaces: [{ network: network.id, subnetwork: subnetwork.id }],
      },
      containers: [
        {
          image: "europe-west1-docker.pkg.dev/acme-shop/shop/web:1.4.2",
          envs: [
            { name: "DB_HOST", value: server.privateIpAddress },
            { name: "DB_NAME", value: database.name },
            { name: "DB_USER", value: user.name },
            {
              name: "DB_PASSWORD",
              valueSource: { secretKeyRef: { secret: secret.secretId, version: "latest" } },
            },
          ],
        },
      ],
    },
  },
  { dependsOn: [version, mayRead] },
);
// A public web shop: everybody may call it.
new gcp.cloudrunv2.ServiceIamMember("public", {
  name: service.name,
  location: region,
  role: "roles/run.invoker",
  member: "allUsers",
});

export const url = service.uri;
