/**
 * Follows "Use global network firewall policies and rules" of Cloud NGFW:
 * https://docs.cloud.google.com/firewall/docs/use-network-firewall-policies
 * with administrators' access as in "Use IAP for TCP forwarding" and the way out of "Set up and
 * manage network address translation with Public NAT":
 * https://docs.cloud.google.com/iap/docs/using-tcp-forwarding
 * https://docs.cloud.google.com/nat/docs/set-up-manage-network-address-translation
 */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

const region = "europe-west1";
const project = gcp.organizations.getClientConfigOutput().project;

const network = new gcp.compute.Network("shop", {
  autoCreateSubnetworks: false,
  networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL",
});
const subnetwork = new gcp.compute.Subnetwork("web", {
  network: network.id,
  region,
  ipCidrRange: "10.100.0.0/24",
  privateIpGoogleAccess: true,
  logConfig: { aggregationInterval: "INTERVAL_5_SEC", flowSampling: 0.5 },
});
const router = new gcp.compute.Router("shop", { network: network.id, region });
new gcp.compute.RouterNat("shop", {
  router: router.name,
  region,
  natIpAllocateOption: "AUTO_ONLY",
  sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
  logConfig: { enable: true, filter: "ALL" },
});

const tagKey = new gcp.tags.TagKey("tier", {
  parent: pulumi.interpolate`projects/${project}`,
  shortName: "tier",
  purpose: "GCE_FIREWALL",
  purposeData: { network: pulumi.interpolate`${project}/${network.name}` },
});
const web = new gcp.tags.TagValue("web", { parent: tagKey.id, shortName: "web" });

const policy = new gcp.compute.NetworkFirewallPolicy("shop", {
  description: "What may come in and go out of the shop's network",
});
new gcp.compute.NetworkFirewallPolicyAssociation("shop", {
  attachmentTarget: network.id,
  firewallPolicy: policy.name,
});
const firewallPolicy = policy.name;
const targetSecureTags = [{ name: web.id }];
new gcp.compute.NetworkFirewallPolicyRule("administrators", {
  firewallPolicy,
  priority: 1000,
  direction: "INGRESS",
  action: "allow",
  enableLogging: true,
  targetSecureTags,
  // Identity-Aware Proxy forwards from this range and no other.
  match: {
    srcIpRanges: ["35.235.240.0/20"],
    layer4Configs: [{ ipProtocol: "tcp", ports: ["22"] }],
  },
});
new gcp.compute.NetworkFirewallPolicyRule("load-balancer", {
  firewallPolicy,
  priority: 1100,
  direction: "INGRESS",
  action: "allow",
  targetSecureTags,
  // Google's front ends and health checks.
  match: {
    srcIpRanges: ["130.211.0.0/22", "35.191.0.0/16"],
    layer4Configs: [{ ipProtocol: "tcp", ports: ["8080"] }],
  },
});
new gcp.compute.NetworkFirewallPolicyRule("updates", {
  firewallPolicy,
  priority: 1200,
  direction: "EGRESS",
  action: "allow",
  targetSecureTags,
  match: { destIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "tcp", ports: ["443"] }] },
});
new gcp.compute.NetworkFirewallPolicyRule("nothing-else-out", {
  firewallPolicy,
  priority: 65000,
  direction: "EGRESS",
  action: "deny",
  enableLogging: true,
  match: { destIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "all" }] },
});

const account = new gcp.serviceaccount.Account("web", { accountId: "shop-web" });
const server = new gcp.compute.Instance("web", {
  zone: `${region}-b`,
  machineType: "e2-small",
  bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
  networkInterfaces: [{ subnetwork: subnetwork.id }],
  params: { resourceManagerTags: pulumi.all([tagKey.id, web.id]).apply(([k, v]) => ({ [k]: v })) },
  serviceAccount: {
    email: account.email,
    scopes: ["https://www.googleapis.com/auth/cloud-platform"],
  },
  shieldedInstanceConfig: {
    enableSecureBoot: true,
    enableVtpm: true,
    enableIntegrityMonitoring: true,
  },
  metadata: { "enable-oslogin": "TRUE" },
});
new gcp.projects.IAMMember("administrators", {
  project,
  role: "roles/iap.tunnelResourceAccessor",
  member: "group:administrators@example.com",
});

export const serverName = server.name;
