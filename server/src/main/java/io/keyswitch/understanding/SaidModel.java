package io.keyswitch.understanding;

import io.keyswitch.provider.Provider;
import org.jspecify.annotations.Nullable;

/**
 * What names a model amid other words.
 *
 * @param words as they are written in IDs, such as "5.5 mini"
 * @param alone whether nothing else is said
 * @param maker the provider whose family it is; null if they name none, or one that many serve
 */
public record SaidModel(
        String words, boolean alone, @Nullable Provider maker) {}
