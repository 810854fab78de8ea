/**
 * Logging and metrics: the format and rate limits of log lines, and the metrics behind {@code /metrics}. Never contains
 * a key.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.telemetry;
