/** The arguments of `clouds probe packet`. */
import { type Command, InvalidArgumentError } from "commander";
import type { PacketOptions } from "../../commands/clouds/probe-packet.ts";
import type { Run } from "../run.ts";

type Options = PacketOptions & { readonly batch?: string; readonly steps: boolean };

function whole(value: string): number {
  if (/^\d{1,6}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("a whole number is wanted.");
}

/** Adds `packet` to `clouds probe`. */
export function addProbePacket(clouds: Command, choose: (run: Run) => void): void {
  const probe =
    clouds.commands.find((command) => command.name() === "probe") ??
    clouds.command("probe").description("ask the deployed world what it would do");
  probe
    .command("packet")
    .description(
      "walk one packet through the deployed world, with the rule that decides each stage",
    )
    .argument(
      "[from]",
      "internet, an address, an id, a URN or its end, or cluster/namespace/name; " +
        "a subnet stands for a new interface in it, with the groups, tags or accounts after @",
    )
    .argument("[to]", "likewise; the member public gives a new interface a public address")
    .option("--protocol <name>", "tcp, udp, icmp, icmpv6, sctp, gre, esp, ah or a number", "tcp")
    .option("--port <number>", "destination port", whole)
    .option("--source-port <number>", "source port", whole)
    .option("--icmp-type <number>", "type of an ICMP packet; an echo request without it", whole)
    .option("--icmp-code <number>", "its code", whole)
    .option("--family <number>", "4 or 6, where the ends have both", whole)
    .option("--json", "the answer as JSON on standard output", false)
    .option("--batch <file>", "many packets through one snapshot: JSON lines from a file or -")
    .option("--steps", "every stage in the answers of a batch, too", false)
    .action((from: string | undefined, to: string | undefined, options: Options) => {
      const { batch, steps, ...packet } = options;
      if (batch !== undefined) {
        if (from !== undefined) probe.error("error: a batch has its own ends: leave them out");
        return choose(batchRun(batch, steps));
      }
      if (from === undefined || to === undefined) {
        return probe.error("error: give FROM and TO, or --batch FILE");
      }
      choose(async (context) =>
        (await import("../../commands/clouds/probe-packet.ts")).probePacketCommand(context, {
          ...packet,
          from,
          to,
        }),
      );
    });
}

function batchRun(file: string, steps: boolean): Run {
  return async (context) =>
    (await import("../../commands/clouds/probe-packets.ts")).probePacketsCommand(context, {
      file,
      steps,
    });
}
