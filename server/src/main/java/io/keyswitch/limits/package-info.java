/**
 * Limits per user and address: requests per minute, concurrent completions, characters and project-key messages per
 * day. Those per day are counted in the database, the others in memory; an error names the limit and when it resets.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.limits;
