/**
 * Firebase's callable protocol, as firebase-functions 7.4.0 and the JavaScript SDK 0.14.0 speak it (recorded), over the
 * functions of every feature. Function bodies are straight-line blocking code, one virtual thread each.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.http.callable;
