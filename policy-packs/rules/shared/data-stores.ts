/** Managed stores of AWS that stand in a VPC behind security groups. */
import type { Judge } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { groupUsers } from "./group-users.ts";

const dataStores: readonly string[] = [
  "aws:rds/instance:Instance",
  "aws:rds/cluster:Cluster",
  "aws:docdb/cluster:Cluster",
  "aws:neptune/cluster:Cluster",
  "aws:redshift/cluster:Cluster",
  "aws:redshiftserverless/workgroup:Workgroup",
  "aws:elasticache/cluster:Cluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:elasticache/serverlessCache:ServerlessCache",
  "aws:memorydb/cluster:Cluster",
  "aws:dax/cluster:Cluster",
  "aws:opensearch/domain:Domain",
  "aws:elasticsearch/domain:Domain",
];

/** The store that carries the group, if one does; whatever may turn out to is told. */
export function storeOf(
  judge: Judge,
  group: PlannedResource,
  plan: Plan,
): PlannedResource | undefined {
  const { of, doubts } = groupUsers(plan);
  const store = of(group).find(({ type }) => dataStores.includes(type));
  if (store !== undefined) return store;
  for (const { view, by } of doubts) if (dataStores.includes(by.type)) judge.open(view);
  return undefined;
}
