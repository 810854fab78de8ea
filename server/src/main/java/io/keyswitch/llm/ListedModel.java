package io.keyswitch.llm;

import org.jspecify.annotations.Nullable;

/**
 * A model as its provider lists it.
 *
 * @param contextWindow in tokens; null if the provider does not list it
 */
public record ListedModel(
        String id, @Nullable String displayName, @Nullable Long contextWindow) {}
