import { createHash } from "node:crypto";
import { createWriteStream, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { runJob } from "./job.ts";
import type { Step } from "./progress.ts";
import { downloadedFolder, type EngineSettings, readDownloads } from "./settings.ts";
import { installed } from "./staging.ts";

/** An archive larger than this is not the one that was pinned. */
const archiveBytesMax = 500_000_000;
const silenceMsMax = 15_000;

/**
 * Downloads the official engine into the cache and returns its folder. The archive is unpacked
 * only if its SHA-256 is the pinned one. Throws an error that says why not.
 */
export async function downloadEngine(
  settings: EngineSettings,
  report: (step: Step) => void,
  signal: AbortSignal,
): Promise<string> {
  const downloads = readDownloads(settings);
  const file = downloads.files[settings.platform];
  if (!file) throw new Error(`no download is pinned for ${settings.platform}`);
  const url = `${settings.downloadBase ?? downloads.base}/${file.name}`;
  const log = join(settings.cache, "download.log");
  const folder = downloadedFolder(settings);

  await installed(settings.cache, folder, async (staging) => {
    const archive = join(staging, file.name);
    const digest = await fetchTo(archive, url, report, signal);
    if (digest !== file.sha256) {
      throw new Error(`refused ${url}: its SHA-256 is ${digest}, pinned is ${file.sha256}`);
    }
    report({ step: "install", doing: `unpacking ${file.name}`, log });
    const bin = join(staging, "bin");
    mkdirSync(bin);
    // The archives hold one folder, `pulumi`, with the engine and its language hosts.
    const args = ["-xzf", archive, "-C", bin, "--strip-components=1"];
    await runJob({
      command: "tar",
      args,
      cwd: staging,
      environment: settings.environment,
      log,
      signal,
    });
    rmSync(archive);
  });
  return folder;
}

async function fetchTo(
  file: string,
  url: string,
  report: (step: Step) => void,
  signal: AbortSignal,
): Promise<string> {
  const silence = new AbortController();
  const giveUp = (): void =>
    silence.abort(new Error(`no answer from ${url} for ${silenceMsMax} ms`));
  const timer = setTimeout(giveUp, silenceMsMax);
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, silence.signal]) });
    if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
    const total = Number(response.headers.get("content-length") ?? 0);
    const hash = createHash("sha256");
    let done = 0;
    const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        timer.refresh();
        done += chunk.length;
        if (done > archiveBytesMax)
          throw new Error(`${url} is larger than ${archiveBytesMax} bytes`);
        hash.update(chunk);
        report({
          step: "download",
          doing: `downloading ${url}`,
          ...(total > 0 && { counted: { done, total, unit: "bytes" } }),
        });
        yield chunk;
      }
    };
    await pipeline(Readable.fromWeb(response.body), counted, createWriteStream(file));
    return hash.digest("hex");
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(reasonOf(error, url));
  } finally {
    clearTimeout(timer);
  }
}

/** `fetch` hides what happened in the cause. */
function reasonOf(error: unknown, url: string): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  return cause ? `${url} cannot be reached (${cause})` : error.message;
}
