/** Turns Ctrl-C and its relatives into calls that a running operation understands. */
import { Interrupted } from "./exit.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Who wants to know that a person asked to stop. */
export class ProcessInterrupts {
  readonly #listeners = new Set<() => void>();
  #count = 0;
  #take: (() => void) | undefined;
  /** What a person is told who stopped a command. */
  stopped = "Stopped. The next run continues.";

  /** Takes over the signals; `say` is told of each. */
  watch(say: (count: number) => void): void {
    this.#take = () => {
      this.#count += 1;
      say(this.#count);
      for (const listener of this.#listeners) listener();
    };
    for (const name of signals) process.on(name, this.#take);
  }

  /** Gives the signals back: what only computes is never idle to hear of them, and ends at once. */
  letGo(): void {
    if (this.#take === undefined) return;
    for (const name of signals) process.off(name, this.#take);
  }

  /** Calls `listener` at each request to stop until the returned function is called. */
  onInterrupt(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether a person has asked to stop. */
  get requested(): boolean {
    return this.#count > 0;
  }

  /** Throws {@link Interrupted} where a person has asked to stop. */
  check(): void {
    if (this.requested) throw new Interrupted();
  }
}
