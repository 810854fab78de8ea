package io.keyswitch.chat;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.Route;

/** The provider and model that answered, and the source of the billed key. */
public record ServedBy(String provider, String modelId, String keySource) {
    /** Marks answers of the flow, which come from Keyswitch itself and cost nothing. */
    public static final ServedBy KEYSWITCH = new ServedBy("keyswitch", "model-change", KeySource.PROJECT.word());

    static ServedBy of(Route.Ready route) {
        var target = route.target();
        return new ServedBy(
                target.provider().id().value(),
                target.model().value(),
                route.keySource().word());
    }
}
