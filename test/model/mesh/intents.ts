/** Random meshes for properties. */
import fc from "fast-check";
import type { CallIntent, MeshIntent, ServiceIntent } from "../../../model/mesh/intent.ts";
import { protocols } from "../../../model/mesh/intent.ts";
import { sample } from "./sample.ts";

/** Meshes of up to six services in two namespaces with any calls between them. */
export function intents(): fc.Arbitrary<MeshIntent> {
  const offers = fc.option(
    fc.record(
      {
        port: fc.integer({ min: 1, max: 9999 }),
        workloadPort: fc.integer({ min: 1, max: 9999 }),
        protocol: fc.constantFrom(...protocols),
      },
      { requiredKeys: ["port", "protocol"] },
    ),
    { nil: undefined },
  );
  const service = fc
    .tuple(fc.constantFrom("shop", "store"), fc.constantFrom("a", "b", "c"), offers)
    .map(
      ([namespace, name, offer]): ServiceIntent =>
        offer === undefined ? { namespace, name } : { namespace, name, offers: offer },
    );
  const services = fc.uniqueArray(service, {
    minLength: 1,
    maxLength: 6,
    selector: ({ namespace, name }) => `${namespace}/${name}`,
  });
  return services.chain((list) => {
    const refs = list.map(({ namespace, name }) => `${namespace}/${name}`);
    const offering = refs.filter((_, index) => list[index]?.offers !== undefined);
    const pairs = refs.flatMap((from) => offering.map((to) => ({ from, to, because: "test" })));
    const possible: CallIntent[] = pairs.filter(({ from, to }) => from !== to);
    const { ingress: _, ...rest } = sample;
    return fc.subarray(possible).map((calls) => ({ ...rest, services: list, calls }));
  });
}
