/** Turns Ctrl-C and its relatives into calls that a running operation understands. */
import { Interrupted } from "./exit.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Who wants to know that a person asked to stop. */
export class ProcessInterrupts {
  readonly #listeners = new Set<() => void>();
  #count = 0;

  /** Takes over the signals; `say` is told of each. Returns how to give them back. */
  watch(say: (count: number) => void): () => void {
    const take = () => {
      this.#count += 1;
      say(this.#count);
      for (const listener of this.#listeners) listener();
    };
    for (const name of signals) process.on(name, take);
    return () => {
      for (const name of signals) process.off(name, take);
    };
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
