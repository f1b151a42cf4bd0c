/** Which edits did it. */
import type { NamedChange } from "../reach/changes.ts";
import type { Edit } from "./edits.ts";

/** Adds to a change of a flow the edits that explain it. */
export type Explain = <T extends Pick<NamedChange, "witness">>(
  change: T,
) => T & { readonly edits: readonly Edit[] };

/** The edits of the resources that decide about the flow's packet, before or after, and of its ends. */
export function explainer(edits: readonly Edit[]): Explain {
  const byUrn = Map.groupBy(edits, ({ urn }) => urn);
  return (change) => {
    const { before, after, ends } = change.witness;
    const rules = [...after.origins, ...before.origins].map(({ urn }) => urn);
    const deciding = new Set([...rules, ...ends]);
    return { ...change, edits: [...deciding].flatMap((urn) => byUrn.get(urn) ?? []) };
  };
}
