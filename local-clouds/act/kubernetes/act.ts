/** An action at a cluster's API server: `RESOURCE[.GROUP][/SUBRESOURCE] VERB` on `NAMESPACE/NAME`. */

import { BadRequest, Refused } from "../../lifecycle/session.ts";
import {
  isObject,
  type Live,
  type LiveWorld,
  objectAt,
  objectsAt,
  textAt,
} from "../../probe/token/live.ts";
import { type Check, every } from "../../probe/token/verdict.ts";
import type { JsonObject } from "../../protocol/value.ts";
import type { Acting } from "../acting.ts";
import { answers, type Change, removes, sets } from "../change.ts";
import type { Question } from "../question.ts";
import { type KubernetesActor, kubernetesCaller } from "./actor.ts";
import {
  type Attributes,
  attributesText,
  decideKubernetes,
  mayHandOn,
  rulesNamed,
} from "./decide.ts";
import { kindOf } from "./kinds.ts";

/** Looks at everything that an action at an API server needs; nothing is changed yet. */
export function actInKubernetes(
  live: LiveWorld,
  actor: KubernetesActor,
  question: Question,
): Acting {
  const wanted = attributesOf(question);
  const { server } = actor.cluster;
  const check = every([
    () => decideKubernetes(live, actor, wanted),
    () => handsOn(live, actor, wanted, question.with),
  ]);
  const text = attributesText(wanted);
  const { user } = actor.subject;
  return {
    cloud: "kubernetes",
    as: `${user} at ${actor.cluster.name}`,
    caller: kubernetesCaller(actor),
    resource: [wanted.namespace, wanted.name].filter((part) => part !== "").join("/") || "*",
    account: server,
    region: "",
    check,
    change: () => changeOf(live, actor, wanted, question.with),
    request: question.with,
    refusal: { code: "Forbidden", message: forbidden(user, wanted) },
    grounds: {
      ...wanted,
      version: kindOf(wanted.resource, wanted.group)?.version ?? "v1",
      decision: check.says === "yes" ? "allow" : "forbid",
      reason: check.says === "yes" ? `RBAC: allowed by ${check.reason?.rule ?? text}` : "",
      cluster: actor.cluster.name,
    },
  };
}

/** The attributes of `pods/exec create` on `shop/web-1`; `*` stands for a list or the whole cluster. */
export function attributesOf({ action, resource: target, with: given }: Question): Attributes {
  const [what = "", verb = ""] = action.split(" ");
  const [, plural = "", group, sub] = /^([a-z]+)(?:\.([\w.-]+))?((?:\/[a-z]+)*)$/.exec(what) ?? [];
  if (plural === "") throw new BadRequest(`no resource of Kubernetes: ${what}`);
  const kind = kindOf(plural, group);
  const parts = target === "*" ? [] : target.split("/");
  const wide = kind?.namespaced === false;
  const [first = "", second = ""] = parts;
  const given2 = textAt(given, "metadata.name");
  const named = wide ? first : second;
  return {
    verb,
    group: group ?? kind?.group ?? "",
    resource: `${plural}${sub ?? ""}`,
    namespace: wide ? "" : first,
    name: verb === "create" && (sub ?? "") === "" ? "" : named || given2,
  };
}

/** Creating roles and bindings is more than writing an object. */
function handsOn(
  live: LiveWorld,
  actor: KubernetesActor,
  wanted: Attributes,
  given: JsonObject,
): Check {
  const { server } = actor.cluster;
  if (!["create", "update", "patch"].includes(wanted.verb)) return { says: "yes" };
  if (/^(cluster)?rolebindings$/.test(wanted.resource)) {
    const ref = objectAt(given, "roleRef");
    const [kind, name] = [textAt(ref, "kind"), textAt(ref, "name")];
    const rules = rulesNamed(live, server, kind, name, wanted.namespace);
    const resource = kind === "Role" ? "roles" : "clusterroles";
    return mayHandOn(live, actor, wanted, rules, { verb: "bind", resource, name });
  }
  if (/^(cluster)?roles$/.test(wanted.resource)) {
    const name = textAt(given, "metadata.name") || wanted.name;
    const rules = objectsAt(given, "rules");
    return mayHandOn(live, actor, wanted, rules, {
      verb: "escalate",
      resource: wanted.resource,
      name,
    });
  }
  return { says: "yes" };
}

function changeOf(
  live: LiveWorld,
  actor: KubernetesActor,
  wanted: Attributes,
  given: JsonObject,
): Change | undefined {
  const { verb, resource, namespace, name } = wanted;
  // What happens in a container, and what a log says, is not of this world.
  if (["get", "list", "watch", "impersonate"].includes(verb) || resource.includes("/"))
    return answers();
  const kind = kindOf(resource, wanted.group);
  if (kind === undefined) return undefined;
  if (verb === "create") return creation(actor, kind, namespace, given);
  const id = namespace === "" ? name : `${namespace}/${name}`;
  const found = live
    .of(kind.token)
    .find((one) => one.account === actor.cluster.server && one.id === id);
  if (found === undefined) throw new Refused("NotFound", `${resource} "${name}" not found`);
  if (verb === "delete") return removes(found);
  return verb === "patch" || verb === "update" ? patched(found, given) : undefined;
}

function creation(
  actor: KubernetesActor,
  kind: { readonly token: string; readonly apiVersion: string; readonly kind: string },
  namespace: string,
  given: JsonObject,
): Change {
  const metadata = { ...objectAt(given, "metadata"), ...(namespace === "" ? {} : { namespace }) };
  const name = textAt(metadata, "name");
  if (name === "") throw new BadRequest(`the call needs --with '{"metadata": {"name": …}, …}'`);
  const inputs = { ...given, apiVersion: kind.apiVersion, kind: kind.kind, metadata };
  const server = actor.cluster.server;
  const config = { kubeconfig: kubeconfigOf(server) };
  return { kind: "create", token: kind.token, name, inputs, config, shows: { name: "id" } };
}

/** The least that names a cluster by its server. */
function kubeconfigOf(server: string): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "act",
    contexts: [{ name: "act", context: { cluster: "act", user: "act" } }],
    clusters: [{ name: "act", cluster: { server } }],
    users: [{ name: "act", user: {} }],
  });
}

/** Top-level fields are put in place of what is there; `null` removes one (RFC 7386). */
function patched(found: Live, given: JsonObject): Change {
  const changes = Object.entries(given).filter(([key]) => !["apiVersion", "kind"].includes(key));
  return sets(
    found,
    Object.fromEntries(
      changes.map(([key, value]) => {
        const before = found.properties[key];
        const merged = isObject(value) && isObject(before) ? { ...before, ...value } : value;
        return [key, merged === null ? undefined : merged];
      }),
    ),
  );
}

/** The API server's sentence. */
function forbidden(user: string, { verb, group, resource, namespace, name }: Attributes): string {
  const what = `${resource}${name === "" ? "" : ` "${name}"`} is forbidden`;
  const place = namespace === "" ? "at the cluster scope" : `in the namespace "${namespace}"`;
  return `${what}: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${place}`;
}
