/**
 * EKS Pod Identity (Amazon EKS user guide, "Learn how EKS Pod Identity grants pods access to AWS
 * services", "Create IAM role with trust policy required by EKS Pod Identity", "Grant Pods access to
 * AWS resources based on tags").
 */

import { clustersOf } from "../kubernetes/clusters.ts";
import { type Live, type LiveWorld, objectsAt, textAt } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, every, no, type Verdict, verdictOf, yes } from "../verdict.ts";
import { mayAssumeRole } from "./assume-role.ts";
import { evaluatePolicy } from "./evaluate.ts";
import { globalKey } from "./global-keys.ts";
import { type Request, RequestContext, value } from "./request.ts";
import { arnOf, roleToken, trustOf } from "./roles.ts";
import { inherited, neededActions, type SessionTags, tagKey, untagged } from "./session-tags.ts";
import { assumed, unreadable } from "./web-identity.ts";

const associationToken = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const addonToken = "aws:eks/addon:Addon";
/** Where add-ons run that name no namespace of their own. */
const addonNamespace = "kube-system";
/** Audience of the tokens that EKS puts into pods for its agent. */
const podAudience = "pods.eks.amazonaws.com";
const source =
  "Amazon EKS user guide, Learn how EKS Pod Identity grants pods access to AWS services";

/** A role for one service account of a cluster. */
interface Association {
  readonly id: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  /** The role of another account that the first one goes on to; `""` without. */
  readonly targetRoleArn: string;
  /** What EKS passes as external id when it goes on ("PodIdentityAssociation", externalId). */
  readonly externalId: string;
  readonly disableSessionTags: boolean;
}

/** What a service account's token comes to by the associations of its cluster. */
export function rolesByPodIdentity(live: LiveWorld, token: Presented): readonly Verdict[] {
  const cluster = clustersOf(live).find(
    ({ issuer, resource }) => issuer === token.issuer && resource?.package === "aws",
  )?.resource;
  if (cluster === undefined) return [];
  const ofCluster = (one: Live) =>
    one.account === cluster.account &&
    one.region === cluster.region &&
    textAt(one.properties, "clusterName") === textAt(cluster.properties, "name");
  const associations = [
    ...live.of(associationToken).filter(ofCluster).map(associationOf),
    ...live.of(addonToken).filter(ofCluster).flatMap(ofAddon),
  ];
  return associations.map((association) => judged(live, token, cluster, association));
}

function associationOf({ id, properties }: Live): Association {
  return {
    id: textAt(properties, "associationArn") || id,
    namespace: textAt(properties, "namespace"),
    serviceAccount: textAt(properties, "serviceAccount"),
    roleArn: textAt(properties, "roleArn"),
    targetRoleArn: textAt(properties, "targetRoleArn"),
    externalId: textAt(properties, "externalId"),
    disableSessionTags: properties["disableSessionTags"] === true,
  };
}

/** Add-ons bring associations for their own service accounts (Amazon EKS user guide, "Use Pod Identities to assign an IAM role to an Amazon EKS add-on"). */
function ofAddon({ properties }: Live): readonly Association[] {
  return objectsAt(properties, "podIdentityAssociations").map((one) => ({
    id: `${textAt(properties, "arn")} ${textAt(one, "serviceAccount")}`,
    namespace: textAt(objectsAt(properties, "namespaceConfig")[0], "namespace") || addonNamespace,
    serviceAccount: textAt(one, "serviceAccount"),
    roleArn: textAt(one, "roleArn"),
    targetRoleArn: "",
    externalId: "",
    disableSessionTags: false,
  }));
}

function judged(
  live: LiveWorld,
  token: Presented,
  cluster: Live,
  association: Association,
): Verdict {
  const target = { cloud: "aws", kind: "Pod Identity association", id: association.id } as const;
  const { roleArn, targetRoleArn: lastArn, externalId } = association;
  const first = roleOf(live, roleArn);
  const last = lastArn === "" ? first : roleOf(live, lastArn);
  const tags = tagsOf(cluster, association, token);
  const check = every([
    () => token.signed(source),
    () => token.current(source),
    () => audienceFits(token),
    () => subjectFits(token, association),
    () => roleExists(first, roleArn),
    () => (first === undefined ? yes : trustsPods(token, cluster, first, tags)),
    () => roleExists(last, lastArn),
    () =>
      first === undefined || last === undefined || lastArn === "" ? yes : chained(first, last),
  ]);
  return verdictOf(target, check, () => {
    if (last === undefined) throw new RangeError(`${target.id}: no role`);
    return assumed(live, last, token, last === first ? tags : inherited(tags));
  });

  function chained(from: Live, to: Live): Check {
    const { nowSeconds, context } = token;
    return mayAssumeRole(live, from, to, { nowSeconds, context, session: tags, externalId });
  }
}

function roleOf(live: LiveWorld, arn: string): Live | undefined {
  return live.of(roleToken).find((role) => arnOf(role) === arn);
}

function audienceFits(token: Presented): Check {
  if (token.audiences.includes(podAudience)) return yes;
  return no({
    stage: "audience",
    rule: "aud of tokens for EKS Pod Identity",
    got: token.audiences.join(", "),
    wanted: podAudience,
    source,
  });
}

/** An association is for one service account of one namespace. */
function subjectFits(token: Presented, { namespace, serviceAccount }: Association): Check {
  const wanted = `system:serviceaccount:${namespace}:${serviceAccount}`;
  if (token.subject === wanted) return yes;
  return no({
    stage: "association",
    rule: "namespace and service account",
    got: token.subject,
    wanted,
    source,
  });
}

function roleExists(role: Live | undefined, arn: string): Check {
  if (role !== undefined) return yes;
  return no({ stage: "association", rule: "role", got: "no such role", wanted: arn, source });
}

/** The session tags that EKS adds, unless the association turns them off; all are transitive. */
function tagsOf(cluster: Live, association: Association, token: Presented): SessionTags {
  if (association.disableSessionTags) return untagged;
  const tags = {
    "eks-cluster-arn": textAt(cluster.properties, "arn"),
    "eks-cluster-name": textAt(cluster.properties, "name"),
    "kubernetes-namespace": association.namespace,
    "kubernetes-service-account": association.serviceAccount,
    "kubernetes-pod-name": textAt(token.claims["kubernetes.io"], "pod.name"),
    "kubernetes-pod-uid": textAt(token.claims["kubernetes.io"], "pod.uid"),
  };
  return { tags, transitive: Object.keys(tags), sourceIdentity: "" };
}

/** The service `pods.eks.amazonaws.com` must be trusted for AssumeRole and, with tags, for TagSession. */
function trustsPods(token: Presented, cluster: Live, role: Live, tags: SessionTags): Check {
  const trust = trustOf(role);
  if (trust === undefined) return unreadable(role);
  const { nowSeconds, context } = token;
  const now = { nowSeconds, context, role: role.properties, account: role.account, signed: true };
  const keys = new RequestContext(
    {
      "aws:SourceAccount": value(cluster.account),
      "aws:SourceArn": value(textAt(cluster.properties, "arn")),
    },
    (key) => tagKey(tags, key) ?? globalKey(now, key) ?? { kind: "absent" },
  );
  return every(
    neededActions("sts:AssumeRole", tags)
      .map(
        (action): Request => ({
          principal: { kind: "Service", service: podAudience },
          action,
          resource: arnOf(role),
          context: keys,
        }),
      )
      .reverse()
      .map((request) => () => evaluatePolicy(trust, request, "trust policy")),
  );
}
