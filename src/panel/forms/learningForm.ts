import { strings } from "../text/strings";

/** What the dialog for a learning event holds, as typed. Empty text is nothing. */
export interface LearningForm {
  readonly score: string;
  readonly rating: string;
  readonly remark: string;
}

/** What it is about, as the engine's records name it. */
export type FormSubject = { readonly canvas: string; readonly node: string } | { readonly canvas: string; readonly edge: string } | { readonly note: string };

export const emptyForm: LearningForm = { score: "", rating: "", remark: "" };

/** What is wrong with the form, or null. */
export function checkForm({ score, rating, remark }: LearningForm): string | null {
  if (score.trim() === "" && rating === "" && remark.trim() === "") return strings.record.empty;
  if (score.trim() === "") return null;
  const value = scoreOf(score);
  return Number.isFinite(value) && value >= 0 && value <= 100 ? null : strings.record.badScore;
}

/** The records of a form: a score and a review are two events, and the remark goes with the first. */
export function formRecords(form: LearningForm, subject: FormSubject): readonly object[] {
  const remark = form.remark.trim() === "" ? {} : { remark: form.remark.trim() };
  const events: object[] = [];
  if (form.score.trim() !== "") events.push({ type: "score_submitted", score: scoreOf(form.score) });
  if (form.rating !== "") events.push({ type: "review_rated", rating: form.rating });
  if (events.length === 0) events.push({ type: "custom:remark" });
  return events.map((event, index) => ({ ...event, ...subject, ...(index === 0 ? remark : {}) }));
}

// People write decimals with a comma as well.
function scoreOf(text: string): number {
  return Number(text.trim().replace(",", "."));
}
