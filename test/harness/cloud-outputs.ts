/** What clouds add to almost every resource, so that references in tests have a value to carry. */

/** Name, ARN and self link of a resource that is made from its logical name. */
export function usualOutputs(resource: {
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}): Readonly<Record<string, unknown>> {
  const { name, inputs } = resource;
  return {
    name: inputs.name ?? `${name}-name`,
    arn: `${name}-arn`,
    selfLink: `${name}-link`,
  };
}
