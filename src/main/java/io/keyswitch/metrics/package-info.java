/** What the server counts of itself, in Prometheus's format. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.metrics;
