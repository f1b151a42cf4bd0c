/** Tokens of the resources that decide about packets in Google Cloud. */
export const gcp = {
  network: "gcp:compute/network:Network",
  subnet: "gcp:compute/subnetwork:Subnetwork",
  instance: "gcp:compute/instance:Instance",
  peering: "gcp:compute/networkPeering:NetworkPeering",
  route: "gcp:compute/route:Route",
  router: "gcp:compute/router:Router",
  nat: "gcp:compute/routerNat:RouterNat",
  address: "gcp:compute/address:Address",
  firewall: "gcp:compute/firewall:Firewall",
  hierarchicalRule: "gcp:compute/firewallPolicyRule:FirewallPolicyRule",
  hierarchicalAssociation: "gcp:compute/firewallPolicyAssociation:FirewallPolicyAssociation",
  globalRule: "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule",
  globalAssociation:
    "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation",
  regionalRule: "gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule",
  regionalAssociation:
    "gcp:compute/regionNetworkFirewallPolicyAssociation:RegionNetworkFirewallPolicyAssociation",
  project: "gcp:organizations/project:Project",
  folder: "gcp:organizations/folder:Folder",
  tagBinding: "gcp:tags/locationTagBinding:LocationTagBinding",
  tagValue: "gcp:tags/tagValue:TagValue",
  serviceAccount: "gcp:serviceaccount/account:Account",
} as const;
