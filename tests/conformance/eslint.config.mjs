/** How the schema is linted: every rule there is for schemas and for Relay, but for what is said here. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const packages = createRequire(`${process.env.PACKAGES}/`);
const { buildSchema, isObjectType } = packages("graphql");
const { default: plugin } = packages("@graphql-eslint/eslint-plugin");

const rule = (name, ...options) => ({ [`@graphql-eslint/${name}`]: options });
const types = Object.values(buildSchema(readFileSync("schema.graphql", "utf-8")).getTypeMap());
const isNode = (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === "Node");

export default [
  {
    files: ["**/*.graphql"],
    plugins: { "@graphql-eslint": plugin },
    languageOptions: {
      parser: plugin.parser,
      parserOptions: { graphQLConfig: { schema: "schema.graphql" } },
    },
    rules: {
      ...plugin.configs["flat/schema-all"].rules,
      ...plugin.configs["flat/schema-relay"].rules,
      // Members stand in the order in which they are best read.
      ...rule("alphabetize", "off"),
      ...rule("no-root-type", "off"),
      // The day goes into the reason, where people read it.
      ...rule("require-deprecation-date", "off"),
      // A type is in PascalCase, whatever is named after it.
      ...rule("input-name", "error", { checkInputType: true, caseSensitiveInputType: false }),
      ...rule("relay-edge-types", "error", {
        withEdgeSuffix: true,
        shouldImplementNode: false,
        listTypeCanWrapOnlyEdgeType: false,
      }),
      // What is no Node is a value, or a part of a record, and cannot be asked for by itself.
      ...rule("strict-id-in-types", "error", {
        exceptions: { types: types.filter((type) => !isNode(type)).map(({ name }) => name) },
      }),
      ...rule("require-description", "error", {
        types: true,
        rootField: true,
        DirectiveDefinition: true,
        FieldDefinition: true,
        InputValueDefinition: true,
        EnumValueDefinition: true,
        // It is GraphQL's own.
        ignoredSelectors: ["[type=DirectiveDefinition][name.value=oneOf]"],
      }),
    },
  },
];
