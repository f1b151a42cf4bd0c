/** A directory of manifests as a cluster. */

import type { Problem } from "../../model/base/problem.ts";
import { ProblemError, throwIfAny } from "../../model/base/problem.ts";
import type { Cluster, ReadCluster } from "../../policy-packs/lift/kubernetes/cluster.ts";
import { joinClusters, readCluster } from "../../policy-packs/lift/kubernetes/cluster.ts";
import { documentsOf } from "./documents.ts";
import { manifestFiles, textOf } from "./files.ts";

/** Problems that are told at once; more are counted. */
export const problemsMax = 50;

/** Reads directories; a file that two of them have alike is read once. */
export class ManifestReader {
  private readonly known = new Map<string, ReadCluster>();

  /** The cluster; throws a {@link ProblemError} with everything that is wrong with the manifests. */
  read(directory: string): Cluster {
    const broken: Problem[][] = [];
    const parts = manifestFiles(directory).flatMap((file) => {
      try {
        return [this.partOf(file.name, textOf(file))];
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        broken.push([...error.problems]);
        return [];
      }
    });
    const cluster = joinClusters(parts);
    throwFirst(directory, [
      ...broken.flat(),
      ...cluster.problems,
      ...strangeOnly(directory, cluster),
    ]);
    return cluster;
  }

  private partOf(name: string, text: string): ReadCluster {
    const key = `${name}\n${text}`;
    const before = this.known.get(key);
    if (before !== undefined) return before;
    const part = readCluster(documentsOf(name, text));
    this.known.set(key, part);
    return part;
  }
}

/** A directory of other tools' files is a slip: nobody asks about a cluster in which nothing is. */
function strangeOnly(directory: string, cluster: ReadCluster): Problem[] {
  const [first] = cluster.passedOver;
  if (first === undefined || cluster.seen.length > 0 || cluster.workloads.length > 0) return [];
  return [
    {
      code: "input-type",
      place: directory,
      got: `no workload and no policy, but ${first}, which is no Kubernetes object`,
      allowed: "manifests: documents with apiVersion and kind",
      next: "Check the path; a state export goes with --state FILE.",
    },
  ];
}

function throwFirst(directory: string, problems: readonly Problem[]): void {
  const more = problems.length - problemsMax;
  if (more <= 0) {
    throwIfAny(problems);
    return;
  }
  const next = "Mend those above first.";
  const got = `${more} more problems`;
  const rest: Problem = { code: "input-type", place: directory, got, allowed: "none", next };
  throw new ProblemError([...problems.slice(0, problemsMax), rest]);
}
