package io.keyswitch.understanding;

import io.keyswitch.provider.ModelWords;
import io.keyswitch.provider.Provider;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message as its rules read it: words, what it names, breaks and what is unknown, in their order. Immutable.
 */
final class Phrase {
    /** One thing of the message. */
    sealed interface Item {
        record Said(Set<Concept> concepts) implements Item {
            boolean is(Concept concept) {
                return concepts.contains(concept);
            }
        }

        record Named(Mention mention) implements Item {}

        record Pause() implements Item {}

        /**
         * What no lexicon knows.
         *
         * @param word whether it is a word of letters alone, too short for an API key
         */
        record Strange(boolean word) implements Item {}
    }

    private Phrase() {}

    /**
     * Joins the pieces of a text.
     *
     * @param original the text as it was typed: ids keep their case
     */
    static List<Item> items(String original, String text, List<Tag> tags, Names names) {
        return List.copyOf(new Builder(original, text, tags, names, false).build());
    }

    /** As {@link #items}, where models are talked of: "the mini" and "4.5" name one. */
    static List<Item> itemsOfModels(String original, String text, List<Tag> tags, Names names) {
        return List.copyOf(new Builder(original, text, tags, names, true).build());
    }

    /** Joins the pieces of names. */
    private static final class Builder {
        /** Providers give no API keys of letters alone that are shorter. */
        private static final int LENGTH_OF_KEYS = 16;

        private final String original;
        private final String text;
        private final List<Tag> tags;
        private final Names names;
        private final boolean ofModels;
        private final List<Item> items = new ArrayList<>();

        Builder(String original, String text, List<Tag> tags, Names names, boolean ofModels) {
            this.original = original;
            this.text = text;
            this.tags = tags;
            this.names = names;
            this.ofModels = ofModels;
        }

        List<Item> build() {
            int i = 0;
            while (i < tags.size()) {
                int end = endOfName(i);
                if (end > i) {
                    name(tags.subList(i, end));
                    i = end;
                } else {
                    items.add(
                            switch (tags.get(i)) {
                                case Tag.Word(var _, var _, var concepts) -> new Item.Said(EnumSet.copyOf(concepts));
                                case Tag.Elsewhere(var start, var to) -> elsewhere(text.substring(start, to));
                                case Tag.Break _ -> new Item.Pause();
                                case Tag.Unknown unknown ->
                                    new Item.Strange(isShortWord(unknown.start(), unknown.end()));
                                case Tag.Name _, Tag.Part _, Tag.Version _, Tag.Id _ -> new Item.Strange(false);
                            });
                    i++;
                }
            }
            return !ofModels && items.stream().anyMatch(Builder::isDoubtful) ? withoutDoubtful() : items;
        }

        private boolean isShortWord(int start, int end) {
            return end - start < LENGTH_OF_KEYS
                    && text.substring(start, end).codePoints().allMatch(Builder::isOfWord);
        }

        private static boolean isOfWord(int codePoint) {
            int type = Character.getType(codePoint);
            return Character.isLetter(codePoint)
                    || type == Character.NON_SPACING_MARK
                    || type == Character.COMBINING_SPACING_MARK;
        }

        /** Words joined as in an ID that no family and no digit marks as one. */
        private static boolean isDoubtful(Item item) {
            return item instanceof Item.Named(var mention)
                    && mention.provider() == null
                    && mention.model() != null
                    && !mention.familiar()
                    && !mention.model().hasVersion();
        }

        /** Such a word is a model's name only right behind a provider's: "groq, my-model". */
        private List<Item> withoutDoubtful() {
            var sure = new ArrayList<Item>();
            boolean behindProvider = false;
            for (var item : items) {
                boolean strange = isDoubtful(item) && !behindProvider;
                sure.add(strange ? new Item.Strange(false) : item);
                behindProvider = switch (item) {
                    case Item.Named(var mention) -> mention.provider() != null;
                    case Item.Pause _ -> behindProvider;
                    case Item.Said said -> behindProvider && said.is(Concept.MODEL);
                    case Item.Strange _ -> false;
                };
            }
            return sure;
        }

        /** Where the name that begins at a tag ends; the tag itself if none begins there. */
        private int endOfName(int first) {
            if (!begins(tags.get(first))) {
                return first;
            }
            int end = first + 1;
            while (end < tags.size() && isAdjacent(end) && continues(end)) {
                end++;
            }
            return end;
        }

        private boolean begins(Tag tag) {
            return switch (tag) {
                case Tag.Name _, Tag.Id _ -> true;
                case Tag.Part(var _, var _, var canonical) -> ofModels || names.isFamily(canonical);
                case Tag.Version _ -> ofModels;
                case Tag.Word _, Tag.Elsewhere _, Tag.Break _, Tag.Unknown _ -> false;
            };
        }

        private boolean continues(int at) {
            return switch (tags.get(at)) {
                case Tag.Name _, Tag.Id _, Tag.Version _ -> true;
                case Tag.Part(var _, var _, var canonical) -> isVariant(canonical, at);
                case Tag.Word(var start, var end, var _) -> isVariant(names.part(text.substring(start, end)), at);
                case Tag.Elsewhere _, Tag.Break _, Tag.Unknown _ -> false;
            };
        }

        private boolean isVariant(@Nullable String part, int at) {
            return part != null && (!names.isVariant(part) || isVersioned(tags.get(at - 1)));
        }

        private static boolean isVersioned(Tag tag) {
            return tag instanceof Tag.Version || tag instanceof Tag.Id;
        }

        private Item elsewhere(String name) {
            return new Item.Named(new Mention(null, name, null, true, names.isOrdinary(name)));
        }

        private boolean isAdjacent(int at) {
            return text.substring(tags.get(at - 1).end(), tags.get(at).start()).matches("[ _\\-~]*");
        }

        /** One name, or several beside each other: "openai gpt-5.5" is a provider and its model. */
        private void name(List<Tag> pieces) {
            Provider provider = null;
            Provider ofFamily = null;
            String misspelt = null;
            boolean ordinary = pieces.size() == 1;
            String typed = null;
            var words = new ArrayList<String>();
            for (var piece : pieces) {
                var said = text.substring(piece.start(), piece.end());
                switch (piece) {
                    case Tag.Name(var _, var _, var named, var guessed) -> {
                        var part = names.part(said);
                        boolean family = part != null && names.isFamily(part);
                        if (family && words.isEmpty()) {
                            words.add(part);
                        }
                        if (!family) {
                            provider = named;
                        } else if (ofFamily == null) {
                            ofFamily = named;
                        }
                        misspelt = guessed ? said : misspelt;
                        ordinary &= names.isOrdinary(part == null ? said : part);
                    }
                    case Tag.Part(var _, var _, var canonical) -> {
                        words.add(canonical);
                        typed = null;
                        ordinary &= names.isOrdinary(canonical);
                    }
                    case Tag.Version(var _, var _, var number) -> {
                        words.add(number);
                        typed = null;
                    }
                    case Tag.Id(var _, var _, var id) -> {
                        typed = asTyped(id);
                        words.clear();
                        words.addAll(spoken(id));
                        ordinary = false;
                    }
                    case Tag.Word _ -> {
                        words.add(String.valueOf(names.part(said)));
                        typed = null;
                    }
                    case Tag.Elsewhere _, Tag.Break _, Tag.Unknown _ ->
                        throw new IllegalStateException("not part of a name");
                }
            }
            boolean own = provider == null && !names.isServedByMany(words);
            items.add(new Item.Named(mention(own ? ofFamily : provider, misspelt, words, typed, ordinary)));
        }

        private Mention mention(
                @Nullable Provider provider,
                @Nullable String misspelt,
                List<String> words,
                @Nullable String typed,
                boolean ordinary) {
            boolean alone = words.size() == 1 && typed == null && names.isFamily(words.getFirst());
            if (words.isEmpty() || (alone && provider != null)) {
                return new Mention(provider, misspelt, null, true, ordinary);
            }
            var first = words.getFirst();
            var family = names.familyOf(first);
            if (family != null) {
                words.addFirst(family);
            } else if (!names.isFamily(first) && typed == null && provider != null) {
                words.addFirst(
                        ModelWords.of(provider.defaultModel().value()).all().getFirst());
            }
            var maker = names.maker(words);
            boolean makersOwn = provider != null && maker != null && maker.id().equals(provider.id());
            boolean saidByFamily = makersOwn && typed == null;
            var model = new SpokenModel(words, typed, maker);
            boolean marked = typed != null && typed.startsWith("@");
            boolean familiar = marked
                    || words.stream()
                            .anyMatch(word -> names.isFamily(word) || names.isFamily(word.replaceFirst("\\d.*$", "")));
            return new Mention(saidByFamily ? null : provider, misspelt, model, familiar, ordinary);
        }

        private String asTyped(String id) {
            for (int at = 0; at + id.length() <= original.length(); at++) {
                if (original.regionMatches(true, at, id, 0, id.length())) {
                    return original.substring(at, at + id.length());
                }
            }
            return id;
        }

        /** The words of an id, its version with a point or as it was typed. */
        private static List<String> spoken(String id) {
            var path = id.substring(id.lastIndexOf('/') + 1);
            return new ArrayList<>(List.of(path.split("[-_]", -1)));
        }
    }
}
