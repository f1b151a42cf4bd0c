/** Asking both sides about one object, and whether they agree. */

import assert from "node:assert/strict";
import { Refused } from "../../../local-clouds/lifecycle/session.ts";
import type { ValueObject } from "../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../local-clouds/kit/lab.ts";
import type { Given } from "./objects.ts";
import type { ApiServer, Reply } from "./server.ts";

/** An answer: taken, or refused for a reason with these faults. */
export interface Answer {
  /** `""` when the object is taken. */
  readonly reason: string;
  readonly message: string;
  /** The single faults of an object that is invalid. */
  readonly faults: readonly string[];
}

const frame = /^resource was not successfully (created|updated) by the Kubernetes API server: /;

/** Where objects of a kind are made on the server. */
export function collectionOf(object: Given, plural: string): string {
  const { apiVersion } = object as { apiVersion: string };
  const { namespace } = object["metadata"] as { namespace?: string };
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return namespace === undefined
    ? `${root}/${plural}`
    : `${root}/namespaces/${namespace}/${plural}`;
}

/** What the real server answers to a creation that it only tries. */
export async function askServer(server: ApiServer, object: Given, plural: string): Promise<Answer> {
  const options = "dryRun=All&fieldValidation=Strict&fieldManager=referee";
  const path = `${collectionOf(object, plural)}?${options}`;
  return answerOf(await server.call("POST", path, object));
}

/** What the real server answers to a change: the object is made, applied to and deleted again. */
export async function changeOnServer(
  server: ApiServer,
  [before, after]: readonly [Given, Given],
  plural: string,
): Promise<{ readonly answer: Answer; readonly generation: unknown }> {
  const collection = collectionOf(before, plural);
  const path = `${collection}/${(before["metadata"] as { name: string }).name}`;
  // The provider takes over its own objects before it applies: one manager from the start is the same.
  const apply = (object: Given) =>
    server.call("PATCH", `${path}?fieldManager=pulumi`, object, "application/apply-patch+yaml");
  const made = await apply(before);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  try {
    const applied = await apply(after);
    return { answer: answerOf(applied), generation: generationIn(applied.body) };
  } finally {
    const gone = {
      apiVersion: "v1",
      kind: "DeleteOptions",
      propagationPolicy: "Background",
      gracePeriodSeconds: 0,
    };
    await server.call("DELETE", path, gone);
  }
}

/** What the local clouds answer to it. */
export function changeInLab(
  lab: Lab,
  [before, after]: readonly [Given, Given],
): { readonly answer: Answer; readonly generation: unknown } {
  const made = lab.create(tokenOf(before), "x", plain(before));
  try {
    const changed = lab.update(made, plain(after));
    return {
      answer: { reason: "", message: "", faults: [] },
      generation: generationIn(changed.outputs),
    };
  } catch (error) {
    return { answer: refusalOf(error), generation: undefined };
  } finally {
    lab.delete(made);
  }
}

function generationIn(object: Readonly<Record<string, unknown>>): unknown {
  return (object["metadata"] as { generation?: unknown } | undefined)?.generation;
}

/** The answer in a reply of the server. */
export function answerOf({ status, body }: Reply): Answer {
  if (status < 300) return { reason: "", message: "", faults: [] };
  const details = body["details"] as { causes?: { field: string; message: string }[] } | undefined;
  const causes = details?.causes ?? [];
  return {
    reason: String(body["reason"]),
    message: String(body["message"]),
    faults: causes.map(({ field, message }) => `${field}: ${message}`),
  };
}

/** The token of an object's kind. */
export function tokenOf(object: Given): string {
  const { apiVersion, kind } = object as { apiVersion: string; kind: string };
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

/** What the local clouds answer to the creation; what was created is deleted again. */
export function askLab(lab: Lab, object: Given, token = tokenOf(object)): Answer {
  try {
    lab.delete(lab.create(token, "x", plain(object)));
    return { reason: "", message: "", faults: [] };
  } catch (error) {
    return refusalOf(error);
  }
}

/** The refusal in an error of the local clouds; any other error is thrown on. */
export function refusalOf(error: unknown): Answer {
  if (!(error instanceof Refused)) throw error;
  return { reason: error.code, message: error.message.replace(frame, ""), faults: [] };
}

/** Without keys whose value is undefined, as JSON has none. */
function plain(object: Given): ValueObject {
  return JSON.parse(JSON.stringify(object)) as ValueObject;
}

/** Fails unless both sides take the object, or refuse it for the same reason with the same faults. */
export function assertSame(ours: Answer, theirs: Answer): void {
  assert.equal(ours.reason, theirs.reason, `server: ${theirs.message}\nlocal:  ${ours.message}`);
  if (theirs.reason === "") return;
  if (theirs.reason !== "Invalid") {
    assert.equal(ours.message, theirs.message);
    return;
  }
  // The order of faults and of the values in a list is the server's own affair, the words are not; nor
  // can objects be shown as it does, since it shows its internal types.
  const start = " is invalid: ";
  let rest = inOrder(
    withoutObjects(ours.message.slice(theirs.message.indexOf(start) + start.length)),
  );
  const faults = new Set(
    theirs.faults.map((fault) => inOrder(withoutObjects(fault.split("\n")[0] ?? ""))),
  );
  for (const fault of [...faults].sort((a, b) => b.length - a.length)) {
    assert.ok(rest.includes(fault), `server: ${theirs.message}\nlocal:  ${ours.message}`);
    rest = rest.replace(fault, "");
  }
  assert.match(rest, /^[[\], ]*$/, `server: ${theirs.message}\nlocal:  ${ours.message}`);
}

/** {@link assertSame} of an apply: the provider puts a frame around conflicts, and time goes on. */
export function assertSameConflict(ours: Answer, theirs: Answer): void {
  const timeless = (text: string) =>
    text.replace(/^[\s\S]*had an apply conflict: /, "").replaceAll(/ at \d{4}-\S+Z/g, "");
  assert.deepEqual(
    [ours.reason, timeless(ours.message)],
    [theirs.reason, timeless(theirs.message)],
  );
}

/** A text with its lists of supported values sorted. */
function inOrder(text: string): string {
  return text.replaceAll(/supported values: ("[^"]*"(?:, "[^"]*")*)/g, (_, list: string) => {
    const values = list.split(", ").sort();
    return `supported values: ${values.join(", ")}`;
  });
}

/** A text in which every object or list that is shown as a value is `{}`. */
function withoutObjects(text: string): string {
  let out = "";
  for (let i = 0; i < text.length; i++) {
    if (/(Invalid|Duplicate) value: $/.test(out) && /[[{]/.test(text[i] ?? "")) {
      i = endOfObject(text, i);
      out += "{}";
    } else out += text[i];
  }
  return out;
}

/** The place of the bracket that closes the one at `start`. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const character = text[i] ?? "";
    if (quoted && character === "\\") i++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && /[[{]/.test(character)) depth++;
    else if (!quoted && /[\]}]/.test(character) && --depth === 0) return i;
  }
  return text.length;
}
