/** The configuration a pack takes; the engine checks it before anything else happens. */

export const unknownLevels = ["mandatory", "advisory"] as const;

/** JSON schema of the pack's configuration. */
export const configSchema = {
  properties: {
    unknown: { type: "string" as const, enum: [...unknownLevels] },
    levels: { type: "object" as const },
    parameters: { type: "object" as const },
    exemptions: { type: "array" as const },
    reviewedExemptions: { type: "array" as const },
    remedies: { type: "array" as const, items: { type: "string" as const } },
  },
};
