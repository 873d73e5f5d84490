/** Why a record was refused. A program may branch on these; they do not change. */
export type InvalidCode =
  | "invalid_input"
  | "missing_field"
  | "unknown_type"
  | "file_only_type"
  | "invalid_subject"
  | "invalid_path"
  | "invalid_timestamp"
  | "invalid_value"
  | "invalid_data"
  | "data_too_large";

export interface InvalidRecord {
  readonly kind: "invalid";
  readonly code: InvalidCode;
  /** One plain sentence that names the field and what it should be. It holds no value of the record but its type. */
  readonly message: string;
}

export function invalid(code: InvalidCode, message: string): InvalidRecord {
  return { kind: "invalid", code, message };
}
