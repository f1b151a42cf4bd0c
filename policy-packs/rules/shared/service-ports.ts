/** Ports by which well-known services are known: IANA's registry and the makers' own documents. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { intersect } from "../../../model/base/interval-set.ts";
import { portSet, portsSet } from "../../../model/base/layer4.ts";

type Range = readonly [from: number, to: number];

const tcp = (ranges: readonly Range[]): IntervalSet =>
  portsSet(ranges.map(([from, to]) => ({ protocol: "tcp", from, to })));

export const sshPort: IntervalSet = tcp([[22, 22]]);
export const remoteDesktopPort: IntervalSet = tcp([[3389, 3389]]);

/** Databases, caches and search engines. */
export const databasePorts: IntervalSet = portsSet([
  ...(
    [
      [1433, 1434], // SQL Server
      [1521, 1521], // Oracle
      [2484, 2484], // Oracle over TLS
      [3306, 3306], // MySQL
      [4333, 4333], // mSQL
      [5432, 5432], // PostgreSQL
      [5439, 5439], // Redshift
      [5984, 5984], // CouchDB
      [6379, 6380], // Redis
      [7000, 7001], // Cassandra between nodes
      [8086, 8086], // InfluxDB
      [8182, 8182], // Neptune
      [9042, 9042], // Cassandra
      [9200, 9200], // OpenSearch
      [9300, 9300], // OpenSearch between nodes
      [11211, 11211], // memcached
      [26257, 26257], // CockroachDB
      [27017, 27019], // MongoDB
      [33060, 33060], // MySQL's X protocol
      [50000, 50000], // Db2
    ] as const
  ).map(([from, to]) => ({ protocol: "tcp" as const, from, to })),
  { protocol: "udp", from: 1434, to: 1434 },
  { protocol: "udp", from: 11211, to: 11211 },
]);

/** Kubernetes, "Ports and Protocols"; 10255 is the kubelet's port without login. */
export const controlPlanePorts: IntervalSet = tcp([
  [2379, 2380],
  [6443, 6443],
  [10250, 10250],
  [10255, 10255],
  [10257, 10257],
  [10259, 10259],
]);

/** What a load balancer serves to everybody: HTTP, for its redirect, and HTTPS, also by QUIC. */
export const webPorts: IntervalSet = portsSet([
  { protocol: "tcp", from: 80, to: 80 },
  { protocol: "tcp", from: 443, to: 443 },
  { protocol: "udp", from: 443, to: 443 },
]);

/** Remote administration and file transfer in plain text. */
export const administrationPorts: IntervalSet = tcp([
  [20, 22],
  [3389, 3389],
]);

/** Ports from which on a rule counts as wide. */
export const widePortsMin = 100;

/** Whether the selectors hold as many ports of TCP or UDP as no single service has. */
export function isWide(selectors: IntervalSet): boolean {
  return (["tcp", "udp"] as const).some((protocol) => {
    const every = portSet({ protocol, from: 0, to: 65535 });
    const ports = intersect(selectors, every).map(({ from, to }) => Number(to - from) + 1);
    return ports.reduce((sum, one) => sum + one, 0) >= widePortsMin;
  });
}
