/** The resource that stands for the whole stack, of which there is exactly one. */
export const stackType = "pulumi:pulumi:Stack";
