/**
 * What the operator sees of a running server: the format of log lines and how many there may be, and the counters behind
 * {@code /metrics}. Never holds a key.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.telemetry;
