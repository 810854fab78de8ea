package io.keyswitch.modelconfig;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;

/** A stored config is invalid: its record was altered in the database. */
public final class UnreadableConfigException extends Failure {
    private static final long serialVersionUID = 1;

    UnreadableConfigException() {
        super(Reason.CONFIG_UNREADABLE);
    }
}
