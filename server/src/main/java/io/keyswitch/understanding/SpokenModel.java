package io.keyswitch.understanding;

import io.keyswitch.modelconfig.ModelMatcher;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ModelWords;
import io.keyswitch.provider.Provider;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model as people name it, in words ("claude opus 5.5") or as an id with or without the right separators.
 *
 * @param words the words of the name as ids are written, versions with a point
 * @param typed what was typed, if it was written like an id; else null
 * @param maker the provider whose family it is; null if many serve it
 */
record SpokenModel(
        List<String> words,
        @Nullable String typed,
        @Nullable Provider maker) {
    private static final Pattern DIGIT = Pattern.compile("\\d");
    private static final Pattern DASHED_VERSION = Pattern.compile(".*\\d-\\d.*");
    private static final Pattern POINT = Pattern.compile("(?<=\\d)\\.(?=\\d)");

    SpokenModel {
        words = List.copyOf(words);
    }

    /** The name in words. */
    String text() {
        return String.join(" ", words);
    }

    /** Whether a version is part of the name. */
    boolean hasVersion() {
        return words.stream().anyMatch(word -> DIGIT.matcher(word).find());
    }

    /** Whether it is a version and nothing else. */
    boolean isNumber() {
        return ModelWords.of(text()).isNumber();
    }

    /** Whether it names its maker's provider or path itself, as in "openai/gpt-oss-120b". */
    boolean hasPath() {
        return typed != null && (typed.indexOf('/') >= 0 || typed.startsWith("@"));
    }

    /**
     * The id at a provider, without asking it.
     *
     * @return null if the words leave it open
     */
    @Nullable
    ModelId idAt(@Nullable Provider provider) {
        var own = provider == null ? maker : provider;
        var known = own == null ? null : known(own);
        if (known != null) {
            return known;
        }
        if (maker != null && !hasPath() && (provider == null || provider.id().equals(maker.id()))) {
            return inMakersStyle(maker);
        }
        return typed != null && ModelId.isValid(typed) ? new ModelId(typed) : null;
    }

    /** The beginning of its id at whoever serves it, as ids are usually written; null for a name without a version. */
    @Nullable
    ModelId anywhere() {
        var id = String.join("-", words);
        return maker == null && hasVersion() && !isNumber() && ModelId.isValid(id) ? new ModelId(id) : null;
    }

    /** The one model the registry knows by these words, or the default if that is one of several; null if it is open. */
    private @Nullable ModelId known(Provider provider) {
        if (typed != null) {
            return Stream.concat(Stream.of(provider.defaultModel()), provider.nameableModels().stream())
                    .filter(model -> isTyped(model, typed))
                    .findFirst()
                    .orElse(null);
        }
        if (words.size() < 2 && !hasVersion()) {
            return null;
        }
        var fitting = ModelMatcher.fitting(provider, text(), List.of());
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        return ModelWords.of(text()).name(provider.defaultModel().value()) ? provider.defaultModel() : null;
    }

    /** An id may have been typed with other separators. */
    private static boolean isTyped(ModelId model, String typed) {
        return ModelWords.of(model.value()).equals(ModelWords.of(typed));
    }

    private @Nullable ModelId inMakersStyle(Provider maker) {
        var example = maker.defaultModel().value();
        boolean versioned = DIGIT.matcher(example).find();
        if ((words.size() < 2 || versioned) && !hasVersion()) {
            return null;
        }
        var id = String.join("-", words);
        var styled =
                DASHED_VERSION.matcher(example).matches() ? POINT.matcher(id).replaceAll("-") : id;
        return ModelId.isValid(styled) ? new ModelId(styled) : null;
    }
}
