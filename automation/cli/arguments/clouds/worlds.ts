/** Named worlds on the command line. */
import type { Command } from "commander";
import { inWorld, usualWorld } from "../../../clouds/worlds.ts";
import type { Run } from "../run.ts";

/** Adds `clouds worlds`. */
export function addWorlds(clouds: Command, choose: (run: Run) => void): void {
  clouds
    .command("worlds")
    .description("list the named worlds, and whose clouds run")
    .option("--json", "the answer as JSON on standard output", false)
    .action((options: { json: boolean }) =>
      choose(async (context) =>
        (await import("../../commands/clouds/worlds.ts")).worldsCommand(context, options),
      ),
    );
}

/** Commands that make a world of a new name. */
const makers: ReadonlySet<string> = new Set(["start", "import"]);

/**
 * Gives every command below `clouds` the option `--world`, and the context of the world it names.
 * `addAll` adds the commands.
 */
export function withWorlds(
  clouds: Command,
  choose: (run: Run) => void,
  addAll: (choose: (run: Run) => void) => void,
): void {
  let chosen = { world: usualWorld, mayMake: false };
  addAll((run) => {
    const { world, mayMake } = chosen;
    choose((context) => run({ ...context, folders: inWorld(context.folders, world, mayMake) }));
  });
  for (const command of below(clouds)) {
    command.option("--world <name>", "the world it works in", usualWorld);
  }
  clouds.hook("preAction", (_clouds, command) => {
    const { world } = command.optsWithGlobals<{ world: string }>();
    chosen = { world, mayMake: makers.has(command.name()) };
  });
}

function below(command: Command): Command[] {
  return command.commands.flatMap((inner) => [inner, ...below(inner)]);
}
