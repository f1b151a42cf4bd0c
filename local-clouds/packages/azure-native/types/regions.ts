/** Azure's public regions ("List of Azure regions"), each with its shown name and its pair, if it has one. */

const regions: Readonly<Record<string, readonly [shown: string, pair?: string]>> = {
  australiacentral: ["Australia Central", "australiacentral2"],
  australiacentral2: ["Australia Central 2", "australiacentral"],
  australiaeast: ["Australia East", "australiasoutheast"],
  australiasoutheast: ["Australia Southeast", "australiaeast"],
  austriaeast: ["Austria East"],
  belgiumcentral: ["Belgium Central"],
  brazilsouth: ["Brazil South", "southcentralus"],
  brazilsoutheast: ["Brazil Southeast", "brazilsouth"],
  canadacentral: ["Canada Central", "canadaeast"],
  canadaeast: ["Canada East", "canadacentral"],
  centralindia: ["Central India", "southindia"],
  centralus: ["Central US", "eastus2"],
  chilecentral: ["Chile Central"],
  eastasia: ["East Asia", "southeastasia"],
  eastus: ["East US", "westus"],
  eastus2: ["East US 2", "centralus"],
  francecentral: ["France Central", "francesouth"],
  francesouth: ["France South", "francecentral"],
  germanynorth: ["Germany North", "germanywestcentral"],
  germanywestcentral: ["Germany West Central", "germanynorth"],
  indonesiacentral: ["Indonesia Central"],
  israelcentral: ["Israel Central"],
  italynorth: ["Italy North"],
  japaneast: ["Japan East", "japanwest"],
  japanwest: ["Japan West", "japaneast"],
  jioindiacentral: ["Jio India Central", "jioindiawest"],
  jioindiawest: ["Jio India West", "jioindiacentral"],
  koreacentral: ["Korea Central", "koreasouth"],
  koreasouth: ["Korea South", "koreacentral"],
  malaysiawest: ["Malaysia West"],
  mexicocentral: ["Mexico Central"],
  newzealandnorth: ["New Zealand North"],
  northcentralus: ["North Central US", "southcentralus"],
  northeurope: ["North Europe", "westeurope"],
  norwayeast: ["Norway East", "norwaywest"],
  norwaywest: ["Norway West", "norwayeast"],
  polandcentral: ["Poland Central"],
  qatarcentral: ["Qatar Central"],
  southafricanorth: ["South Africa North", "southafricawest"],
  southafricawest: ["South Africa West", "southafricanorth"],
  southcentralus: ["South Central US", "northcentralus"],
  southeastasia: ["Southeast Asia", "eastasia"],
  southindia: ["South India", "centralindia"],
  spaincentral: ["Spain Central"],
  swedencentral: ["Sweden Central", "swedensouth"],
  swedensouth: ["Sweden South", "swedencentral"],
  switzerlandnorth: ["Switzerland North", "switzerlandwest"],
  switzerlandwest: ["Switzerland West", "switzerlandnorth"],
  uaecentral: ["UAE Central", "uaenorth"],
  uaenorth: ["UAE North", "uaecentral"],
  uksouth: ["UK South", "ukwest"],
  ukwest: ["UK West", "uksouth"],
  westcentralus: ["West Central US", "westus2"],
  westeurope: ["West Europe", "northeurope"],
  westindia: ["West India", "southindia"],
  westus: ["West US", "eastus"],
  westus2: ["West US 2", "westcentralus"],
  westus3: ["West US 3", "eastus"],
};

/** A location as Azure Resource Manager writes it: `West US 2` is `westus2`. */
export function regionName(location: string): string {
  return location.replaceAll(" ", "").toLowerCase();
}

/** Whether there is such a region; `global` stands for services that have none. */
export function isRegion(location: string): boolean {
  const name = regionName(location);
  return name === "global" || Object.hasOwn(regions, name);
}

/** A region's name as people read it, e.g. `West US 2`. */
export function shownRegion(location: string): string {
  return regions[regionName(location)]?.[0] ?? location;
}

/** The region that copies of a region's data go to. */
export function pairedRegion(location: string): string | undefined {
  return regions[regionName(location)]?.[1];
}
