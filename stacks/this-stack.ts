/** The settings of the stack that Pulumi is running, as YAML had them. */
import * as pulumi from "@pulumi/pulumi";

/** The given settings of the running project, by name; those that nobody set are left out. */
export function settingsOfThisStack(names: readonly string[]): Record<string, unknown> {
  const config = new pulumi.Config();
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = config.get(name);
      return text === undefined ? [] : [[name, yamlValue(text)]];
    }),
  );
}

/** Pulumi hands every value over as text: mappings and numbers as JSON, texts as they are. */
function yamlValue(text: string): unknown {
  return /^[{\d]/.test(text) ? (JSON.parse(text) as unknown) : text;
}
