/** A real API server on the loopback, with an empty store in a folder of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Programs } from "./build.ts";

/** Longest wait until the server answers, in milliseconds. */
const readyMsMax = 60_000;
const token = "referee";

/** An answer of the server. */
export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The running server. */
export class ApiServer {
  private readonly folder = mkdtempSync(join(tmpdir(), "kube-apiserver-"));
  private readonly children: ChildProcess[] = [];
  private port = 0;

  /** Starts both programs and waits until the server is ready. */
  static async start(programs: Programs): Promise<ApiServer> {
    const server = new ApiServer();
    try {
      await server.run(programs);
      return server;
    } catch (error) {
      server.stop();
      throw error;
    }
  }

  /** One call; a body that is an object goes as JSON unless `type` says otherwise. */
  call(method: string, path: string, body?: unknown, type = "application/json"): Promise<Reply> {
    const text = body === undefined ? "" : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: "127.0.0.1",
          port: this.port,
          method,
          path,
          // The server signs its own certificate at each start; nobody else listens on this port.
          rejectUnauthorized: false,
          headers: {
            authorization: `Bearer ${token}`,
            "content-type": type,
            // Node frames no body of a DELETE by itself.
            "content-length": Buffer.byteLength(text),
          },
        },
        (answer) => {
          let got = "";
          answer.setEncoding("utf8");
          answer.on("data", (part: string) => (got += part));
          answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: parsed(got) }));
        },
      );
      sent.on("error", reject);
      sent.end(text);
    });
  }

  /** Waits until custom kinds are served. */
  async settled(names: readonly string[]): Promise<void> {
    const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    const until = Date.now() + readyMsMax;
    for (const name of names) {
      for (;;) {
        const { body } = await this.call("GET", `${path}/${name}`);
        const status = body["status"] as { conditions?: { type: string; status: string }[] };
        if (status.conditions?.some((one) => one.type === "Established" && one.status === "True"))
          break;
        if (Date.now() > until) throw new Error(`${name} was not established`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  /** Ends both programs and removes their folder. */
  stop(): void {
    for (const child of this.children) child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async run({ apiServer, store }: Programs): Promise<void> {
    const [clients, peers, port] = [await freePort(), await freePort(), await freePort()];
    this.port = port;
    const at = (name: string) => join(this.folder, name);
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeFileSync(at("key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
    writeFileSync(at("tokens.csv"), `${token},referee,referee,system:masters\n`);
    const url = (number: number) => `http://127.0.0.1:${number}`;
    this.spawn(store, [
      `--data-dir=${at("store")}`,
      `--listen-client-urls=${url(clients)}`,
      `--advertise-client-urls=${url(clients)}`,
      `--listen-peer-urls=${url(peers)}`,
      `--initial-advertise-peer-urls=${url(peers)}`,
      `--initial-cluster=default=${url(peers)}`,
      "--unsafe-no-fsync",
    ]);
    this.spawn(apiServer, [
      `--etcd-servers=${url(clients)}`,
      `--service-account-key-file=${at("key.pem")}`,
      `--service-account-signing-key-file=${at("key.pem")}`,
      "--service-account-issuer=https://referee.invalid",
      `--cert-dir=${at("certificates")}`,
      `--secure-port=${port}`,
      "--bind-address=127.0.0.1",
      `--token-auth-file=${at("tokens.csv")}`,
      "--authorization-mode=RBAC",
      "--service-cluster-ip-range=10.96.0.0/12",
      // No controller makes service accounts here, so pods must do without.
      "--disable-admission-plugins=ServiceAccount",
    ]);
    await this.ready();
  }

  private spawn(program: string, args: readonly string[]): void {
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    const log: string[] = [];
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log.push(text);
      if (log.length > 50) log.shift();
    });
    child.on("exit", (code, signal) => {
      if (signal === null) process.stderr.write(`${program} ended with ${code}\n${log.join("")}\n`);
    });
    this.children.push(child);
    // However the tests end, nothing of them goes on.
    process.once("exit", () => child.kill("SIGKILL"));
  }

  private async ready(): Promise<void> {
    const until = Date.now() + readyMsMax;
    while (Date.now() < until) {
      const answer = await this.call("GET", "/readyz").catch(() => undefined);
      const namespace = await this.call("GET", "/api/v1/namespaces/default").catch(() => undefined);
      if (answer?.status === 200 && namespace?.status === 200) return;
      if (this.children.some((child) => child.exitCode !== null)) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("the API server did not become ready");
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return { text };
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}
