package io.keyswitch.llm.wire.openai;

import io.keyswitch.llm.wire.Refusals;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is sent instead of something in a request that its model rejects.
 *
 * @param field what is rejected; a constant of {@link Refusals}
 * @param applies whether a request has it
 * @param apply changes the request in place; does nothing if the field is absent
 * @param leftOut what of a request that has it is left out, for the client to be told; empty if it is only put another way
 */
record Fallback(
        String field,
        Predicate<ObjectNode> applies,
        Consumer<ObjectNode> apply,
        Function<ObjectNode, Set<String>> leftOut) {
    private static final String MESSAGES = "messages";
    private static final String REASONING_EFFORT = "reasoning_effort";

    /** In the order in which they are applied. */
    static final List<Fallback> ALL = List.of(
            new Fallback(
                    Refusals.STREAM,
                    _ -> true,
                    request -> request.remove(List.of(Refusals.STREAM, Refusals.STREAM_OPTIONS)),
                    Fallback::nothing),
            new Fallback(
                    Refusals.REASONING_WITH_TOOLS,
                    request -> request.has(Refusals.TOOLS),
                    request -> {
                        if (request.has(Refusals.TOOLS)) {
                            request.put(REASONING_EFFORT, "none");
                        }
                    },
                    _ -> Set.of(REASONING_EFFORT)),
            new Fallback(
                    Refusals.MEDIA,
                    inMessages(TextOnly::applies),
                    request -> TextOnly.apply(request.path(MESSAGES)),
                    _ -> Set.of(Refusals.MEDIA)),
            new Fallback(
                    Refusals.SAME_ROLE, inMessages(StrictTurns::applies), replace(StrictTurns::of), Fallback::nothing),
            new Fallback(
                    Refusals.LATE_SYSTEM, inMessages(LateSystem::isIn), replace(LateSystem::first), Fallback::nothing),
            new Fallback(Refusals.OWN_FIELDS, OwnFields::areIn, OwnFields::remove, OwnFields::in),
            new Fallback(
                    Refusals.USER_AFTER_TOOL,
                    inMessages(AnsweredTools::applies),
                    request -> AnsweredTools.apply(request.path(MESSAGES)),
                    Fallback::nothing));

    private static Set<String> nothing(ObjectNode request) {
        return Set.of();
    }

    private static Predicate<ObjectNode> inMessages(Predicate<JsonNode> applies) {
        return request -> applies.test(request.path(MESSAGES));
    }

    private static Consumer<ObjectNode> replace(Function<JsonNode, ? extends JsonNode> messages) {
        return request -> request.set(MESSAGES, messages.apply(request.path(MESSAGES)));
    }

    /** The fallback for a rejected field; null if there is none. */
    static @Nullable Fallback of(String field) {
        return ALL.stream().filter(one -> one.field().equals(field)).findFirst().orElse(null);
    }
}
