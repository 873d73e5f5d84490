import type { Config } from "neo4j-driver";

/** Milliseconds. */
export interface DriverLimits {
  /** For the TCP or WebSocket connect alone. */
  readonly connectMs: number;
  /** For a usable connection, login included: the only limit on a port that accepts and stays silent. */
  readonly acquireMs: number;
}

export const defaultDriverLimits: DriverLimits = { connectMs: 5_000, acquireMs: 8_000 };

/** Two more than the batches under way, so that a probe or a question of a person never waits for a batch. */
export function driverConfig(concurrency: number, limits: DriverLimits): Config {
  return {
    userAgent: "canvas-engram",
    maxConnectionPoolSize: concurrency + 2,
    connectionTimeout: limits.connectMs,
    connectionAcquisitionTimeout: limits.acquireMs,
    maxConnectionLifetime: 1_800_000,
    connectionLivenessCheckTimeout: 30_000,
    maxTransactionRetryTime: 1_000,
    disableLosslessIntegers: true,
    notificationFilter: { minimumSeverityLevel: "OFF" },
  };
}
