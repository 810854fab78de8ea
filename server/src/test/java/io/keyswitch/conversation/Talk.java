package io.keyswitch.conversation;

import io.keyswitch.testing.TestApp;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Alice's conversation over HTTP with a dedicated server; the simulator acts as every provider. */
record Talk(TestApp app) implements AutoCloseable {
    Talk() {
        this(TestApp.start());
    }

    String say(String message) {
        return app.chat("alice", "t", message);
    }

    /** In another thread. */
    String elsewhere(String message) {
        return app.chat("alice", "another", message);
    }

    JsonNode config() {
        return app.call("getUserModelConfig", Map.of(), "alice");
    }

    List<String> stored() {
        return app.call("getThread", Map.of("threadId", "t"), "alice")
                .path("messages")
                .valueStream()
                .map(message -> message.path("content").stringValue())
                .toList();
    }

    @Override
    public void close() {
        app.close();
    }
}
