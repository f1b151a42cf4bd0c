/**
 * Microsoft's SARIF Multitool and the format's JSON schema, which comes with it, got once into the
 * user's cache by a locked manifest.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

const folder = join(import.meta.dirname, "packages");
const installMsMax = 300_000;
const validateMsMax = 60_000;

/** Gets the tool where it is not yet there. Returns why it cannot be had, or nothing. */
export function provideMultitool(): string | undefined {
  if (process.platform !== "linux") return "the SARIF Multitool is locked for Linux";
  if (existsSync(installed())) return undefined;
  mkdirSync(cache(), { recursive: true });
  const staging = mkdtempSync(join(cache(), ".staging-"));
  try {
    for (const name of ["package.json", "package-lock.json"]) {
      copyFileSync(join(folder, name), join(staging, name));
    }
    const npm = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const { status, stderr } = spawnSync("npm", npm, {
      cwd: staging,
      encoding: "utf8",
      timeout: installMsMax,
    });
    if (status !== 0) return `the SARIF Multitool cannot be installed: ${stderr.trim()}`;
    chmodSync(join(staging, executable), 0o755);
    if (!existsSync(installed())) renameSync(staging, installed());
    return undefined;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** What schema and tool find wrong with a log, a line each; the tool alone passes over wrong shapes. */
export function complaintsAbout(sarif: string): string[] {
  return [...schemaComplaints(JSON.parse(sarif)), ...toolComplaints(sarif)];
}

interface Ajv {
  validate(schema: unknown, value: unknown): boolean;
  errorsText(): string;
}

function schemaComplaints(log: unknown): string[] {
  const load = createRequire(join(installed(), "node_modules", "x.js"));
  const { default: AjvClass } = load("ajv/dist/2020.js") as {
    default: new (options: object) => Ajv;
  };
  const { default: addFormats } = load("ajv-formats") as { default: (ajv: Ajv) => void };
  const ajv = new AjvClass({ strict: false, allErrors: true });
  addFormats(ajv);
  const schema: unknown = JSON.parse(
    readFileSync(join(installed(), toolFolder, schemaFile), "utf8"),
  );
  return ajv.validate(schema, log) ? [] : ajv.errorsText().split(", ");
}

/** Asks for a page about the tool, which has none yet. */
const withoutPage = "SARIF2005";

function toolComplaints(sarif: string): string[] {
  const scratch = mkdtempSync(join(tmpdir(), "bulkhead-sarif-"));
  try {
    const file = join(scratch, "log.sarif");
    writeFileSync(file, sarif);
    const { stdout, stderr, error } = spawnSync(join(installed(), executable), ["validate", file], {
      encoding: "utf8",
      timeout: validateMsMax,
    });
    if (error !== undefined) throw error;
    const said = `${stdout}\n${stderr}`;
    if (!said.includes("1 files scanned")) throw new Error(`the tool did not validate: ${said}`);
    const lines = said.split("\n").filter((line) => /\b(error|warning) [A-Z]+\d+/.test(line));
    return lines.filter((line) => !line.includes(withoutPage));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const toolFolder = join("node_modules", "@microsoft", "sarif-multitool-linux");
const executable = join(toolFolder, "Sarif.Multitool");
const schemaFile = "sarif-2.1.0.json";

function installed(): string {
  const lock = createHash("sha256").update(readFileSync(join(folder, "package-lock.json")));
  return join(cache(), lock.digest("hex").slice(0, 16));
}

function cache(): string {
  const base = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  return join(base, "bulkhead", "sarif-multitool");
}
