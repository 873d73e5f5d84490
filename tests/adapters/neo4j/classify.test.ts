import { describe, expect, test } from "vitest";
import { classify } from "../../../src/adapters/neo4j/classify";

/** An error as the driver throws it. */
function driverError(code: string, message = "", cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { name: "Neo4jError", code });
}

describe("an error with a server's code", () => {
  test.for([
    ["Neo.TransientError.General.DatabaseUnavailable", "unavailable"],
    ["Neo.TransientError.Cluster.ReplicationFailure", "unavailable"],
    ["Neo.TransientError.Database.DatabaseUnavailable", "unavailable"],
    ["Neo.ClientError.Cluster.NotALeader", "unavailable"],
    ["Neo.ClientError.Routing.RoutingTableNotFound", "unavailable"],
    ["Neo.TransientError.Transaction.DeadlockDetected", "contention"],
    ["Neo.TransientError.Transaction.LockAcquisitionTimeout", "contention"],
    ["Neo.TransientError.Transaction.Outdated", "contention"],
    ["Neo.TransientError.Transaction.ConstraintsChanged", "contention"],
    ["Neo.TransientError.Transaction.BookmarkTimeout", "contention"],
    ["Neo.TransientError.Transaction.MaximumTransactionLimitReached", "contention"],
    ["Neo.TransientError.Request.NoThreadsAvailable", "contention"],
    ["Neo.TransientError.Something.New", "contention"],
    ["Neo.ClientError.Transaction.LockClientStopped", "contention"],
    ["Neo.ClientError.Transaction.Terminated", "contention"],
    ["Neo.ClientError.Security.AuthorizationExpired", "contention"],
    ["Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists", "contention"],
    ["Neo.ClientError.Transaction.TransactionTimedOut", "too-big"],
    ["Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", "too-big"],
    ["Neo.TransientError.General.MemoryPoolOutOfMemoryError", "too-big"],
    ["Neo.TransientError.General.OutOfMemoryError", "too-big"],
    ["Neo.TransientError.General.StackOverFlowError", "too-big"],
    ["Neo.TransientError.General.TransactionMemoryLimit", "too-big"],
    ["Neo.ClientError.Security.Unauthorized", "auth"],
    ["Neo.ClientError.Security.CredentialsExpired", "auth"],
    ["Neo.ClientError.Security.TokenExpired", "auth"],
    ["Neo.ClientError.Security.Forbidden", "auth"],
    ["Neo.ClientError.Security.SomethingNew", "auth"],
    ["Neo.ClientError.Security.AuthenticationRateLimit", "throttled"],
    ["Neo.ClientError.Database.DatabaseNotFound", "config"],
    ["Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "config"],
    ["Neo.DatabaseError.Schema.ConstraintCreationFailed", "config"],
    ["Neo.ClientError.Schema.IndexAlreadyExists", "config"],
    ["Neo.ClientError.Statement.SyntaxError", "query"],
    ["Neo.ClientError.Statement.ParameterMissing", "query"],
    ["Neo.ClientError.Statement.AccessMode", "query"],
    ["Neo.ClientError.Procedure.ProcedureNotFound", "query"],
    ["Neo.ClientError.Schema.ConstraintValidationFailed", "data"],
    ["Neo.ClientError.Schema.TokenNameError", "data"],
    ["Neo.ClientError.Statement.TypeError", "data"],
    ["Neo.ClientError.Statement.ArgumentError", "data"],
    ["Neo.ClientError.Statement.ArithmeticError", "data"],
    ["Neo.ClientError.Statement.EntityNotFound", "data"],
    ["Neo.ClientError.Statement.SemanticError", "data"],
    ["Neo.ClientError.Request.Invalid", "data"],
    ["Neo.ClientError.Request.InvalidFormat", "data"],
    ["Neo.DatabaseError.Statement.ExecutionFailed", "unknown"],
    ["Neo.DatabaseError.General.UnknownError", "unknown"],
    ["Neo.ClientError.Something.New", "unknown"],
  ] as const)("%s is %s", ([code, expected]) => {
    expect(classify(driverError(code))).toMatchObject({ class: expected, code });
    // The same with a message that means something else when the driver says it, and as the cause of another error.
    expect(classify(driverError(code, "ENOTFOUND Unknown scheme Pool is closed"))).toMatchObject({ class: expected });
    expect(classify(driverError("ServiceUnavailable", "No routing servers", driverError(code)))).toMatchObject({
      class: expected,
      code,
    });
  });
});

describe("an error of the driver itself", () => {
  const connectText = "Failed to connect to server. Please ensure that your database is listening. Caused by: ";
  test.for([
    ["ServiceUnavailable", `${connectText}connect ECONNREFUSED 127.0.0.1:7687`, "unavailable", "away"],
    ["ServiceUnavailable", "Connection was closed by server", "unavailable", "away"],
    [
      "ServiceUnavailable",
      "WebSocket connection failure. Due to security constraints in your web browser",
      "unavailable",
      "away",
    ],
    ["ServiceUnavailable", "ensure your browser is configured to trust the certificate", "unavailable", "away"],
    ["SessionExpired", "Server at localhost is no longer available", "unavailable", "away"],
    ["ServiceUnavailable", `${connectText}getaddrinfo ENOTFOUND nowhere.invalid`, "unavailable", "unknown-host"],
    ["ServiceUnavailable", `${connectText}getaddrinfo EAI_AGAIN nowhere`, "unavailable", "unknown-host"],
    ["ServiceUnavailable", `${connectText}Server certificate is not trusted.`, "config", "certificate"],
    [
      "ServiceUnavailable",
      `${connectText}Client network socket disconnected before secure TLS connection was established`,
      "unavailable",
      "tls-handshake",
    ],
    [
      "N/A",
      "Connection acquisition timed out in 8000 ms. Pool status: Active conn count = 0",
      "unavailable",
      "no-connection",
    ],
    ["N/A", "Pool is closed, it is no more able to serve requests.", "unavailable", "stopped"],
    ["N/A", "Server responded HTTP. Make sure you are not trying to connect to the http endpoint", "config", "http"],
    ["N/A", "Unknown Bolt protocol version: 45.72", "config", "not-bolt"],
    [
      "N/A",
      "The browser version of this driver only supports one trust strategy, 'X'. TRUST_ALL is not supported.",
      "config",
      "trust-strategy",
    ],
    ["ProtocolError", "Unable to pack the given value: ()=>1", "data", "rows"],
    ["N/A", "something else", "unknown", "unknown"],
  ] as const)("%s: %s", ([code, message, expectedClass, reason]) => {
    expect(classify(driverError(code, message))).toMatchObject({ class: expectedClass, reason });
  });

  test("finds what matters below a routing error", () => {
    const below = driverError("SessionExpired", `${connectText}Server certificate is not trusted.`);
    expect(classify(driverError("ServiceUnavailable", "Could not perform discovery.", below))).toMatchObject({
      reason: "certificate",
    });
  });

  test("names plain errors by their class of trouble", () => {
    expect(classify(new Error("Unknown scheme: http"))).toMatchObject({ class: "config", reason: "scheme" });
    expect(classify(new Error("Illegal host "))).toMatchObject({ class: "config", reason: "address" });
    expect(classify(new TypeError("Cannot convert a Symbol value to a string"))).toMatchObject({
      class: "data",
      code: "TypeError",
    });
  });
});

describe("anything else that is thrown", () => {
  const circular: { cause?: unknown; message: string } = { message: "round" };
  circular.cause = circular;

  test.for([undefined, null, 7, "ServiceUnavailable", {}, [], circular, { code: 5, message: {} }])(
    "%s is unknown",
    (thrown) => {
      expect(classify(thrown)).toMatchObject({
        class: "unknown",
        reason: "unknown",
        code: expect.stringMatching(/^[A-Za-z]+$/) as string,
      });
    },
  );

  test("never passes a strange code on", () => {
    expect(classify({ code: "Neo.ClientError.\n<script>", message: "" }).code).toBe("unknown");
    expect(classify({ code: "x".repeat(500), message: "" }).code).toBe("unknown");
  });
});
