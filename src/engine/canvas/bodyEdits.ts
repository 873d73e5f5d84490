import type { JsonObject, JsonValue } from "../kernel/json";
import type { ListName, ReadRoot } from "./canvasRoot";
import { entryEdits } from "./entryEdits";
import {
  elementSpans,
  endOfValue,
  memberOf,
  memberSpans,
  skipSpace,
  type ContainerSpan,
  type MemberSpan,
  type Span,
} from "./jsonSpans";
import { layoutOf, listPadding, renderEntry, rootColon, type Layout } from "./layout";
import { isIdle, type ListPlan } from "./listDraft";
import type { PatchPlan } from "./planPatch";
import { sequenceEdits, type Padding } from "./sequenceEdits";
import type { TextEdit } from "./textEdits";

interface FileText {
  readonly text: string;
  readonly layout: Layout;
}

interface Section {
  readonly name: ListName;
  /** Null when the file does not have this list. */
  readonly list: ContainerSpan<Span> | null;
  /** The other list, whose entries show the file's style where this one has none. */
  readonly sibling: ContainerSpan<Span> | null;
  readonly values: readonly JsonValue[];
  readonly plan: ListPlan;
}

/** The edits of a file's body that carry a plan out. The root object must have members. */
export function bodyEdits(root: ReadRoot, plan: PatchPlan): readonly TextEdit[] {
  const { members, lists } = scan(root.body);
  const file: FileText = { text: root.body, layout: layoutOf(root.body, members) };
  const nodes = lists.get(memberOf(members, "nodes")?.valueStart) ?? null;
  const edges = lists.get(memberOf(members, "edges")?.valueStart) ?? null;
  const sections: readonly Section[] = [
    { name: "nodes", list: nodes, sibling: edges, values: root.nodes, plan: plan.nodes },
    { name: "edges", list: edges, sibling: nodes, values: root.edges, plan: plan.edges },
  ];
  const busy = sections.filter((section) => !isIdle(section.plan));
  const missing = busy.filter((section) => section.list === null).map((section) => newSection(file, section));
  const inside = busy.flatMap((section) => (section.list === null ? [] : listEdits(file, section, section.list)));
  return [...inside, ...sequenceEdits(root.body, members, new Set(), missing, { lead: "", tail: "" })];
}

interface BodySpans {
  readonly members: ContainerSpan<MemberSpan>;
  /** Lists directly in the root, by the offset at which they begin. */
  readonly lists: ReadonlyMap<number | undefined, ContainerSpan<Span>>;
}

// One pass over the text finds the members of the root and the elements of its lists.
function scan(body: string): BodySpans {
  const lists = new Map<number | undefined, ContainerSpan<Span>>();
  const members = memberSpans(body, skipSpace(body, 0), (text, start) => {
    if (text[start] !== "[") return endOfValue(text, start);
    const list = elementSpans(text, start);
    lists.set(start, list);
    return list.end;
  });
  return { members, lists };
}

function listEdits(file: FileText, section: Section, list: ContainerSpan<Span>): readonly TextEdit[] {
  const { plan, values } = section;
  const updates = [...plan.updated].flatMap(([index, changes]) => {
    const span = list.items[index];
    return span === undefined ? [] : entryEdits(file.text, file.layout, span, values[index] as JsonObject, changes);
  });
  return [
    ...updates,
    ...sequenceEdits(file.text, list, plan.removed, rendered(file, section), paddingOf(file, section)),
  ];
}

function newSection(file: FileText, section: Section): string {
  const { lead, tail } = paddingOf(file, section);
  const entries = rendered(file, section).join(`,${lead}`);
  return `${JSON.stringify(section.name)}${rootColon(file.layout)}[${lead}${entries}${tail}]`;
}

function rendered(file: FileText, section: Section): readonly string[] {
  const neighbour = lastObject(file, section.list) ?? lastObject(file, section.sibling);
  return section.plan.added.map((entry) => renderEntry(file.text, file.layout, entry, neighbour));
}

function lastObject(file: FileText, list: ContainerSpan<Span> | null): Span | null {
  return list?.items.filter((item) => file.text[item.start] === "{").at(-1) ?? null;
}

function paddingOf(file: FileText, section: Section): Padding {
  const { sibling } = section;
  const first = sibling?.items[0];
  const last = sibling?.items.at(-1);
  if (sibling === null || first === undefined || last === undefined) return listPadding(file.layout);
  return { lead: file.text.slice(sibling.start + 1, first.start), tail: file.text.slice(last.end, sibling.end - 1) };
}
