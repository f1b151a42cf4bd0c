/** The clouds that a command of theirs asks. */
import type { Descriptor } from "../../../clouds/descriptor.ts";
import { useClouds } from "../../../clouds/use-clouds.ts";
import type { Context } from "../../context.ts";

/** Asks the running clouds, or ones started for the question. */
export async function withClouds<T>(
  context: Context,
  work: (descriptor: Descriptor) => Promise<T>,
): Promise<T> {
  const clouds = await useClouds({
    folders: context.folders,
    variables: context.variables,
    say: context.output.note,
    hurry: () => context.interrupts.requested,
  });
  try {
    return await work(clouds.descriptor);
  } finally {
    await clouds.release();
  }
}
