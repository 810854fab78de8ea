package io.keyswitch.understanding;

import io.keyswitch.core.Spelling;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What providers and models are called, in every script: the registry's own names and those of {@code names.yaml} and
 * {@code spellings.yaml}. Immutable.
 */
final class Names {
    /** Shorter words are too near to one another. */
    private static final int MIN_GUESSED = 5;

    /**
     * What a text is the name of.
     *
     * @param provider null if it names none
     * @param part how a word of a model's name is written in ids; null if it is no such word
     * @param elsewhere whether it is a provider that is not offered here
     */
    record Called(@Nullable Provider provider, @Nullable String part, boolean elsewhere) {}

    /** What one spelling says of a text; of several, the first counts. */
    private sealed interface Sense {
        record Of(Provider provider) implements Sense {}

        record Part(String canonical) implements Sense {}

        record Elsewhere() implements Sense {}
    }

    private final Set<String> registered = new HashSet<>();
    private final Map<String, @Nullable Provider> families = new HashMap<>();
    private final Map<String, String> tiers = new HashMap<>();
    private final Map<Character, List<String>> byFirstLetter;
    private final Set<String> ordinary;
    private final Set<String> variants;
    private final Set<String> open;
    private final WordGraph<Called> words;

    Names(ProviderRegistry registry) {
        var builder = new WordGraph.Builder<Sense>();
        var spellings = file("spellings");
        var file = file("names");
        for (var provider : registry.all()) {
            claimRegistered(builder, provider.id().value(), provider);
            claimRegistered(builder, provider.displayName().replaceAll("\\(.*", ""), provider);
            provider.aliases().forEach(alias -> claimRegistered(builder, alias, provider));
        }
        spellings.path("providers").properties().forEach(entry -> {
            var provider = registry.find(new ProviderId(entry.getKey()));
            if (provider != null) {
                Lexicon.texts(entry.getValue()).forEach(name -> claim(builder, Alternation.parse(name), provider));
            }
        });
        spellings.path("words").properties().forEach(entry -> {
            addPart(builder, entry.getKey(), entry.getKey());
            Lexicon.texts(entry.getValue()).forEach(spelling -> addPart(builder, spelling, entry.getKey()));
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
        Stream.concat(families.keySet().stream(), tiers.keySet().stream())
                .forEach(part -> addPart(builder, part, part));
        variants = Set.copyOf(Lexicon.texts(file.path("variants")).toList());
        open = Set.copyOf(Lexicon.texts(file.path("open")).toList());
        Stream.of("elsewhere", "elsewhereOrdinary")
                .flatMap(list -> Lexicon.texts(file.path(list)))
                .forEach(name -> builder.add(Alternation.literal(Folded.of(name)), new Sense.Elsewhere()));
        ordinary = Stream.of("ordinary", "elsewhereOrdinary")
                .flatMap(list -> Lexicon.texts(file.path(list)))
                .collect(Collectors.toUnmodifiableSet());
        byFirstLetter = registered.stream()
                .filter(name -> name.length() >= MIN_GUESSED)
                .sorted()
                .collect(Collectors.groupingBy(name -> name.charAt(0)));
        words = builder.build(Names::called);
    }

    private static JsonNode file(String name) {
        var path = "/understanding/" + name + ".yaml";
        try (var in = Names.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + path);
            }
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void claimRegistered(WordGraph.Builder<Sense> builder, String name, Provider provider) {
        registered.add(Folded.of(name));
        claim(builder, Alternation.literal(name), provider);
    }

    private static void claim(WordGraph.Builder<Sense> builder, Alternation name, Provider provider) {
        var folded = name.map(Folded::letters);
        builder.add(folded, new Sense.Of(provider));
        builder.add(folded.map(text -> text.replaceAll("[\\s-]", "")), new Sense.Of(provider));
    }

    private static void addPart(WordGraph.Builder<Sense> builder, String spelling, String canonical) {
        builder.add(Alternation.parse(spelling).map(Folded::letters), new Sense.Part(canonical));
    }

    private static Called called(List<Sense> senses) {
        Provider provider = null;
        String part = null;
        boolean elsewhere = false;
        for (var sense : senses) {
            switch (sense) {
                case Sense.Elsewhere _ -> elsewhere = true;
                case Sense.Of(var owner) -> provider = provider == null ? owner : provider;
                case Sense.Part(var canonical) -> part = part == null ? canonical : part;
            }
        }
        return new Called(provider, part, elsewhere && provider == null && part == null);
    }

    /** Every name and part of one. */
    WordGraph<Called> words() {
        return words;
    }

    @Nullable
    Provider provider(String folded) {
        var called = words.find(folded);
        return called == null ? null : called.provider();
    }

    /** The provider a misspelt word was probably meant for; null if none is near. */
    @Nullable
    Provider guess(String word) {
        if (word.length() < MIN_GUESSED) {
            return null;
        }
        var near = Spelling.nearest(word, byFirstLetter.getOrDefault(word.charAt(0), List.of()), 1);
        return near == null ? null : provider(near);
    }

    /** How a word of a model's name is written in ids; null if it is none. */
    @Nullable
    String part(String folded) {
        var called = words.find(folded);
        return called == null ? null : called.part();
    }

    /** Whether a word names a family of models on its own, as "opus" does and "mini" does not. */
    boolean isFamily(String part) {
        return families.containsKey(part) || tiers.containsKey(part);
    }

    /** Whether a word belongs to a model's name only behind its version, as "fast" does. */
    boolean isVariant(String part) {
        return variants.contains(part);
    }

    /** The family that a word is a part of, as "opus" is of "claude"; null if it is none. */
    @Nullable
    String familyOf(String tier) {
        return tiers.get(tier);
    }

    /** The provider whose own a model is, by the words of its name; null if many serve it. */
    @Nullable
    Provider maker(List<String> words) {
        return isServedByMany(words) ? null : families.get(words.getFirst());
    }

    /** Whether the name of a model says that anybody may serve it. */
    boolean isServedByMany(List<String> words) {
        return words.stream().anyMatch(open::contains);
    }

    /** Whether a family's or provider's name is a word of everyday language, too. */
    boolean isOrdinary(String word) {
        return ordinary.contains(word);
    }
}
