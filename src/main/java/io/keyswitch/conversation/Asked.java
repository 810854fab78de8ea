package io.keyswitch.conversation;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyShapes;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What a message asks of Keyswitch, and what may be kept of it.
 *
 * @param redacted the message with the keys taken out, also one that stood where a model's id belongs
 */
record Asked(Request request, KeyShapes.Redacted redacted) {
    /** What introduced a key that was taken out. */
    private static final String LEFT_OVER =
            "(?i)(?:[\\s,:;-]|(?<=\\s)(?:with|using|by|and|my|the|own|api|key|is)(?=[\\s,:;-]|$))+$";

    /**
     * Reads a message.
     *
     * @return null if it asks nothing, and is for the model
     */
    static @Nullable Asked read(Requests requests, KeyShapes.Redacted redacted) {
        var request = requests.read(withoutPlaceholders(redacted));
        if (request == null) {
            return null;
        }
        boolean keyForModel = request instanceof Request.Change(var _, var model, var _)
                && model != null
                && KeyShapes.looksLikeKeyForName(model.value());
        return keyForModel ? withKeyForModel((Request.Change) request, redacted) : new Asked(request, redacted);
    }

    /** "Switch to mistral, 8JfH2kLm…": a key of no known shape, and no model. */
    private static Asked withKeyForModel(Request.Change change, KeyShapes.Redacted redacted) {
        var key = ApiKey.of(String.valueOf(change.model()));
        var keys = new ArrayList<>(redacted.keys());
        keys.add(key);
        return new Asked(
                new Request.Change(change.provider(), null, KeySource.OWN),
                new KeyShapes.Redacted(key.removedFrom(redacted.text()), keys, true));
    }

    private static String withoutPlaceholders(KeyShapes.Redacted redacted) {
        if (redacted.keys().isEmpty()) {
            return redacted.text();
        }
        var text = redacted.text();
        for (var key : redacted.keys()) {
            text = text.replace(key.placeholder(), "");
        }
        return text.length() > Requests.MAX_LENGTH ? text : text.strip().replaceAll(LEFT_OVER, "");
    }
}
