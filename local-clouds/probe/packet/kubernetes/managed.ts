/** Tokens of managed clusters and of what belongs to them. */
export const eks = "aws:eks/cluster:Cluster";
export const eksAddon = "aws:eks/addon:Addon";
export const eksNodeGroup = "aws:eks/nodeGroup:NodeGroup";
export const aks = "azure-native:containerservice:ManagedCluster";
export const gke = "gcp:container/cluster:Cluster";
export const gkeNodePool = "gcp:container/nodePool:NodePool";
