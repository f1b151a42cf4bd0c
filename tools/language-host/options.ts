import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb.js";

/** The options of `runtime:` in Pulumi.yaml that concern starting Node. */
export interface RuntimeOptions {
  /** Whether the SDK loads the program through ts-node; Pulumi's default is true. */
  readonly typescript: boolean;
  readonly tsconfig: string | undefined;
  readonly nodeargs: readonly string[];
}

/** Reads the options of a program or plugin; a wrong type is an error, as in Pulumi's own host. */
export function runtimeOptions(info: ProgramInfo | undefined): RuntimeOptions {
  const given = info?.getOptions()?.toJavaScript() ?? {};
  const typescript = given["typescript"] ?? true;
  if (typeof typescript !== "boolean") throw new Error("typescript option must be a boolean");
  return {
    typescript,
    tsconfig: text(given, "tsconfig"),
    nodeargs: shellWords(text(given, "nodeargs") ?? ""),
  };
}

/** What the SDK's entry points read of these options from the environment. */
export function optionsEnvironment(options: RuntimeOptions): Record<string, string> {
  return {
    ...(options.typescript && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(options.tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
  };
}

function text(given: Record<string, unknown>, name: string): string | undefined {
  const value = given[name];
  if (value === undefined || typeof value === "string") return value;
  throw new Error(`${name} option must be a string`);
}

/** Splits as a shell does: blanks separate, quotes hold together, a backslash takes the next. */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  const pattern = /(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs;
  for (const [word] of line.matchAll(pattern)) {
    words.push(word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs, unquote));
  }
  return words;
}

function unquote(_: string, double?: string, single?: string, escaped?: string): string {
  if (double !== undefined) return double.replace(/\\(["\\$`])/g, "$1");
  return single ?? escaped ?? "";
}
