/** A cluster of any size as YAML, the same for the same seed. */

/** What a generated cluster has. */
export interface ManifestCase {
  /** Deployments, each with a NetworkPolicy of its own. */
  readonly workloads: number;
  readonly seed: number;
}

/** Workloads in a namespace. */
const inNamespace = 20;
const callersOfEach = 3;
const portsMin = 2;
const portsMax = 5;

/** Texts by file name: a file for each namespace. */
export function manifestCase({ workloads, seed }: ManifestCase): Map<string, string> {
  const random = randomOf(seed);
  const files = new Map<string, string[]>();
  for (let index = 0; index < workloads; index++) {
    const namespace = namespaceOf(index);
    const callers = Array.from({ length: callersOfEach }, () => random(workloads));
    const ports = Array.from(
      { length: portsMin + random(portsMax - portsMin + 1) },
      () => 1024 + random(8000),
    );
    const documents = files.get(`${namespace}.yaml`) ?? [namespaceText(namespace)];
    documents.push(deploymentText(index), policyText(index, callers, [...new Set(ports)]));
    files.set(`${namespace}.yaml`, documents);
  }
  return new Map([...files].map(([name, documents]) => [name, documents.join("---\n")]));
}

/** The policy of one workload, which then lets one caller more in. */
export function withOneMoreCaller(files: ReadonlyMap<string, string>): Map<string, string> {
  const [[name, text] = ["", ""]] = files;
  const wider = text.replace("    - from:\n", `    - from:\n${callerText(inNamespace + 1)}`);
  return new Map([...files, [name, wider]]);
}

function namespaceOf(index: number): string {
  return `team-${Math.floor(index / inNamespace)}`;
}

function namespaceText(name: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`;
}

function deploymentText(index: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
  namespace: ${namespaceOf(index)}
  labels:
    app: app-${index}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: app-${index}
  template:
    metadata:
      labels:
        app: app-${index}
        tier: tier-${index % 3}
    spec:
      containers:
        - name: main
          image: registry.example/app-${index}:1.0.0
          ports:
            - name: http
              containerPort: 8080
          resources:
            requests:
              cpu: 100m
              memory: 64Mi
`;
}

function policyText(index: number, callers: readonly number[], ports: readonly number[]): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: app-${index}
  namespace: ${namespaceOf(index)}
spec:
  podSelector:
    matchLabels:
      app: app-${index}
  policyTypes:
    - Ingress
  ingress:
    - from:
${callers.map(callerText).join("")}      ports:
${ports.map((port) => `        - protocol: TCP\n          port: ${port}\n`).join("")}`;
}

function callerText(index: number): string {
  return `        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ${namespaceOf(index)}
          podSelector:
            matchLabels:
              app: app-${index}
`;
}

/** Whole numbers below a bound: mulberry32, a public-domain generator of 32 bits. */
function randomOf(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
