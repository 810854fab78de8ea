/**
 * Firebase's callable protocol, as recorded from firebase-functions 7.4.0 and the JavaScript SDK 0.14.0, and the
 * functions of all features. Functions block; each call runs on its own virtual thread.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.http.callable;
