package io.keyswitch.llm.transport;

import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.LlmFailure;
import java.util.List;

/**
 * Receives a completion on one event loop: {@code events} any number of times, then {@code end} or {@code failed} once.
 */
public interface CompletionSink {
    void events(List<ChatEvent> events);

    void end();

    void failed(LlmFailure failure);
}
