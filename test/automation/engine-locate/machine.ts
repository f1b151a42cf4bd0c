import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EngineProgress, EngineSettings } from "../../../automation/engine/locate.ts";

const repository = join(import.meta.dirname, "..", "..", "..");

/** A machine with nothing on it: own checkout, cache, Pulumi home and PATH. */
export class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), "bulkhead-engine-"));
  readonly path = join(this.folder, "bin");
  readonly settings: EngineSettings;
  readonly progress: EngineProgress[] = [];

  constructor(downloadBase = "http://127.0.0.1:9/nothing") {
    const root = join(this.folder, "checkout");
    mkdirSync(this.path);
    for (const folder of ["engine", "language-host"]) {
      cpSync(join(repository, "tools", folder), join(root, "tools", folder), { recursive: true });
    }
    // Go and pip scripts of the tests use the system's tools; nothing else is on PATH.
    for (const tool of ["sh", "mkdir", "cat", "sleep", "cp", "tar", "gzip"]) {
      const file = ["/usr/bin", "/bin"]
        .map((bin) => join(bin, tool))
        .find((found) => existsSync(found));
      if (file) symlinkSync(file, join(this.path, tool));
    }
    this.settings = {
      environment: { PATH: this.path, HOME: this.folder },
      root,
      cache: join(this.folder, "cache"),
      pulumiHome: join(this.folder, "pulumi-home"),
      platform: "linux-x64",
      downloadBase,
    };
  }

  readonly onProgress = (progress: EngineProgress): void => {
    this.progress.push(progress);
  };

  /**
   * A "native" engine that says its version: without a `#!` line it is no script to the search,
   * and the system's exec still hands it to the shell. It counts how often it was asked.
   */
  engine(folder: string, version: string): string {
    return this.file(
      join(folder, "pulumi"),
      `echo asked >> ${this.folder}/asked\necho v${version}\n`,
    );
  }

  host(folder: string): string {
    return this.file(join(folder, "pulumi-language-nodejs"), "#!/bin/sh\n");
  }

  /** An executable file. */
  file(file: string, text: string): string {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: 0o755 });
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
