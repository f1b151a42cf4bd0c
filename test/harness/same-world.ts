/**
 * Whether two worlds are the same but for what is random: ids, generated names, keys, times. The
 * resources are paired by URN; the ids and names of a pair stand for each other wherever they occur.
 */
import assert from "node:assert/strict";
import type { WorldResource } from "../../automation/clouds/control.ts";

interface Pair {
  readonly one: WorldResource;
  readonly other: WorldResource;
}

/** Packages whose outputs are nothing but random. */
const randomPackages: ReadonlySet<string> = new Set(["random", "tls"]);

/** A name with the random end that providers add. */
const generated = /^.+[0-9a-f]{7}$/;

/** Fails where the worlds differ in more than what is random. */
export function assertSameWorld(
  world: readonly WorldResource[],
  expected: readonly WorldResource[],
): void {
  const [ones, others] = [keyed(world), keyed(expected)];
  assert.deepEqual([...ones.keys()].sort(), [...others.keys()].sort(), "resources of the world");
  const pairs = [...ones].map(([key, one]) => ({ one, other: others.get(key) as WorldResource }));
  const rename = renaming(pairs);
  for (const { one, other } of pairs) {
    const place = `${one.token} ${one.urn || one.id}`;
    assert.deepEqual(rename(one.inputs), other.inputs, `inputs of ${place}`);
    if (randomPackages.has(one.package)) continue;
    assertSimilar(rename(one.outputs), other.outputs, `outputs of ${place}`);
  }
}

/** Resources by what stays the same from run to run. */
function keyed(world: readonly WorldResource[]): Map<string, WorldResource> {
  const byRow = new Map(world.map((one) => [one.row, one]));
  const out = new Map<string, WorldResource>();
  // Of those that came along with one resource, the ids tell apart.
  for (const one of [...world].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const owner = one.companionOf === null ? "" : `of ${byRow.get(one.companionOf)?.urn}`;
    // A cluster's address is drawn when it is made; the names of what is in it tell which it is.
    const account = one.package === "kubernetes" ? "" : one.account;
    const key = `${account} ${one.region} ${one.token} ${one.urn || owner}`;
    let count = 1;
    while (out.has(`${key} ${count}`)) count++;
    out.set(`${key} ${count}`, one);
  }
  return out;
}

/** Puts the other world's ids and generated names in place of the one's. */
function renaming(pairs: readonly Pair[]): (value: unknown) => unknown {
  const names = new Map<string, string>();
  for (const { one, other } of pairs) {
    names.set(one.id, other.id);
    collectNames(one.inputs, other.inputs, names);
    collectNames(one.outputs, other.outputs, names);
    if (randomPackages.has(one.package)) collectDrawn(one.outputs, other.outputs, names);
  }
  // A longer name may contain a shorter one.
  const known = [...names.keys()].filter((name) => name !== names.get(name));
  const longest = known.sort((a, b) => b.length - a.length);
  const renamed = (text: string) =>
    longest.reduce((done, name) => done.replaceAll(name, names.get(name) ?? name), text);
  const rename = (value: unknown): unknown => {
    if (typeof value === "string") return renamed(value);
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [renamed(key), rename(item)]),
    );
  };
  return rename;
}

/** Notes keys and certificates, as they are and as Kubernetes holds them. */
function collectDrawn(
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
  names: Map<string, string>,
): void {
  for (const [key, value] of Object.entries(one)) {
    const counterpart = other[key];
    if (typeof value !== "string" || typeof counterpart !== "string" || value === counterpart)
      continue;
    names.set(value, counterpart);
    names.set(base64(value), base64(counterpart));
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** Notes which generated names stand at the same places. */
function collectNames(one: unknown, other: unknown, names: Map<string, string>): void {
  if (typeof one === "string" && typeof other === "string") {
    if (one !== other && generated.test(one) && generated.test(other)) names.set(one, other);
    return;
  }
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null)
    return;
  for (const [key, value] of Object.entries(one)) {
    collectNames(value, (other as Record<string, unknown>)[key], names);
  }
}

/** Equal, but for texts of one shape: what a service draws, and times. */
function assertSimilar(one: unknown, other: unknown, place: string): void {
  if (typeof one === "string" && typeof other === "string") {
    assert.equal(shapeOf(one), shapeOf(other), place);
    return;
  }
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) {
    if (!isDrawn(one) || !isDrawn(other)) assert.deepEqual(one, other, place);
    return;
  }
  assert.deepEqual(Object.keys(one).sort(), Object.keys(other).sort(), place);
  for (const [key, value] of Object.entries(one)) {
    // What a service draws at every change; eight letters may hold no digit.
    if (/^etag$|fingerprint$/i.test(key) && typeof value === "string") continue;
    assertSimilar(value, (other as Record<string, unknown>)[key], `${place}: ${key}`);
  }
}

/** Numbers that a service draws are long. */
function isDrawn(value: unknown): boolean {
  return typeof value === "number" && value >= 1e9;
}

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Words stay; what has digits in it, or is long and of capitals alone, may be drawn. */
function shapeOf(text: string): string {
  return text
    .replaceAll(uuid, "#")
    .replaceAll(/[A-Za-z0-9+/=_]*\d[A-Za-z0-9+/=_]*|[A-Z]{8,}=*/g, "#");
}
