/**
 * The page at {@code /}, a chat to try Keyswitch with, under a strict content policy; and the web components for other
 * pages. Static files from the build of {@code web/}.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.http.web;
