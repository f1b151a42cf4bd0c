/**
 * Which events a trail selects (AWS CloudTrail API reference, "EventSelector", "AdvancedEventSelector":
 * a trail without selectors logs all management events and no data events).
 */

import { objectsAt, textAt, textsAt } from "../../probe/token/live.ts";
import type { JsonObject } from "../../protocol/value.ts";
import type { TrailEvent } from "./cloudtrail.ts";

/** Whether a trail's selectors take an event. */
export function selects(trail: JsonObject, event: TrailEvent): boolean {
  const advanced = objectsAt(trail, "advancedEventSelectors");
  // One selector is enough; the fields of one selector must all fit.
  if (advanced.length > 0) {
    return advanced.some((one) =>
      objectsAt(one, "fieldSelectors").every((field) => fieldFits(field, event)),
    );
  }
  const basic = objectsAt(trail, "eventSelectors");
  if (basic.length === 0) return event.dataType === undefined;
  return basic.some((one) => basicFits(one, event));
}

function basicFits(selector: JsonObject, event: TrailEvent): boolean {
  const kind = textAt(selector, "readWriteType") || "All";
  if (kind === "ReadOnly" && !event.readOnly) return false;
  if (kind === "WriteOnly" && event.readOnly) return false;
  if (event.dataType === undefined) {
    if (selector["includeManagementEvents"] === false) return false;
    return !textsAt(selector, "excludeManagementEventSources").includes(event.eventSource);
  }
  return objectsAt(selector, "dataResources").some(
    (one) =>
      textAt(one, "type") === event.dataType &&
      textsAt(one, "values").some((value) => event.resource.startsWith(value)),
  );
}

function fieldFits(field: JsonObject, event: TrailEvent): boolean {
  const got = fieldOf(textAt(field, "field"), event);
  const any = (key: string, test: (value: string) => boolean) => {
    const values = textsAt(field, key);
    return values.length === 0 || values.some(test);
  };
  const none = (key: string, test: (value: string) => boolean) => !textsAt(field, key).some(test);
  return (
    any("equals", (value) => got === value) &&
    any("startsWiths", (value) => got.startsWith(value)) &&
    any("endsWiths", (value) => got.endsWith(value)) &&
    none("notEquals", (value) => got === value) &&
    none("notStartsWiths", (value) => got.startsWith(value)) &&
    none("notEndsWiths", (value) => got.endsWith(value))
  );
}

function fieldOf(name: string, event: TrailEvent): string {
  switch (name) {
    case "eventCategory":
      return event.dataType === undefined ? "Management" : "Data";
    case "readOnly":
      return String(event.readOnly);
    case "eventSource":
      return event.eventSource;
    case "eventName":
      return event.eventName;
    case "resources.type":
      return event.dataType ?? "";
    case "resources.ARN":
      return event.resource;
    default:
      return "";
  }
}
