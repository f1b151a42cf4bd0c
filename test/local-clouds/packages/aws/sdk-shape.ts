/** What an installed provider SDK says about its resource types: inputs, required ones, outputs, nested shapes. */

import { readdirSync, readFileSync } from "node:fs";
import { everyItem, everyValue, parsePath } from "../../../../local-clouds/protocol/path.ts";

/** One resource class of an SDK. */
export interface SdkType {
  /** Inputs with the text of their types. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly required: ReadonlySet<string>;
  /** All outputs with the text of their types, the inputs that come back among them. */
  readonly outputs: ReadonlyMap<string, string>;
}

/** The SDK of one package, read from its declaration files. */
export class Sdk {
  private readonly root: URL;
  private readonly files: Map<string, URL>;
  private readonly shapes: { inputs: string; outputs: string };

  constructor(name: string) {
    this.root = new URL(`../../../../node_modules/@pulumi/${name}/`, import.meta.url);
    this.shapes = {
      inputs: this.text("types/input.d.ts"),
      outputs: this.text("types/output.d.ts"),
    };
    this.files = new Map(
      readdirSync(this.root, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".d.ts"))
        .map((file) => [keyOf(file.replace(/_?\.d\.ts$/, "")), new URL(file, this.root)]),
    );
  }

  /** The class of a token such as `aws:ec2/vpc:Vpc`. */
  type(token: string): SdkType {
    const [, module = ""] = token.split(":");
    const file = this.files.get(keyOf(module.replace(/^index\//, "")));
    if (file === undefined) throw new Error(`no declaration of ${token}`);
    const text = withoutComments(readFileSync(file, "utf8"));
    const kind = token.split(":")[2] ?? "";
    const args = members(blockAfter(text, `export interface ${kind}Args {`));
    const outputs = members(
      blockAfter(text, new RegExp(`export declare class ${kind} extends [^{]*\\{`)),
    );
    return {
      inputs: new Map(args.map(({ name, type }) => [name, type])),
      required: new Set(args.filter(({ optional }) => !optional).map(({ name }) => name)),
      outputs: new Map(outputs.map(({ name, type }) => [name, type])),
    };
  }

  /** Whether a property path leads somewhere, from a property of the given type. */
  leads(
    path: string,
    properties: ReadonlyMap<string, string>,
    side: "inputs" | "outputs",
  ): boolean {
    let level = properties;
    for (const step of parsePath(path)) {
      if (step === everyItem || step === everyValue || typeof step === "number") continue;
      const type = level.get(step);
      if (type === undefined) return false;
      level = this.nested(type, side);
    }
    return true;
  }

  private nested(type: string, side: "inputs" | "outputs"): ReadonlyMap<string, string> {
    const match = new RegExp(`${side}\\.(?:(\\w+)\\.)?(\\w+)`).exec(type);
    if (match === null) return new Map();
    const [, module, name] = match;
    const text = this.shapes[side];
    const from = module === undefined ? 0 : text.indexOf(`export declare namespace ${module} {`);
    const at = text.indexOf(`interface ${name} {`, from);
    const body = text.slice(at, text.indexOf("\n    }", at));
    const whole = module === undefined ? text.slice(at, text.indexOf("\n}", at)) : body;
    return new Map(members(withoutComments(whole)).map((member) => [member.name, member.type]));
  }

  private text(file: string): string {
    return readFileSync(new URL(file, this.root), "utf8");
  }
}

/** Files spell `vPNGateway` and the like in lower case. */
function keyOf(path: string): string {
  return path.toLowerCase();
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*\*[\s\S]*?\*\//g, "");
}

function blockAfter(text: string, start: string | RegExp): string {
  const at = text.search(
    typeof start === "string" ? start.replaceAll(/[{.*+?^$()|[\]\\]/g, String.raw`\$&`) : start,
  );
  if (at < 0) throw new Error(`no ${String(start)}`);
  return text.slice(at, text.indexOf("\n}", at));
}

function members(block: string): { name: string; optional: boolean; type: string }[] {
  return [...block.matchAll(/^\s+(?:readonly )?(\w+)(\??): ([^;]*)/gm)].map(
    ([, name = "", mark, type = ""]) => ({
      name,
      optional: mark === "?",
      type,
    }),
  );
}
