/** What Azure's rules have room for. */

/** Flows for which there are priorities. */
export const azureFlowsMax = 1500;

/** "Limitations with Azure Virtual Network Manager": admin rules of one manager, and their prefixes. */
export const adminRulesMax = 100;
export const adminPrefixesMax = 1000;
