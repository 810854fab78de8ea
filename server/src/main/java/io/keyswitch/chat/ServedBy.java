package io.keyswitch.chat;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.Route;

/** Who answered, and whose key paid. */
public record ServedBy(String provider, String modelId, String keySource) {
    /** Answers of the flow come from Keyswitch itself, cost nothing and are marked as such. */
    public static final ServedBy KEYSWITCH = new ServedBy("keyswitch", "model-change", KeySource.PROJECT.word());

    static ServedBy of(Route.Ready route) {
        var target = route.target();
        return new ServedBy(
                target.provider().id().value(),
                target.model().value(),
                route.keySource().word());
    }
}
