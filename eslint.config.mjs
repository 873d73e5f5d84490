import { defineConfig, globalIgnores } from "eslint/config";
import globals from "globals";
import obsidianmd from "eslint-plugin-obsidianmd";

// These run in Node, and the model of Obsidian under tests/host is what other code must not be: Obsidian's rules about
// windows, elements, vault folders and Node's modules are for what runs inside the app.
const outsideTheApp = ["src/cli/**", "src/adapters/node/**", "tests/**", "*.mjs", "vitest.config.ts"];
const appRulesOff = Object.fromEntries(Object.keys(obsidianmd.rules ?? {}).map((rule) => [`obsidianmd/${rule}`, "off"]));

export default defineConfig([
  globalIgnores(["main.js", "dist/", "node_modules/", "coverage/", "screenshots/", ".cache/"]),
  ...obsidianmd.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["*.mjs", "src/cli/*.mjs", "src/cli/release/*.mjs", "tests/*/*.mjs"], maximumDefaultProjectFileMatchCount_THIS_WILL_SLOW_DOWN_LINTING: 16 },
      },
    },
  },
  {
    files: outsideTheApp,
    languageOptions: { globals: globals.node },
    rules: { ...appRulesOff, "obsidianmd/rule-custom-message": "off", "no-restricted-globals": "off", "no-restricted-imports": "off" },
  },
  {
    // The compiler knows every name; this rule does not know those of types.
    files: ["**/*.ts"],
    rules: { "no-undef": "off" },
  },
]);
