package io.keyswitch.llm.transport;

import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Target;

/** Is told how completions ended, on their event loop; must not block. */
public interface CompletionListener {
    CompletionListener NONE = new CompletionListener() {
        @Override
        public void answered(Target target) {}

        @Override
        public void failed(Target target, LlmFailure failure) {}
    };

    /** The provider answered to the end. */
    void answered(Target target);

    /** The provider gave no answer, or only a part of one. */
    void failed(Target target, LlmFailure failure);
}
