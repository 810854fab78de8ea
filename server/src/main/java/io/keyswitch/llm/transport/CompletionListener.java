package io.keyswitch.llm.transport;

import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Target;

/** Notified when a completion ends, on its event loop; must not block. */
public interface CompletionListener {
    CompletionListener NONE = new CompletionListener() {
        @Override
        public void answered(Target target) {}

        @Override
        public void failed(Target target, LlmFailure failure) {}
    };

    /** Notifies this listener, then another one. */
    default CompletionListener and(CompletionListener other) {
        return new CompletionListener() {
            @Override
            public void answered(Target target) {
                CompletionListener.this.answered(target);
                other.answered(target);
            }

            @Override
            public void failed(Target target, LlmFailure failure) {
                CompletionListener.this.failed(target, failure);
                other.failed(target, failure);
            }
        };
    }

    /** The provider answered to the end. */
    void answered(Target target);

    /** The provider failed before the end of its answer. */
    void failed(Target target, LlmFailure failure);
}
