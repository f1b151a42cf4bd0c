/** The part of the mesh intent's check that looks at clusters and address prefixes. */
import type { Cidr } from "../base/address.ts";
import { cidrProblem, formatCidr, overlap, tryParseCidr } from "../base/address.ts";
import { clouds } from "../base/cloud.ts";
import type { Problem } from "../base/problem.ts";
import type { MeshClusterIntent } from "./intent.ts";

const namePattern = /^[a-z][a-z0-9-]{0,19}$/;

/** Problems of the list of clusters: names, networks, prefixes, overlaps. */
export function checkClusters(clusters: readonly MeshClusterIntent[]): Problem[] {
  if (clusters.length === 0) {
    return [
      {
        code: "input-missing",
        place: "clusters",
        got: "none",
        allowed: "at least one cluster",
        next: "A mesh without clusters holds no workload; name the clusters that take part.",
      },
    ];
  }
  return [
    ...(["name", "network"] as const).flatMap((field) => checkNames(clusters, field)),
    ...clusters.flatMap(checkCluster),
    ...checkOverlaps(clusters),
  ];
}

/** Problems of a list of prefixes: at least one, each in CIDR notation, none that holds everybody. */
export function checkPrefixes(place: string, prefixes: readonly string[]): Problem[] {
  if (prefixes.length === 0) {
    return [
      {
        code: "input-missing",
        place,
        got: "no prefix",
        allowed: "at least one prefix such as 10.0.0.0/16",
        next: "Say which addresses are meant; nothing is opened to an unnamed one.",
      },
    ];
  }
  return prefixes.flatMap((text, index) => {
    const at = `${place}[${index}]`;
    const cidr = tryParseCidr(text);
    if (cidr === undefined) return [cidrProblem(text, at)];
    if (cidr.length > 0) return [];
    return [
      {
        code: "trust-too-wide" as const,
        place: at,
        got: text,
        allowed: "a prefix that is not every address there is",
        next: "Name the addresses of the callers.",
      },
    ];
  });
}

function checkNames(clusters: readonly MeshClusterIntent[], field: "name" | "network"): Problem[] {
  return clusters.flatMap((cluster, index) => {
    const problems: Problem[] = [];
    const place = `clusters[${index}].${field}`;
    const got = JSON.stringify(cluster[field]);
    if (!namePattern.test(cluster[field])) {
      problems.push({
        code: "input-type",
        place,
        got,
        allowed: "1–20 lower-case letters, digits and hyphens, a letter first",
        next: "Choose another name; it becomes part of resource names and labels.",
      });
    }
    const first = clusters.findIndex((other) => other[field] === cluster[field]);
    if (first < index) {
      problems.push({
        code: "input-duplicate",
        place,
        got,
        allowed: `each ${field} once`,
        next: `clusters[${first}] has it already; rename one of the two.`,
      });
    }
    return problems;
  });
}

function checkCluster(cluster: MeshClusterIntent, index: number): Problem[] {
  const at = `clusters[${index}]`;
  const problems: Problem[] = [];
  if (!clouds.includes(cluster.cloud)) {
    problems.push({
      code: "input-unknown",
      place: `${at}.cloud`,
      got: JSON.stringify(cluster.cloud),
      allowed: clouds.join(", "),
      next: "Name the cloud whose load balancers the cluster uses.",
    });
  }
  return [
    ...problems,
    ...checkPrefixes(`${at}.ranges`, cluster.ranges),
    ...checkPrefixes(`${at}.apiServer`, cluster.apiServer),
  ];
}

/** Pods of two clusters with one address could not be told apart by any gateway's filter. */
function checkOverlaps(clusters: readonly MeshClusterIntent[]): Problem[] {
  const ranges = clusters.flatMap((cluster, index) =>
    cluster.ranges.flatMap((text, part) => {
      const cidr = tryParseCidr(text);
      return cidr === undefined ? [] : [{ at: `clusters[${index}].ranges[${part}]`, index, cidr }];
    }),
  );
  return ranges.flatMap((range, position) =>
    ranges
      .slice(0, position)
      .filter((other) => other.index !== range.index && overlap(other.cidr, range.cidr))
      .map((other) => overlapProblem(range.at, range.cidr, other.at, other.cidr)),
  );
}

function overlapProblem(at: string, cidr: Cidr, otherAt: string, other: Cidr): Problem {
  return {
    code: "address-overlap",
    place: at,
    got: formatCidr(cidr),
    allowed: `a range outside ${formatCidr(other)} (${otherAt})`,
    next: "Give each cluster addresses of its own.",
  };
}
