/** The control door of the local clouds, as its client. */
import { ToldError } from "../engine/told-error.ts";
import type { Descriptor } from "./descriptor.ts";

const answerMsMax = 30_000;

/** A resource of the world, as the door shows it. */
export interface WorldResource {
  readonly row: number;
  readonly package: string;
  readonly account: string;
  readonly region: string;
  readonly token: string;
  readonly id: string;
  readonly urn: string;
  /** Row of the resource that a service made it along with. */
  readonly companionOf: number | null;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Asks the door; throws a {@link ToldError} with the door's own words where it refuses. Long work may be given more than the usual time. */
export async function ask(
  descriptor: Descriptor,
  method: "GET" | "POST",
  path: string,
  body?: unknown,
  msMax = answerMsMax,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`http://127.0.0.1:${descriptor.control.port}${path}`, {
    method,
    headers: { authorization: `Bearer ${descriptor.control.token}` },
    signal: AbortSignal.timeout(msMax),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (response.ok) return answer;
  throw new ToldError(`local clouds: ${String(answer["error"])}`, response.status >= 500);
}

/** Whether it is these clouds that answer. */
export async function isAnswering(descriptor: Descriptor): Promise<boolean> {
  try {
    return (await ask(descriptor, "GET", "/health"))["pid"] === descriptor.pid;
  } catch {
    return false;
  }
}

/** Whether the clouds take types that no table has, and which of them their world holds or held. */
export async function leniencyOf(
  descriptor: Descriptor,
): Promise<{ readonly lenient: boolean; readonly types: readonly string[] }> {
  const health = await ask(descriptor, "GET", "/health");
  return { lenient: health["lenient"] === true, types: health["lenientTypes"] as string[] };
}

/** Every resource of the world. */
export async function worldState(descriptor: Descriptor): Promise<WorldResource[]> {
  return (await ask(descriptor, "GET", "/state"))["resources"] as WorldResource[];
}
