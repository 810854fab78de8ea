package io.keyswitch.http.callable;

import io.keyswitch.core.Failure;
import io.keyswitch.language.Language;

/** A failure of a call without a language of its own, to be told in the language that its user has spoken. */
final class SpokenFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;
    private final Language language;

    SpokenFailure(Failure failure, Language language) {
        super(null, null, false, false);
        this.failure = failure;
        this.language = language;
    }

    Failure failure() {
        return failure;
    }

    Language language() {
        return language;
    }
}
