package io.keyswitch.llm.transport;

import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.LlmFailure;
import java.util.List;

/** Receives a completion as it arrives, on one event loop: events, then either the end or one failure. */
public interface CompletionSink {
    void events(List<ChatEvent> events);

    void end();

    void failed(LlmFailure failure);
}
