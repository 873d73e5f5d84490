import type { JsonValue } from "../../kernel/json";
import type { TaskTemplate } from "./taskTemplate";

/** The templates that everybody has. */
export const shippedTemplates: readonly TaskTemplate[] = [
  {
    id: "index-all",
    name: "Index all canvases",
    kind: "index",
    title: "Index all canvases",
    priority: "LOW",
    items: [{ all: true }],
    cron: "@daily",
  },
  {
    id: "drain-and-verify",
    name: "Drain and verify",
    kind: "steps",
    title: "Send what is pending, then compare",
    priority: "LOW",
    items: [step("drain", {}), step("verify", { scope: "all", repair: false })],
    cron: "0 12 * * *",
  },
  {
    id: "weekly-export",
    name: "Weekly export",
    kind: "export",
    title: "Export to {{folder}}",
    priority: "LOW",
    items: [
      { what: "events", format: "csv", folder: "{{folder}}", days: 7 },
      { what: "graph", format: "json", folder: "{{folder}}" },
      { what: "stats", format: "json", folder: "{{folder}}" },
    ],
    cron: "0 18 * * FRI",
  },
  {
    id: "study-session",
    name: "Study session",
    kind: "steps",
    title: "Study session in {{folder}}",
    priority: "HIGH",
    items: [step("index", { folder: "{{folder}}" }), step("drain", {})],
    cron: null,
  },
  {
    id: "exam-week",
    name: "Exam week",
    kind: "steps",
    title: "Exam week: {{folder}}",
    priority: "NORMAL",
    items: [
      step("index", { folder: "{{folder}}" }),
      step("drain", {}),
      step("verify", { scope: "all", repair: false }),
      step("export", { what: "graph", format: "csv", table: "nodes", folder: "{{export-folder}}" }),
    ],
    cron: "0 6 * * MON-FRI",
  },
];

/** An item of the kind `steps`. */
function step(kind: string, item: JsonValue): JsonValue {
  return { kind, item };
}
