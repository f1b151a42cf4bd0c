// Who may import whom: the table in DESIGN, as rules. No cycles anywhere.
const only = (name, from, allowed, extra = {}) => ({
  name,
  severity: "error",
  from: { path: from, ...(extra.from ?? {}) },
  to: { pathNot: allowed, ...(extra.to ?? {}) },
});

const nodePure = "^(node:)?(assert|assert/strict|crypto|util|buffer)$";
const pulumi = "^node_modules/@pulumi/";

export default {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "nobody-imports-tests",
      severity: "error",
      from: { pathNot: "^test/" },
      to: { path: "^test/" },
    },
    {
      name: "nobody-imports-a-pack",
      severity: "error",
      from: { pathNot: "^policy-packs/[^/]+/index\\.js$|^test/" },
      to: { path: "^policy-packs/(?!kit/)[^/]+/pack\\.ts$" },
    },
    only("model-is-pure", "^model/", ["^model/", nodePure, "^node_modules/@bufbuild/"]),
    only("model-base-first", "^model/base/", ["^model/base/", nodePure]),
    only("model-domains", "^model/(network|identity|mesh|logging)/", [
      "^model/base/",
      "^model/$1/",
      nodePure,
      "^node_modules/@bufbuild/",
    ]),
    only(
      "lower-is-pure",
      "^components/.*lower\\.ts$",
      ["^model/", "^components/", pulumi, nodePure],
      {
        to: { dependencyTypesNot: ["type-only"] },
      },
    ),
    {
      name: "lower-has-no-sdk-at-run-time",
      severity: "error",
      from: { path: "^components/.*lower\\.ts$" },
      to: { path: pulumi, dependencyTypesNot: ["type-only"] },
    },
    only("components", "^components/", [
      "^components/",
      "^model/(base|network|identity|mesh|logging|response)/",
      pulumi,
      nodePure,
    ]),
    only(
      "policy-packs",
      "^policy-packs/",
      [
        "^policy-packs/",
        "^model/",
        "^(node:)?[a-z0-9/]+$",
        "^node_modules/@pulumi/policy/",
        // The protocol's descriptor: the policy SDK hides whether the engine previews or updates.
        "^node_modules/@pulumi/pulumi/proto/",
      ],
      { to: { dependencyTypesNot: ["type-only"] } },
    ),
    only("automation", "^automation/", [
      "^automation/",
      "^model/",
      "^policy-packs/(kit|lift|rules)/",
      "^(node:)?[a-z_/]+$",
      "^node_modules/(?!@pulumi/(aws|azure-native|azuread|gcp|kubernetes|tls|random)/)",
    ]),
    only("stacks", "^stacks/", [
      "^stacks/",
      "^components/",
      "^model/",
      pulumi,
      "^(node:)?[a-z_/]+$",
      "^node_modules/js-yaml/",
    ]),
    only("local-clouds", "^local-clouds/", [
      "^local-clouds/",
      "^model/base/",
      "^(node:)?[a-z_/]+$",
      "^node_modules/(@pulumi/pulumi/proto|@grpc/|google-protobuf|@peculiar/|reflect-metadata|js-yaml|@bufbuild/cel/)",
    ]),
    {
      name: "rules-of-custom-kinds-alone-use-cel",
      severity: "error",
      from: { path: "^local-clouds/", pathNot: "^local-clouds/packages/kubernetes/cel/" },
      to: { path: "^node_modules/@bufbuild/" },
    },
    only("tools", "^tools/(?!shapes/|rule-pages/)", [
      "^tools/",
      "^(node:)?[a-z_/]+$",
      "^node_modules/(@pulumi/pulumi/proto|@grpc/|google-protobuf)",
    ]),
    // The shapes are read from declarations, for every type that the tables have.
    only("tools-shapes", "^tools/shapes/", [
      "^tools/(shapes/|generated\\.ts$)",
      "^local-clouds/packages/index\\.ts$",
      "^(node:)?[a-z_/]+$",
      "^node_modules/typescript/",
    ]),
    // The pages are written from the rules themselves, in the words of `rules show`.
    only("tools-rule-pages", "^tools/rule-pages/", [
      "^tools/(rule-pages/|generated\\.ts$)",
      "^model/",
      "^policy-packs/",
      "^automation/gate/words/safe\\.ts$",
      "^(node:)?[a-z_/]+$",
    ]),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^node_modules/.*/node_modules/" },
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".js", ".json"],
    },
  },
};
