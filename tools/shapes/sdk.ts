/** One installed provider SDK: its resource classes, read from `.d.ts` and `.js`. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Declarations, type Member, readDeclarations } from "./declarations.ts";

/** A resource class. */
export interface ResourceClass {
  readonly token: string;
  readonly inputs: readonly Member[];
  readonly outputs: readonly Member[];
  /** Outputs that the SDK marks secret. */
  readonly secretOutputs: readonly string[];
  /** Other tokens under which a state may know the type. */
  readonly aliases: readonly string[];
}

/** Reader of one package; files are parsed once. */
export class Sdk {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly inputs: Declarations;
  readonly outputs: Declarations;
  private readonly enumFiles = new Map<string, Declarations>();
  private readonly root: string;

  constructor(modules: string, name: string) {
    this.name = name;
    this.root = join(modules, "@pulumi", name);
    const manifest: unknown = JSON.parse(readFileSync(join(this.root, "package.json"), "utf8"));
    const { version, license } = manifest as { version: string; license: string };
    this.version = version.replace(/^v/, "");
    this.licence = license;
    const types = (side: string) => join(this.root, "types", `${side}.d.ts`);
    const none: Declarations = { members: new Map(), enums: new Map() };
    this.inputs = existsSync(types("input")) ? readDeclarations(types("input")) : none;
    this.outputs = existsSync(types("output")) ? readDeclarations(types("output")) : none;
  }

  /** Values of an enumeration, e.g. `network.Access`; `undefined` where the package has none. */
  enums(name: string): readonly string[] | undefined {
    const steps = name.split(".");
    const own = steps.pop() ?? "";
    const file = join(this.root, "types", "enums", ...steps, "index.d.ts");
    const known = this.enumFiles.get(file) ?? readDeclarations(file);
    this.enumFiles.set(file, known);
    const values = known.enums.get(own) ?? [];
    return values.length === 0 ? undefined : values;
  }

  /** The class of a token; throws `RangeError` if the package has none. */
  resource(token: string): ResourceClass {
    const file = this.fileOf(token);
    const name = token.slice(token.lastIndexOf(":") + 1);
    const { members } = readDeclarations(join(this.root, `${file}.d.ts`));
    const outputs = members.get(name);
    if (outputs === undefined) throw new RangeError(`${file}.d.ts declares no ${name}`);
    const code = readFileSync(join(this.root, `${file}.js`), "utf8");
    return {
      token,
      inputs: members.get(`${name}Args`) ?? [],
      outputs,
      secretOutputs: listIn(code, "additionalSecretOutputs"),
      aliases: [...code.matchAll(/\{ type: "([^"]+)" \}/g)].map((match) => match[1] ?? ""),
    };
  }

  /** Tokens of all resource classes in a folder of the package. */
  tokensIn(folder: string): string[] {
    const path = join(this.root, folder);
    return readdirSync(path)
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => tokenIn(join(path, file)));
  }

  /** Folders of the package that hold a version of an API group, e.g. `apps/v1`. */
  folders(pattern: RegExp): string[] {
    return readdirSync(this.root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
      .flatMap((entry) =>
        readdirSync(join(this.root, entry.name)).map((inner) => `${entry.name}/${inner}`),
      )
      .filter((folder) => pattern.test(folder))
      .sort();
  }

  private fileOf(token: string): string {
    const [, qualified = "", kind = ""] = token.split(":");
    const folder = this.folderOf(qualified);
    const usual = kind.charAt(0).toLowerCase() + kind.slice(1);
    const names = [basename(qualified), usual].map((name) => join(folder, name));
    // Few files are named otherwise: `index_` for a type Index.
    const others = () =>
      readdirSync(join(this.root, folder))
        .filter((file) => file.toLowerCase().startsWith(kind.toLowerCase()))
        .map((file) => join(folder, basename(file, ".js")));
    for (const find of [() => names, others]) {
      const file = find().find((name) => tokenIn(join(this.root, `${name}.js`))[0] === token);
      if (file !== undefined) return file;
    }
    throw new RangeError(`@pulumi/${this.name} has no resource ${token}`);
  }

  /** `ec2/vpc` → `ec2`, `network` → `network`, `networking.k8s.io/v1` → `networking/v1`, `index/x` → ``. */
  private folderOf(qualified: string): string {
    const [module = "", rest = ""] = qualified.split("/");
    if (module === "index") return "";
    if (this.name !== "kubernetes") return module;
    return join(module.split(".")[0] ?? module, rest);
  }
}

function tokenIn(file: string): string[] {
  if (!existsSync(file)) return [];
  const match = /__pulumiType = '([^']+)'/.exec(readFileSync(file, "utf8"));
  return match?.[1] === undefined ? [] : [match[1]];
}

function listIn(code: string, key: string): string[] {
  const match = new RegExp(`\\b${key}: \\[([^\\]]*)\\]`).exec(code);
  return [...(match?.[1] ?? "").matchAll(/"([^"]+)"/g)].map((found) => found[1] ?? "").sort();
}
