/** A CustomResourceDefinition without prose. */

type Body = Readonly<Record<string, unknown>>;

/** The parts of a definition that are read here. */
export interface Definition {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Body; readonly labels?: Body };
  readonly spec: Body & { readonly versions: readonly Version[] };
}

interface Version extends Body {
  readonly schema: { readonly openAPIV3Schema: Body };
}

/** Keys whose value is data and no schema: nothing in it is prose. */
const data: ReadonlySet<string> = new Set(["default", "enum", "example"]);

/** Keys whose value is a map of schemas by name. */
const named: ReadonlySet<string> = new Set(["properties", "patternProperties", "definitions"]);

/** The definition without descriptions, printed columns and what a cluster would fill in. */
export function compactDefinition(definition: Definition): Body {
  const { status: _, metadata, spec, ...rest } = { status: undefined, ...definition };
  const { annotations = {}, labels } = metadata;
  return {
    ...rest,
    metadata: { name: metadata.name, annotations, ...(labels === undefined ? {} : { labels }) },
    spec: {
      ...spec,
      versions: spec.versions.map(({ additionalPrinterColumns: _columns, schema, ...version }) => ({
        ...version,
        schema: { openAPIV3Schema: withoutProse(schema.openAPIV3Schema) },
      })),
    },
  };
}

function withoutProse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !(key === "description" && typeof item === "string"))
      .map(([key, item]) => {
        if (data.has(key)) return [key, item];
        return [key, named.has(key) ? namedWithoutProse(item) : withoutProse(item)];
      }),
  );
}

/** Names are the author's own: a property called `description` or `default` is a schema like any other. */
function namedWithoutProse(schemas: unknown): unknown {
  const entries = Object.entries(schemas as Body);
  return Object.fromEntries(entries.map(([name, schema]) => [name, withoutProse(schema)]));
}
