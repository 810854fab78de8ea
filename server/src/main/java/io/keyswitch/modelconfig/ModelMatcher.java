package io.keyswitch.modelconfig;

import io.keyswitch.core.Spelling;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ModelWords;
import io.keyswitch.provider.Provider;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Matches the model IDs that users type with those that a provider lists. */
public final class ModelMatcher {
    /** The date suffix of a listed ID, as in {@code -20260115} or {@code -2026-01-15}; {@code -20b} is a size. */
    private static final Pattern DATE = Pattern.compile("-20\\d{2}-?\\d{2}-?\\d{2}\\b.*");

    private static final int LEAST_PART = 4;
    private static final int LEAST_FAMILY = 3;

    private ModelMatcher() {}

    /** Whether the provider lists a model under this ID, with or without a date suffix. */
    public static boolean isListed(Provider provider, ModelId model, List<ListedModel> listed) {
        var wanted = wireName(provider, model);
        return listed.stream().anyMatch(one -> one.id().equals(wanted) || isDated(one.id(), wanted));
    }

    private static boolean isDated(String listed, String wanted) {
        return listed.startsWith(wanted)
                && DATE.matcher(listed.substring(wanted.length())).matches();
    }

    /**
     * The listed model whose ID or display name equals a string except for case, spaces and punctuation.
     *
     * @return its ID; null if no model or several match
     */
    public static @Nullable String named(String text, List<ListedModel> listed) {
        var wanted = bare(text);
        var same = listed.stream()
                .filter(one -> bare(one.id()).equals(wanted)
                        || (one.displayName() != null && bare(one.displayName()).equals(wanted)))
                .map(ListedModel::id)
                .distinct()
                .toList();
        return same.size() == 1 && !wanted.isEmpty() ? same.getFirst() : null;
    }

    /**
     * The models that the words of a text name, such as {@code claude-opus-5-5} for "opus 5.5"; only {@code gpt-5.5} for
     * "5.5", though {@code gpt-5.5-mini} has it, too. Shortest IDs first.
     *
     * @param listed the provider's models; if empty, those that the registry knows count
     */
    public static List<ModelId> fitting(Provider provider, String text, List<ListedModel> listed) {
        var said = ModelWords.of(text);
        var fitting = matching(provider, said::name, listed);
        var family = family(lastSegment(provider.defaultModel().value()));
        var plain = fitting.stream()
                .filter(model -> ModelWords.of(lastSegment(model.value())).adds(family, said))
                .toList();
        return plain.size() == 1 ? plain : fitting;
    }

    /** As {@link #fitting}, with the models of which only the beginning of the version is said, as of that by "opus 5". */
    public static List<ModelId> begun(Provider provider, String text, List<ListedModel> listed) {
        return matching(provider, ModelWords.of(text)::begin, listed);
    }

    /** The models that the words of a text name; if there is none, those of which they begin the version. */
    public static List<ModelId> near(Provider provider, String text, List<ListedModel> listed) {
        var fitting = fitting(provider, text, listed);
        return fitting.isEmpty() ? begun(provider, text, listed) : fitting;
    }

    private static List<ModelId> matching(Provider provider, Predicate<String> fits, List<ListedModel> listed) {
        var all = listed.isEmpty()
                ? provider.nameableModels().stream().map(ModelId::value)
                : listed.stream().map(ListedModel::id);
        return all.filter(fits)
                .distinct()
                .sorted(Comparator.comparingInt(String::length))
                .map(ModelId::new)
                .toList();
    }

    /**
     * The one model of the registry whose ID goes on after the given one, as {@code llama-3.3-70b-versatile} after
     * {@code llama-3.3-70b}, or that the provider lists for its words, as {@code qwen/qwen3-32b} for {@code qwen-3}; else the
     * given one.
     */
    public static ModelId completed(Provider provider, ModelId begun, List<ListedModel> listed) {
        var known = provider.nameableModels();
        if (known.contains(begun)) {
            return begun;
        }
        var longer = known.stream()
                .filter(id -> lastSegment(id.value()).startsWith(begun.value() + "-"))
                .distinct()
                .toList();
        if (longer.size() == 1) {
            return longer.getFirst();
        }
        // What has a path was copied, not said.
        boolean exact = begun.value().indexOf('/') >= 0 || isListed(provider, begun, listed);
        var fitting = exact ? List.<ModelId>of() : fitting(provider, begun.value(), listed);
        return fitting.size() == 1 ? fitting.getFirst() : begun;
    }

    /** The ID of a listed model with a similar spelling or that contains the string; null if there is none. */
    public static @Nullable String nearest(Provider provider, String text, List<ListedModel> listed) {
        var typed = wireName(provider, text);
        var ids = listed.stream().map(ListedModel::id).toList();
        var spelled = Spelling.nearest(typed, ids);
        if (spelled != null) {
            return spelled;
        }
        var begun = listed.isEmpty() ? List.<ModelId>of() : begun(provider, typed, listed);
        if (begun.size() == 1) {
            return begun.getFirst().value();
        }
        var part = bare(typed);
        var longer = part.length() < LEAST_PART
                ? Stream.<String>empty()
                : ids.stream().filter(id -> bare(id).contains(part));
        return longer.min(Comparator.comparingInt((String id) -> id.endsWith("-latest") ? 0 : 1)
                        .thenComparingInt(String::length))
                .orElseGet(() -> withoutMaker(typed, ids));
    }

    /**
     * Whether a model is in the registry, or its ID starts with the provider's name or like that of its default model.
     */
    public static boolean isOfFamily(Provider provider, ModelId model) {
        if (provider.knownModels().contains(model) || provider.defaultModel().equals(model)) {
            return true;
        }
        var family = family(lastSegment(model.value()));
        return family.length() >= LEAST_FAMILY
                && (family.equals(family(lastSegment(provider.defaultModel().value())))
                        || provider.aliases().contains(family)
                        || provider.id().value().equals(family));
    }

    /** The leading letters of a model ID, lower-cased, such as {@code gpt}. */
    private static String family(String id) {
        return id.toLowerCase(Locale.ROOT).replaceFirst("[^a-z].*", "");
    }

    /** The most similar ID, compared without vendor prefixes such as that of {@code openai/gpt-oss-120b}. */
    private static @Nullable String withoutMaker(String typed, List<String> ids) {
        var near = Spelling.nearest(
                lastSegment(typed), ids.stream().map(ModelMatcher::lastSegment).toList());
        return ids.stream()
                .filter(id -> lastSegment(id).equals(near))
                .findFirst()
                .orElse(null);
    }

    private static String lastSegment(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private static String wireName(Provider provider, ModelId model) {
        return wireName(provider, model.value());
    }

    private static String wireName(Provider provider, String model) {
        var name = provider.models().names().getOrDefault(model, model);
        return name.startsWith("models/") ? name.substring("models/".length()) : name;
    }

    private static String bare(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }
}
