/**
 * How much one user may ask for: requests a minute, completions at a time, messages a day on the project key. In memory;
 * a refusal names the limit and when it ends.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.limits;
