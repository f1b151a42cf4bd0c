/** Access that is only handed out when it can be used. */
import * as pulumi from "@pulumi/pulumi";

/** The kubeconfig, secret, known once every one of the resources is there. */
export function secretWhenReady(
  kubeconfig: pulumi.Output<string>,
  resources: readonly pulumi.CustomResource[],
): pulumi.Output<string> {
  const ready = pulumi.all(resources.map(({ id }) => id));
  return pulumi.secret(ready.apply(() => kubeconfig));
}
