/** Examines what a server needs, beside a running one too, and changes nothing. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.doctor;
