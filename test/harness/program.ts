/** An ordinary Pulumi program, run as its owner would: by Pulumi's own command, with what `clouds env` says. */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import type { Checkout, Outcome } from "./checkout.ts";

/** Configuration that an owner would have set, e.g. `{ "aws:region": "eu-west-1" }`. */
export type Configuration = Readonly<Record<string, string>>;

/** One stack of a program in a checkout. */
export class Program {
  private readonly checkout: Checkout;
  private readonly folder: string;
  private readonly env: NodeJS.ProcessEnv;

  private constructor(checkout: Checkout, folder: string, env: NodeJS.ProcessEnv) {
    this.checkout = checkout;
    this.folder = folder;
    this.env = env;
  }

  /** Makes the stack; the clouds of the checkout must run. */
  static async open(
    checkout: Checkout,
    folder: string,
    configuration: Configuration,
  ): Promise<Program> {
    const answer = await checkout.run(["clouds", "env", "--json"]);
    assert.equal(answer.code, 0, answer.stderr);
    const { variables, pathFirst } = JSON.parse(answer.stdout) as {
      variables: Record<string, string>;
      pathFirst?: string;
    };
    const state = checkout.path("programs-state");
    mkdirSync(state, { recursive: true });
    const program = new Program(checkout, folder, {
      ...variables,
      PATH: pathFirst === undefined ? process.env["PATH"] : `${pathFirst}:${process.env["PATH"]}`,
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_HOME: checkout.path("programs-home"),
      PULUMI_CONFIG_PASSPHRASE: "a test's",
    });
    await program.run("stack", "init", "test");
    for (const [key, value] of Object.entries(configuration)) {
      await program.run("config", "set", key, value);
    }
    return program;
  }

  /** Runs `pulumi ARGS` in the program's folder; fails with all that was said where it fails. */
  async run(...args: string[]): Promise<Outcome> {
    const command = ["pulumi", "--cwd", this.checkout.path(this.folder), "--non-interactive"];
    const outcome = await this.checkout.start([...command, ...args], this.env).done;
    const said = `pulumi ${args.join(" ")}\n${outcome.stdout}\n${outcome.stderr}`;
    assert.equal(outcome.code, 0, said);
    return outcome;
  }
}
