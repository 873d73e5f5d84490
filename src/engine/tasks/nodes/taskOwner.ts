/** Who a write of a task is by: whatever has this owner is taken back together. */
export function taskOwner(task: string): string {
  return `task ${task}`;
}
