/**
 * IAM roles in EKS clusters (Amazon EKS user guide, "Grant IAM users access to Kubernetes with EKS
 * access entries", "Associate access policies with access entries", and, for the older way, "Grant IAM
 * users access to Kubernetes with a ConfigMap").
 */

import { load } from "js-yaml";
import type { Json } from "../../../protocol/value.ts";
import { isList, isObject, type Live, type LiveWorld, textAt, textsAt } from "../live.ts";
import { because, type Verdict } from "../verdict.ts";
import { type Cluster, clustersOf } from "./clusters.ts";
import type { Subject } from "./subject.ts";
import { subjectVerdict } from "./targets.ts";

const entryToken = "aws:eks/accessEntry:AccessEntry";
const associationToken = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const source =
  "Amazon EKS user guide, Grant IAM users access to Kubernetes with EKS access entries";

/** The clusters that let a role in, and as whom. */
export function clustersOfRole(live: LiveWorld, roleArn: string): readonly Verdict[] {
  return clustersOf(live).flatMap((cluster) => {
    if (cluster.resource?.package !== "aws") return [];
    const mode = textAt(cluster.resource.properties, "accessConfig.authenticationMode");
    return [
      ...(mode === "CONFIG_MAP" ? [] : byEntry(live, cluster, cluster.resource, roleArn)),
      ...(mode === "API" ? [] : byConfigMap(live, cluster, roleArn)),
    ];
  });
}

function byEntry(
  live: LiveWorld,
  cluster: Cluster,
  resource: Live,
  arn: string,
): readonly Verdict[] {
  const ofCluster = (one: Live) =>
    one.account === resource.account &&
    one.region === resource.region &&
    textAt(one.properties, "clusterName") === textAt(resource.properties, "name") &&
    textAt(one.properties, "principalArn") === arn;
  const policies = live.of(associationToken).filter(ofCluster).map(policyText);
  return live
    .of(entryToken)
    .filter(ofCluster)
    .map(({ id, properties }) => {
      const subject: Subject = {
        user: textAt(properties, "userName") || arn,
        groups: [...textsAt(properties, "kubernetesGroups"), "system:authenticated"],
      };
      const check = because({ stage: "access entry", rule: id, got: arn, wanted: "", source });
      return subjectVerdict(live, cluster, "cluster", check, () => subject, policies);
    });
}

function policyText({ properties }: Live): string {
  const policy = textAt(properties, "policyArn").replace(/^.*\//, "");
  const scope = textAt(properties, "accessScope.type");
  const namespaces = textsAt(properties, "accessScope.namespaces").join(", ");
  return `access policy ${policy} ${scope === "namespace" ? `in ${namespaces}` : "everywhere"}`;
}

/** `mapRoles` of `kube-system/aws-auth`; roles stand there without the path of their ARN. */
function byConfigMap(live: LiveWorld, cluster: Cluster, arn: string): readonly Verdict[] {
  const map = live
    .of("kubernetes:core/v1:ConfigMap")
    .find(({ account, id }) => account === cluster.server && id === "kube-system/aws-auth");
  const plain = arn.replace(/:role\/.*\//, ":role/");
  return mappedRoles(map).flatMap((role) => {
    if (textAt(role, "rolearn") !== plain) return [];
    const subject: Subject = {
      user: textAt(role, "username") || plain,
      groups: [...textsAt(role, "groups"), "system:authenticated"],
    };
    const check = because({
      stage: "aws-auth ConfigMap",
      rule: "mapRoles",
      got: arn,
      wanted: "",
      source: "Amazon EKS user guide, Grant IAM users access to Kubernetes with a ConfigMap",
    });
    return [subjectVerdict(live, cluster, "cluster", check, () => subject)];
  });
}

function mappedRoles(map: Live | undefined): readonly { readonly [key: string]: Json }[] {
  try {
    const roles = load(textAt(map?.properties, "data.mapRoles")) as Json | undefined;
    return isList(roles) ? roles.filter(isObject) : [];
  } catch {
    return [];
  }
}
