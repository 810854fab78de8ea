package io.keyswitch.http.callable;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.secret.ScannedText;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The arguments of a call, strictly typed: a value of another type is an error. Unknown arguments are ignored, for
 * older and newer clients. Every method throws {@link Failure} that names the argument, in its message or its details.
 */
public final class Arguments {
    /** Longer than any valid value; bounds the work of searching it for keys. */
    private static final int MAX_LABEL = 1_000;

    private final JsonNode data;
    private final Predicate<String> holdsOwnKey;

    /**
     * Reads the arguments of a user's call.
     *
     * @param holdsOwnKey whether a string contains the user's stored key
     */
    Arguments(JsonNode data, Predicate<String> holdsOwnKey) {
        this.holdsOwnKey = holdsOwnKey;
        if (!data.isObject() && !data.isNull()) {
            throw Failure.invalidArgument("data must be an object.");
        }
        this.data = data;
    }

    /** A required, non-empty {@link #label}. */
    public String text(String name) {
        var text = label(name);
        if (text == null || text.isEmpty()) {
            throw Failure.invalidArgument(name + " is required.");
        }
        return text;
    }

    /** A string without leading and trailing whitespace; null if it is absent. */
    public @Nullable String optionalText(String name) {
        var text = verbatim(name);
        return text == null ? null : text.strip();
    }

    /** A string as sent; null if it is absent. */
    public @Nullable String verbatim(String name) {
        var value = data.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw Failure.invalidArgument(name + " must be a string.");
        }
        return value.stringValue();
    }

    /**
     * A string that is stored and shown as it is; rejected if it contains an API key.
     *
     * @return null if it is absent
     */
    public @Nullable String label(String name) {
        var text = optionalText(name);
        return text == null ? null : noKey(name, text);
    }

    /** A {@link #label} with its whitespace kept; null if it is absent. */
    public @Nullable String verbatimLabel(String name) {
        var text = verbatim(name);
        return text == null ? null : noKey(name, text);
    }

    private String noKey(String name, String text) {
        if (text.length() > MAX_LABEL) {
            throw Failure.invalidArgument("%s must have at most %d characters.".formatted(name, MAX_LABEL));
        }
        if (ScannedText.of(text).hasSecrets() || holdsOwnKey.test(text)) {
            throw keyIn(name);
        }
        return text;
    }

    /** What is thrown for a field that is not for keys and contains one. */
    static Failure keyIn(String field) {
        return new Failure(Reason.KEY_IN_FIELD, () -> Map.of("field", field));
    }

    /** A {@link #verbatimLabel}; null if it is absent or not a string. */
    @Nullable
    String labelOrNull(String name) {
        return data.path(name).isString() ? verbatimLabel(name) : null;
    }

    /** Any JSON value; an empty object if it is absent. */
    JsonNode object(String name) {
        var value = data.path(name);
        return value.isMissingNode() || value.isNull() ? Json.object() : value;
    }

    /** A boolean; false if it is absent. */
    public boolean flag(String name) {
        var value = data.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw Failure.invalidArgument(name + " must be true or false.");
        }
        return value.booleanValue();
    }
}
