/** Which explicit providers a component was given. Default providers are disabled everywhere. */
import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../../model/base/problem.ts";
import { throwIfAny } from "../../model/base/problem.ts";

/**
 * Throws unless the component was given a provider of each package.
 *
 * Without this check a child whose package has no provider in the list would fall back to the
 * default provider, and with it to whatever account the machine happens to be logged into.
 */
export function requireProviders(
  component: pulumi.ComponentResource,
  place: string,
  packages: readonly string[],
): void {
  const problems = packages
    .filter((name) => component.getProvider(`${name}:index:any`) === undefined)
    .map(
      (name): Problem => ({
        code: "provider-missing",
        place,
        got: `no provider of package ${name}`,
        allowed: "one explicit provider of each package used, in the list form of `providers`",
        next: `Add a ${name} provider to the component's \`providers\`.`,
      }),
    );
  throwIfAny(problems);
}

/** Options of a child of a component: parent set, so that it inherits the component's providers. */
export function childOf(
  parent: pulumi.ComponentResource,
  more: pulumi.CustomResourceOptions = {},
): pulumi.CustomResourceOptions {
  return pulumi.mergeOptions({ parent }, more);
}
