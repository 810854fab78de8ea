package io.keyswitch.llm.wire.gemini;

import java.util.regex.Pattern;

/** Names of functions: OpenAI's may begin with a digit or a dash, Gemini's with a letter or an underscore only. */
final class FunctionName {
    private static final String PREFIX = "fn_";
    private static final Pattern PREFIXED = Pattern.compile("(?:fn_)+[0-9-].*");
    private static final Pattern TO_PREFIX = Pattern.compile("(?:fn_)*[0-9-].*");

    private FunctionName() {}

    /** The name at Gemini; no two names have the same. */
    static String encoded(String name) {
        return TO_PREFIX.matcher(name).matches() ? PREFIX + name : name;
    }

    /** The client's name of a function. */
    static String decoded(String name) {
        return PREFIXED.matcher(name).matches() ? name.substring(PREFIX.length()) : name;
    }
}
