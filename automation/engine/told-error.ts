/** An error whose message was already written for the person who reads it, by another program. */
export class ToldError extends Error {
  /** Whether the machine or a file is at fault, not what was asked for. */
  readonly environment: boolean;

  constructor(message: string, environment: boolean) {
    super(message);
    this.name = "ToldError";
    this.environment = environment;
  }
}
