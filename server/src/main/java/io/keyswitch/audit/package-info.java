/** The audit log: who set, checked or deleted which model config or personal token, and when. Never a key. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.audit;
