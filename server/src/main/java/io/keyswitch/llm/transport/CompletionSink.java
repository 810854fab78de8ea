package io.keyswitch.llm.transport;

import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.LlmFailure;
import java.util.List;
import java.util.Set;

/**
 * Receives a completion on one event loop: {@code events} any number of times, then {@code end} or {@code failed} once.
 */
public interface CompletionSink {
    /** Called before each attempt with the fields that are left out of the request, by OpenAI's names, such as {@code tools.minimum}. */
    default void leftOut(Set<String> fields) {}

    void events(List<ChatEvent> events);

    void end();

    void failed(LlmFailure failure);
}
