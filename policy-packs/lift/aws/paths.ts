/** Steps along the paths of the table of endpoints, through properties and references. */
import type { UnknownInput } from "../../../model/network/topology.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { entriesOf } from "../entries.ts";
import { settle } from "../uncertain.ts";
import type { Tracer } from "./trace.ts";
import { trace } from "./trace.ts";

/** What stands at a path. */
export interface Found {
  /** What is there, known or not; nothing where it is absent. */
  readonly views: readonly View[];
  /** Where the path could not be followed. */
  readonly lost: readonly UnknownInput[];
}

/** What stands at a path of a resource's inputs. */
export function viewsAt(tracer: Tracer, resource: PlannedResource, path: string): Found {
  const [first = "", type, ...rest] = path.split(">");
  const found = valuesAt(resource.inputs, first);
  if (type === undefined) return found;
  const parts = found.views.map((view): Found => {
    const target = trace(tracer, view, type);
    if (target.kind === "resource") return viewsAt(tracer, target.resource, rest.join(">"));
    return { views: [], lost: [{ urn: view.urn, path: view.path }] };
  });
  return joined([{ views: [], lost: found.lost }, ...parts]);
}

/** Values below a view: `a.b[].c`. */
export function valuesAt(view: View, path: string): Found {
  const [key = "", ...rest] = path.split(".");
  const isList = key.endsWith("[]");
  const at = view.at(isList ? key.slice(0, -2) : key);
  const here = settle(() => (isList ? entriesOf(at) : [at]));
  if (here instanceof Undecided) return { views: [], lost: [here] };
  const present = here.filter(({ state }) => state !== "absent");
  if (rest.length === 0) return { views: present, lost: [] };
  return joined(present.map((one) => valuesAt(one, rest.join("."))));
}

function joined(parts: readonly Found[]): Found {
  return {
    views: parts.flatMap(({ views }) => views),
    lost: parts.flatMap(({ lost }) => lost),
  };
}

/** What stands at the first path that leads anywhere. */
export function firstAt(
  tracer: Tracer,
  resource: PlannedResource,
  paths: readonly string[],
): Found {
  for (const path of paths) {
    const found = viewsAt(tracer, resource, path);
    if (found.views.length > 0 || found.lost.length > 0) return found;
  }
  return { views: [], lost: [] };
}
