/**
 * Logging and metrics: the format, level and rate limits of log lines, what they say of the current request, and the
 * metrics behind {@code /metrics}. Never contains a key.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.telemetry;
