export type { Cancel, Clock } from "./kernel/clock";
export type { Emitter } from "./kernel/emitter";
export type { Hasher } from "./kernel/hash";
export type { HmacSha256 } from "./kernel/hmac";
export type { JsonObject, JsonValue } from "./kernel/json";
export type { Logger } from "./kernel/logger";
export type { Random } from "./kernel/random";
export type { Signal, SignalSource } from "./kernel/signal";
export { createEmitter } from "./kernel/emitter";
export { silentLogger } from "./kernel/logger";
export { createSerial } from "./kernel/serial";
export { pauseFor } from "./kernel/bounded";
export { reasonOf } from "./kernel/reasonOf";
export { createSignal, neverAborted } from "./kernel/signal";
export { isJsonObject, jsonEqual } from "./kernel/json";
export { toJsonObject } from "./kernel/toJson";

export type { Added, EdgeQuery, Found, NewEdge, NewNode } from "./canvas/canvasApi";
export { CanvasApi } from "./canvas/canvasApi";
export type { CanvasPatch } from "./canvas/patch";
export type { CanvasFiles, KeepOld, ProcessOutcome } from "./canvas/port";
export type { CanvasDiff, EntryChange } from "./canvas/diff";
export type { CanvasFile, CanvasHost, OpenCanvas, ViewState } from "./canvas/views/openCanvas";
export { keepNothing } from "./canvas/port";
export type { WritingSide } from "./canvas/writeMark";
export { MARK_MS, writeMark } from "./canvas/writeMark";
export { ViewedCanvasFiles } from "./canvas/views/viewedCanvasFiles";
export { canvasJson } from "./canvas/obsidianJson";
export type { MutateResult } from "./canvas/writer";
export type { LastWrite, UndoResult } from "./canvas/recovery/canvasUndo";
export { CanvasPathRefused, requireCanvasPath } from "./canvas/canvasPath";
export type { CanvasDocument, CanvasEntry, FileProblem } from "./canvas/document";
export { isOfFile } from "./learning/record";
export { findJsonFault } from "./canvas/jsonFault";
export { placeAt } from "./canvas/textPlace";
export type { EventDraft, LearningEvent, Origin, Priority, Subject } from "./learning/event";
export type { ItemError, ItemResult, RecordBatchResult } from "./learning/result";
export type { PropertyNames } from "./learning/watchedProperties";
export { defaultPropertyNames } from "./learning/watchedProperties";
export type { MasteryLevel, MasteryTable } from "./learning/mastery";
export { colorKey, defaultMasteryTable } from "./learning/mastery";
export type { DataFolder, FolderListing, StorageFault } from "./journal/port";
export { StorageError } from "./journal/port";
export { storageFaultText } from "./journal/storageFaultText";
export type { LetterChoice } from "./journal/deadLetters";
export { isDeviceId } from "./journal/deviceId";
export type { JournalState } from "./journal/journalState";
export type { Connected, FailureClass, GraphStore, StoreFailure, WriteOutcome } from "./graph/port";
export type { PrivacyChoice, PrivacyLevel, PrivacyStep, StoredPrivacy } from "./graph/privacyLevel";
export { defaultPrivacy, isPrivacyLevel, privacyLevels, privacyStep } from "./graph/privacyLevel";
export { rowsWithin } from "./graph/rowsWithin";
export { createUids } from "./graph/uids";
export type { CanvasRow, ConceptRow, EdgeRow, EventRow, NodeRow, NoteRow, StoreBatch } from "./graph/rows";
export { emptyBatch, isEmptyBatch } from "./graph/rows";
export type { ExportedFile, ExportFiles, ExportTarget } from "./tasks/export/exportFiles";
export { ExportTargetRefused, fileName, folderRefusal, isFileOf, pathIn, requireExportTarget, unfinishedName } from "./tasks/export/exportTarget";
export type { StoredKind, StoredPage, StoredRow, StoreQuestion } from "./graph/storedRows";
export { storedKinds } from "./graph/storedRows";
export type { ItemError as TaskItemError, ItemResult as TaskItemResult } from "./tasks/itemResult";
export type { ItemContext, TaskKind } from "./tasks/kind";
export { TaskFailure } from "./tasks/taskFailure";
export type { CreatedTask, TaskChange, TaskChoice, TaskItems, TaskItemView, TaskOptions, Tasks } from "./tasks/tasks";
export type { PageRequest, ResultPage } from "./tasks/results/page";
export type { TaskSubject } from "./tasks/taskSubject";
export type { TaskCounts, TaskStatus, TaskView } from "./tasks/taskView";
export type { FileRead, VaultFile, VaultListing, VaultPort } from "./flow/capture/vaultPort";
export type { Pressure } from "./batch/policy/pressure";
export type { DomainLimit, DomainLimits } from "./batch/policy/domainLimits";
export { noDomainLimits, readDomainLimits } from "./batch/policy/domainLimits";
export type { SentExample } from "./flow/deliver/sentExample";
export type { StorageSizes } from "./flow/status/storageSizes";
export type { EnginePhase, EngineStatus, StoreState, StoreStatus } from "./flow/status/status";
export type { MissedRuns, ScheduleDraft, ScheduledTask } from "./tasks/schedule/schedule";
export type { Schedules, ScheduleChange, SchedulePreview, ScheduleView } from "./tasks/schedule/schedules";
export type {
  BatchOptions,
  DeadLetterView,
  EditedRetryResult,
  Engine,
  EngineSettings,
  EngineSignal,
  EventQuery,
  RebuildReport,
  RecordOptions,
  ScanPlanSize,
  ScanReport,
  StoreTrial,
  SubmitOptions,
} from "./flow/engine";
export type { EngineView, ViewParts } from "./flow/viewEngine";
export { viewEngine } from "./flow/viewEngine";
export type {
  CanvasMovement,
  DayOfLearning,
  DueItem,
  DueList,
  DueQuery,
  Happening,
  LevelFigures,
  Movement,
  MovementQuery,
  PastNode,
  PastQuery,
  PastState,
  Recall,
  RecallSubject,
  TimelineEntry,
  TimelinePage,
  TimelineQuery,
} from "./flow/recall/recall";
export type { JournaledVaultParts } from "./flow/project/journaledVault";
export { journaledVault } from "./flow/project/journaledVault";
export { defaultEngineSettings } from "./flow/defaultEngineSettings";
export type { EngineParts } from "./flow/engineParts";
export { openEngine } from "./pipeline";
export type { Lease, ProcessProbe } from "./journal/lease";
export type { LeaseResult } from "./journal/holdLease";
export type { LeaseFolder } from "./journal/lockFile";
export { holdLease } from "./journal/holdLease";
export type { Stats } from "./stats/reduce";
export { emptyStats } from "./stats/reduce";
export { exportStats } from "./stats/exportStats";
export type { BatchHistory, HourFigures, MinuteFigures } from "./stats/batchHistory";
export { batchHistory } from "./stats/batchHistory";
export type { BatchRecord } from "./stats/history";
export type { StoreStats } from "./stats/storeStats";
export type { TaskOutlets } from "./flow/tasks/taskOutlets";
export type { Notifier, TaskNotice } from "./tasks/notices/notifier";
export type { PostAnswer, WebhookPost, WebhookRequest } from "./tasks/webhook/webhookPost";
export type { WebhookSettings } from "./tasks/webhook/webhook";
export { problemOfWebhookUrl } from "./tasks/webhook/webhookUrl";
export type { TaskTemplate } from "./tasks/templates/taskTemplate";
export type { SavedTemplates } from "./tasks/templates/savedTemplates";
export { readTemplates, withoutTemplate, withTemplate } from "./tasks/templates/savedTemplates";
export { fillTemplate, templateVariables } from "./tasks/templates/fillTemplate";
export { templateOfTask } from "./tasks/templates/templateOfTask";
export type { ChatAnswer, ChatMessage, ChatModel, ChatRequest } from "./tasks/nodes/chatModel";
export { chatEnded, chatStreamed, errorDetail, openChatStream, wholeAnswer } from "./tasks/nodes/chatStream";
export type { ExplainStyle, StyleTemplate } from "./tasks/nodes/explainStyles";
export { explainStyles, isExplainStyle, styleNames } from "./tasks/nodes/explainStyles";
export type { GeneratorName, ModelSettings, NodeTaskSettings } from "./tasks/nodes/nodeTaskSettings";
export { defaultNodeTaskSettings, isGeneratorName, modelLimitRange } from "./tasks/nodes/nodeTaskSettings";
export type { NoteFiles } from "./tasks/nodes/noteFiles";
export type { ModelPreview, NodeAction, NodeTaskRequest, NodeTasks, StartedNodeTask, UndoneNodeTask } from "./tasks/nodes/nodeTasks";
export { isNodeAction } from "./tasks/nodes/nodeTasks";
export { chatUrl, problemOfModelUrl } from "./tasks/nodes/modelUrl";
export type { NodeTaskHost } from "./flow/tasks/nodes/nodeTaskHost";
