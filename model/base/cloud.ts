/** The clouds that Bulkhead lowers to. */
export const clouds = ["aws", "azure", "gcp"] as const;
export type Cloud = (typeof clouds)[number];
