package io.keyswitch.modelconfig;

import io.keyswitch.core.Failure;
import io.keyswitch.core.FailureCode;
import java.util.Map;

/** A stored config was altered in the database and makes no sense any more. */
public final class UnreadableConfigException extends Failure {
    private static final long serialVersionUID = 1;

    static final String SENTENCE = "Your settings can't be read any more.";

    UnreadableConfigException() {
        super(
                FailureCode.FAILED_PRECONDITION,
                SENTENCE + " Say “change my model” to set them up anew.",
                Map.of("reason", "config_unreadable"));
    }
}
