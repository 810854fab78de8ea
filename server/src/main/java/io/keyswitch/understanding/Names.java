package io.keyswitch.understanding;

import io.keyswitch.core.Spelling;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What providers and models are called, in every script: the registry's own names and those of {@code names.yaml} and
 * {@code spellings.yaml}. Immutable.
 */
final class Names {
    /** Shorter words are too near to one another. */
    private static final int MIN_GUESSED = 5;

    private final Map<String, Provider> providers = new HashMap<>();
    private final Set<String> registered = new HashSet<>();
    private final Map<String, String> parts = new HashMap<>();
    private final Map<String, @Nullable Provider> families = new HashMap<>();
    private final Map<String, String> tiers = new HashMap<>();
    private final Map<Character, List<String>> byFirstLetter;
    private final Set<String> ordinary;
    private final SortedWords words;

    Names(ProviderRegistry registry) {
        var spellings = Lexicon.file("spellings");
        var file = Lexicon.file("names");
        for (var provider : registry.all()) {
            claimRegistered(provider.id().value(), provider);
            claimRegistered(provider.displayName().replaceAll("\\(.*", ""), provider);
            provider.aliases().forEach(alias -> claimRegistered(alias, provider));
        }
        spellings.path("providers").properties().forEach(entry -> {
            var provider = registry.find(new ProviderId(entry.getKey()));
            if (provider != null) {
                Lexicon.texts(entry.getValue()).forEach(name -> claim(name, provider));
            }
        });
        spellings.path("words").properties().forEach(entry -> {
            addPart(entry.getKey(), entry.getKey());
            Lexicon.texts(entry.getValue()).forEach(spelling -> addPart(spelling, entry.getKey()));
        });
        file.path("families").properties().forEach(entry -> {
            var owner = entry.getValue().isNull()
                    ? null
                    : registry.find(new ProviderId(entry.getValue().asString()));
            families.put(entry.getKey(), owner);
        });
        file.path("tiers")
                .properties()
                .forEach(entry -> tiers.put(entry.getKey(), entry.getValue().asString()));
        Stream.concat(families.keySet().stream(), tiers.keySet().stream()).forEach(part -> addPart(part, part));
        ordinary = new HashSet<>(Lexicon.texts(file.path("ordinary")).toList());
        byFirstLetter = registered.stream()
                .filter(name -> name.length() >= MIN_GUESSED)
                .sorted()
                .collect(Collectors.groupingBy(name -> name.charAt(0)));
        words = new SortedWords(Stream.concat(providers.keySet().stream(), parts.keySet().stream())
                .toList());
    }

    private void claimRegistered(String name, Provider provider) {
        registered.add(Folded.of(name));
        claim(name, provider);
    }

    private void claim(String name, Provider provider) {
        var folded = Folded.of(name);
        providers.putIfAbsent(folded, provider);
        providers.putIfAbsent(folded.replaceAll("[\\s-]", ""), provider);
    }

    private void addPart(String spelling, String canonical) {
        var folded = Folded.of(spelling);
        parts.putIfAbsent(folded, canonical);
    }

    /** Every name and part of one. */
    SortedWords words() {
        return words;
    }

    @Nullable
    Provider provider(String folded) {
        return providers.get(folded);
    }

    /** The provider a misspelt word was probably meant for; null if none is near. */
    @Nullable
    Provider guess(String word) {
        if (word.length() < MIN_GUESSED) {
            return null;
        }
        var near = Spelling.nearest(word, byFirstLetter.getOrDefault(word.charAt(0), List.of()), 1);
        return near == null ? null : providers.get(near);
    }

    /** How a word of a model's name is written in ids; null if it is none. */
    @Nullable
    String part(String folded) {
        return parts.get(folded);
    }

    /** Whether a word names a family of models on its own, as "opus" does and "mini" does not. */
    boolean isFamily(String part) {
        return families.containsKey(part) || tiers.containsKey(part);
    }

    /** The family that a word is a part of, as "opus" is of "claude"; null if it is none. */
    @Nullable
    String familyOf(String tier) {
        return tiers.get(tier);
    }

    /** The provider that makes a family of models; null if many serve it. */
    @Nullable
    Provider maker(String family) {
        return families.get(family);
    }

    /** Whether a family's or provider's name is a word of everyday language, too. */
    boolean isOrdinary(String word) {
        return ordinary.contains(word);
    }
}
