import type { Fate } from "../packet.ts";
import type { Written } from "../program.ts";

/** Statements of one document, tried on one program. */
export interface Truth {
  readonly document: string;
  readonly program: readonly Written[];
  readonly rows: readonly {
    /** What the document says, in our words. */
    readonly says: string;
    readonly packets: Readonly<Record<string, Fate>>;
  }[];
}
