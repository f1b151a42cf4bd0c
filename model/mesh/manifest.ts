/**
 * Reads Istio's policy objects, as Kubernetes has them, into the model. What cannot be read is
 * named and takes part as something unknown; it never disappears.
 */
import type {
  Action,
  AuthorizationPolicy,
  Labels,
  Match,
  MeshPolicies,
  MtlsMode,
  PeerAuthentication,
  Rule,
  Unreadable,
} from "./policy.ts";
import { actions, mtlsModes } from "./policy.ts";

/** Any Kubernetes object, as far as the mesh looks at it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly spec?: unknown;
}

/** The group of both kinds; every served version of it has the same fields. */
const group = "security.istio.io/";
const dryRunAnnotation = "istio.io/dry-run";
/** An attribute that nothing knows, so that a match on it is neither true nor false. */
const unreadableMatch: Match = { attribute: "unreadable", values: [""], notValues: [] };

const sourceFields: Readonly<Record<string, string>> = {
  principals: "source.principal",
  requestPrincipals: "request.auth.principal",
  namespaces: "source.namespace",
  serviceAccounts: "source.serviceAccount",
  trustDomains: "source.trustDomain",
  ipBlocks: "source.ip",
  remoteIpBlocks: "remote.ip",
};
const operationFields: Readonly<Record<string, string>> = {
  hosts: "request.host",
  ports: "destination.port",
  methods: "request.method",
  paths: "request.path",
};
/** Keys of conditions that Istio 1.31 knows; it skips a rule with any other. */
const conditionKey =
  /^(request\.headers\[.+\]|request\.auth\.(principal|audiences|presenter|claims\[.+\])|source\.(ip|namespace|principal|trustDomain|serviceAccount)|remote\.ip|destination\.(ip|port)|connection\.sni|experimental\.envoy\.filters\..+)$/;

/** All policies among the objects; objects of other kinds are passed over. */
export function readPolicies(
  trustDomain: string,
  objects: readonly KubernetesObject[],
): MeshPolicies {
  const unreadable: Unreadable[] = [];
  const read = <T>(kind: string, one: (at: Reader, object: KubernetesObject) => T | undefined) =>
    objects
      .filter((object) => object.kind === kind && object.apiVersion.startsWith(group))
      .map((object) => one(new Reader(originOf(object), unreadable), object))
      .filter((policy) => policy !== undefined);
  return {
    trustDomain,
    peerAuthentications: read("PeerAuthentication", readPeerAuthentication),
    authorizationPolicies: read("AuthorizationPolicy", readAuthorizationPolicy),
    unreadable,
  };
}

function originOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace ?? "?"}/${metadata.name}`;
}

/** Collects what one object has that cannot be read. */
class Reader {
  readonly origin: string;
  private readonly unreadable: Unreadable[];

  constructor(origin: string, unreadable: Unreadable[]) {
    this.origin = origin;
    this.unreadable = unreadable;
  }

  refuse(path: string, reason: string): undefined {
    this.unreadable.push({ origin: this.origin, path, reason });
    return undefined;
  }

  /** Fields of an object; an absent one has none. */
  object(value: unknown, path: string): Readonly<Record<string, unknown>> | undefined {
    if (value === undefined || value === null) return {};
    if (typeof value === "object" && !Array.isArray(value)) return { ...value };
    return this.refuse(path, "not an object");
  }

  list(value: unknown, path: string): readonly unknown[] | undefined {
    if (value === undefined || value === null) return [];
    return Array.isArray(value) ? value : this.refuse(path, "not a list");
  }

  texts(value: unknown, path: string): readonly string[] | undefined {
    const list = this.list(value, path);
    if (list === undefined) return undefined;
    return list.every((item) => typeof item === "string")
      ? list
      : this.refuse(path, "not a list of texts");
  }

  oneOf<T extends string>(value: unknown, allowed: readonly T[], path: string): T | undefined {
    const found = allowed.find((candidate) => candidate === value);
    return found ?? this.refuse(path, `not one of ${allowed.join(", ")}`);
  }

  /** Refuses fields that nobody here understands. */
  only(value: Readonly<Record<string, unknown>>, known: readonly string[], path: string): boolean {
    const strange = Object.keys(value).filter((key) => !known.includes(key));
    for (const key of strange) this.refuse(`${path}.${key}`, "a field that is not known");
    return strange.length === 0;
  }

  labels(value: unknown, path: string): Labels | undefined {
    const selector = this.object(value, path);
    const labels = selector && this.object(selector.matchLabels, `${path}.matchLabels`);
    if (selector === undefined || labels === undefined) return undefined;
    if (!this.only(selector, ["matchLabels"], path)) return undefined;
    const entries = Object.entries(labels);
    const texts = entries.filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    if (texts.length < entries.length) return this.refuse(path, "a label that is no text");
    return Object.fromEntries(texts);
  }
}

function readPeerAuthentication(
  at: Reader,
  { metadata, spec: given }: KubernetesObject,
): PeerAuthentication | undefined {
  const spec = at.object(given, "spec");
  if (spec === undefined) return undefined;
  if (metadata.namespace === undefined) return at.refuse("metadata.namespace", "not given");
  if (!at.only(spec, ["selector", "mtls", "portLevelMtls"], "spec")) return undefined;
  const selector = at.labels(spec.selector, "spec.selector");
  const ports = at.object(spec.portLevelMtls, "spec.portLevelMtls");
  const mode = readMode(at, spec.mtls, "spec.mtls");
  if (selector === undefined || ports === undefined || mode === "refused") return undefined;
  const portModes = new Map<number, MtlsMode | undefined>();
  for (const [port, value] of Object.entries(ports)) {
    const own = readMode(at, value, `spec.portLevelMtls.${port}`);
    if (own === "refused") return undefined;
    portModes.set(Number(port), own);
  }
  return { origin: at.origin, namespace: metadata.namespace, selector, mode, ports: portModes };
}

function readMode(at: Reader, value: unknown, path: string): MtlsMode | undefined | "refused" {
  const fields = at.object(value, path);
  if (fields === undefined) return "refused";
  const mode = fields.mode;
  if (mode === undefined || mode === null || mode === "UNSET") return undefined;
  return at.oneOf(mode, mtlsModes, `${path}.mode`) ?? "refused";
}

function readAuthorizationPolicy(
  at: Reader,
  { metadata, spec: given }: KubernetesObject,
): AuthorizationPolicy | undefined {
  const spec = at.object(given, "spec");
  if (spec === undefined) return undefined;
  if (metadata.namespace === undefined) return at.refuse("metadata.namespace", "not given");
  const known = ["selector", "targetRef", "targetRefs", "rules", "action", "provider"];
  if (!at.only(spec, known, "spec")) return undefined;
  const action: Action | undefined =
    spec.action === undefined ? "ALLOW" : at.oneOf(spec.action, actions, "spec.action");
  const selector = at.labels(spec.selector, "spec.selector");
  const rules = at.list(spec.rules, "spec.rules");
  const targets = at.list(spec.targetRefs, "spec.targetRefs");
  if (!action || !selector || !rules || !targets) return undefined;
  return {
    origin: at.origin,
    namespace: metadata.namespace,
    action,
    dryRun: /^(1|t|T|TRUE|true|True)$/.test(metadata.annotations?.[dryRunAnnotation] ?? ""),
    selector,
    targeted: targets.length > 0 || spec.targetRef !== undefined,
    rules: rules.map((rule, index) => readRule(at, rule, `spec.rules[${index}]`)),
  };
}

function readRule(at: Reader, value: unknown, path: string): Rule {
  const rule = at.object(value, path);
  if (rule === undefined || !at.only(rule, ["from", "to", "when"], path)) {
    return { from: [], to: [], when: [unreadableMatch] };
  }
  return {
    from: readGroups(at, rule.from, `${path}.from`, "source", sourceFields),
    to: readGroups(at, rule.to, `${path}.to`, "operation", operationFields),
    when: readConditions(at, rule.when, `${path}.when`),
  };
}

function readGroups(
  at: Reader,
  value: unknown,
  path: string,
  wrapper: string,
  fields: Readonly<Record<string, string>>,
): Rule["from"] {
  const groups = at.list(value, path);
  if (groups === undefined) return [[unreadableMatch]];
  return groups.map((item, index) => {
    const here = `${path}[${index}].${wrapper}`;
    const outer = at.object(item, here);
    const inner = outer && at.object(outer[wrapper], here);
    if (inner === undefined) return [unreadableMatch];
    return readFields(at, inner, here, fields);
  });
}

function readFields(
  at: Reader,
  given: Readonly<Record<string, unknown>>,
  path: string,
  fields: Readonly<Record<string, string>>,
): Match[] {
  const names = Object.keys(fields);
  const negated = (name: string) => `not${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const complete = at.only(given, [...names, ...names.map(negated)], path);
  const matches = names.map((name): Match => {
    const values = at.texts(given[name], `${path}.${name}`);
    const notValues = at.texts(given[negated(name)], `${path}.${negated(name)}`);
    if (values === undefined || notValues === undefined) return unreadableMatch;
    return matchOf(at, { attribute: fields[name] ?? name, values, notValues }, `${path}.${name}`);
  });
  const told = matches.filter(({ values, notValues }) => values.length + notValues.length > 0);
  return complete ? told : [...told, unreadableMatch];
}

function readConditions(at: Reader, value: unknown, path: string): Match[] {
  const conditions = at.list(value, path);
  if (conditions === undefined) return [unreadableMatch];
  return conditions.map((item, index) => {
    const here = `${path}[${index}]`;
    const fields = at.object(item, here);
    const key = fields?.key;
    const values = at.texts(fields?.values, `${here}.values`);
    const notValues = at.texts(fields?.notValues, `${here}.notValues`);
    if (typeof key !== "string" || !conditionKey.test(key)) {
      at.refuse(`${here}.key`, "a key that Istio does not know");
      return unreadableMatch;
    }
    if (values === undefined || notValues === undefined) return unreadableMatch;
    return matchOf(at, { attribute: key, values, notValues }, here);
  });
}

/** Istio refuses ports that are no numbers (authorization policy validation, `ValidatePorts`). */
function matchOf(at: Reader, match: Match, path: string): Match {
  const { attribute, values, notValues } = match;
  if (attribute !== "destination.port") return match;
  if ([...values, ...notValues].every((port) => /^\d{1,5}$/.test(port))) return match;
  at.refuse(path, "not a port");
  return unreadableMatch;
}
