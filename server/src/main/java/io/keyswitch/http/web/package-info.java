/** The page at {@code /}: a chat to try Keyswitch with. Static files from the build, under a strict content policy. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.http.web;
