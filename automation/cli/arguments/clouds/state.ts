/** The arguments of `clouds state`. */
import { type Command, Option } from "commander";
import type { StateFilters } from "../../commands/clouds/state.ts";
import type { Run } from "../run.ts";

/** Adds `clouds state` with everything below it. */
export function addState(clouds: Command, choose: (run: Run) => void): void {
  const json = () => new Option("--json", "the answer as JSON on standard output").default(false);
  const state = clouds
    .command("state")
    .description("list what exists in their world")
    .option("--package <name>", "of one package only, e.g. aws")
    .option("--account <id>", "of one account, subscription, tenant, project or cluster only")
    .option("--token <pattern>", "of one type only; * stands for any text")
    .option("--unmanaged", "only what no stack's state holds", false)
    .option("--state <file...>", "with --unmanaged: state exports of any program's own stacks", [])
    .addOption(json())
    .action((options: StateFilters & { json: boolean }) =>
      choose(async (context) =>
        (await import("../../commands/clouds/state.ts")).stateCommand(context, options),
      ),
    );
  state
    .command("show")
    .description("everything about one resource, as JSON")
    .argument("<resource>", "id, URN, the end of a URN, or row:N")
    .action((resource: string) =>
      choose(async (context) =>
        (await import("../../commands/clouds/state.ts")).showCommand(context, resource),
      ),
    );
  state
    .command("export")
    .description("write the whole world as one JSON document")
    .argument("[file]", "the file; without it standard output")
    .action((file: string | undefined) =>
      choose(async (context) =>
        (await import("../../commands/clouds/transfer.ts")).exportCommand(context, file),
      ),
    );
  state
    .command("import")
    .description("fill an empty world from an export")
    .argument("<file>", "the file; - for standard input")
    .action((file: string) =>
      choose(async (context) =>
        (await import("../../commands/clouds/transfer.ts")).importCommand(context, file),
      ),
    );
}
