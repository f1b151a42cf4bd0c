/** Logging intents as the tests of these components use them. */
import type { LoggingIntent, OrganisationLoggingIntent } from "../../../model/logging/intent.ts";

export const intent: LoggingIntent = {
  environment: "test",
  retentionDays: 400,
  lock: "compliance",
  azureNetworkWatcher: "own",
};

export const organisationIntent: OrganisationLoggingIntent = {
  name: "test-org",
  retentionDays: 400,
  lock: "compliance",
  awsOrganisationId: "o-a1b2c3d4e5",
  gcpOrganisationId: "987654321098",
};

export const awsPlaces = [{ place: "aws-a", region: "eu-central-1" }];
export const azurePlaces = [
  { place: "azure-a", region: "westeurope" },
  { place: "azure-b", region: "northeurope" },
];
