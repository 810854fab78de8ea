package io.keyswitch.modelconfig;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;

/** A stored config was altered in the database and makes no sense any more. */
public final class UnreadableConfigException extends Failure {
    private static final long serialVersionUID = 1;

    UnreadableConfigException() {
        super(Reason.CONFIG_UNREADABLE);
    }
}
