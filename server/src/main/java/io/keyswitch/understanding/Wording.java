package io.keyswitch.understanding;

import static io.keyswitch.understanding.Concept.*;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.Provider;
import io.keyswitch.understanding.Phrase.Item;
import io.keyswitch.understanding.Rules.Outcome.Request;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is said and named in a run of known words, for the rules that decide what it asks for. Immutable. */
final class Wording {
    static final Set<Concept> VERBS = EnumSet.of(CHANGE, USE, UNDO, BACK, RESET, DELETE, UPDATE, ADD);

    private final List<Item> items;
    private final Set<Concept> said = EnumSet.noneOf(Concept.class);
    private final Wish wish;

    Wording(List<Item> items) {
        this.items = items;
        for (var item : items) {
            if (item instanceof Item.Said(var concepts)) {
                said.addAll(concepts);
            }
        }
        wish = Wish.of(items);
    }

    List<Item> items() {
        return items;
    }

    Wish wish() {
        return wish;
    }

    /** What is named and not refused. */
    List<Mention> wanted() {
        return wish.wanted();
    }

    boolean has(Concept concept) {
        return said.contains(concept);
    }

    boolean hasAny(Concept... concepts) {
        return Stream.of(concepts).anyMatch(said::contains);
    }

    boolean hasVerb() {
        return said.stream().anyMatch(VERBS::contains);
    }

    /** Whether nothing is said beside these. */
    boolean isOnly(Concept... concepts) {
        return EnumSet.copyOf(List.of(concepts)).containsAll(said);
    }

    /** Whether it tells of the past or of others' actions, except of what happened to a key. */
    boolean isTold() {
        boolean told = items.stream()
                .anyMatch(
                        item -> item instanceof Item.Said word && (word.is(SAID) ? !wish.prefers() : isTelling(word)));
        return told && !(has(KEY) && hasAny(NEW, UPDATE));
    }

    static boolean isTelling(Item.Said word) {
        return word.is(STATEMENT) && !word.is(NEW);
    }

    static boolean addsNothing(Item item) {
        return item instanceof Item.Said(var concepts)
                && EnumSet.of(POLITE, FILLER, STORED).containsAll(concepts);
    }

    @Nullable
    Provider owner() {
        return owners().stream().findFirst().orElse(null);
    }

    /** All that are named and wanted. */
    List<Provider> owners() {
        return owners(wanted().stream());
    }

    /** All that are named, wanted or not. */
    List<Provider> everyOwner() {
        return owners(names());
    }

    /** Those named beside the word for a key, wanted or not: "use groq and delete my key from claude". */
    List<Provider> ownersOfKey() {
        return owners(IntStream.range(0, items.size()).filter(this::isNameOfKey));
    }

    /** Those whose key the nearest verb of the clause is to delete. */
    List<Provider> ownersOfDeletedKey() {
        return owners(IntStream.range(0, items.size()).filter(at -> isNameOfKey(at) && isDeletion(nearestVerb(at))));
    }

    /** "Forget it, use my openai key": whether the verb nearest to a name is to use it. */
    boolean isNameOfUse() {
        return names().anyMatch(at -> {
            var verb = nearestVerb(at);
            return verb != null && Negations.isAny(verb, EnumSet.of(USE, CHANGE, ADD)) && !isDeletion(verb);
        });
    }

    /** "I don't want you to keep my groq key, delete it": whether the last verb deletes. */
    boolean endsInDeletion() {
        return items.stream()
                .filter(item -> Negations.isAny(item, VERBS))
                .reduce((_, last) -> last)
                .filter(Wording::isDeletion)
                .isPresent();
    }

    /** "My claude and groq keys". */
    boolean joinsNames() {
        return names().anyMatch(at -> Negations.beside(items, at, 1, Item.Named.class::isInstance) > 0);
    }

    private IntStream names() {
        return IntStream.range(0, items.size()).filter(at -> items.get(at) instanceof Item.Named);
    }

    private static boolean isDeletion(@Nullable Item verb) {
        return verb != null && Negations.is(verb, DELETE);
    }

    private @Nullable Item nearestVerb(int name) {
        for (int distance = 1; distance < items.size(); distance++) {
            for (int at : new int[] {name - distance, name + distance}) {
                boolean inClause = at >= 0
                        && at < items.size()
                        && items.subList(Math.min(at, name), Math.max(at, name)).stream()
                                .noneMatch(Item.Pause.class::isInstance);
                if (inClause && Negations.isAny(items.get(at), VERBS)) {
                    return items.get(at);
                }
            }
        }
        return null;
    }

    private List<Provider> owners(IntStream names) {
        return owners(names.mapToObj(at -> ((Item.Named) items.get(at)).mention()));
    }

    private static List<Provider> owners(Stream<Mention> mentions) {
        return mentions.map(Mention::owner).filter(Objects::nonNull).distinct().toList();
    }

    boolean isOwnKey() {
        return (has(OWN) || (has(MY) && has(KEY))) && !isOwnRefused();
    }

    boolean isOwnRefused() {
        return Negations.isOwnRefused(items);
    }

    boolean isAppRefused() {
        return Negations.isAppRefused(items);
    }

    /** Whose key is to be used; null if it does not say. */
    @Nullable
    KeySource keySource() {
        boolean own = isOwnKey();
        boolean project = (has(DEFAULT) || (has(APP) && has(KEY))) && !isAppRefused();
        if (own && project) {
            var asking = withoutReasons();
            return asking == null ? null : asking.keySource();
        }
        return own == project ? null : own ? KeySource.OWN : KeySource.PROJECT;
    }

    /** Whose something is meant; null if it does not say. */
    @Nullable
    KeySource ownerSaid() {
        boolean own = hasAny(OWN, MY);
        return own == hasAny(APP, DEFAULT) ? null : own ? KeySource.OWN : KeySource.PROJECT;
    }

    /** "Gemini with your key, mine has run out": the request without the clauses that only give a reason; null if none does. */
    private @Nullable Wording withoutReasons() {
        var clauses = Wish.clauses(items);
        var asking = clauses.stream()
                .filter(clause -> clause.stream().noneMatch(item -> item instanceof Item.Said word && word.is(REASON))
                        || clause.stream().anyMatch(Item.Named.class::isInstance))
                .toList();
        return asking.size() == clauses.size()
                ? null
                : new Wording(asking.stream()
                        .flatMap(clause -> Stream.concat(clause.stream(), Stream.of(new Item.Pause())))
                        .toList());
    }

    /** Whether a name stands beside the word for a key: "my OpenAI key". */
    boolean isNameOfKey() {
        return IntStream.range(0, items.size()).anyMatch(this::isNameOfKey);
    }

    private boolean isNameOfKey(int at) {
        return items.get(at) instanceof Item.Named && (isKeyBeside(at, -1) || isKeyBeside(at, 1));
    }

    private boolean isKeyBeside(int name, int step) {
        for (int i = name + step; i >= 0 && i < items.size(); i += step) {
            if (!(items.get(i) instanceof Item.Said item)) {
                return false;
            }
            if (item.is(KEY)) {
                return true;
            }
            if (item.concepts().stream().anyMatch(VERBS::contains)) {
                return false;
            }
        }
        return false;
    }

    Request certainly(Intent intent) {
        return new Request(intent, true, isNamed());
    }

    Request possibly(Intent intent) {
        return new Request(intent, false, isNamed());
    }

    private boolean isNamed() {
        return wanted().stream().anyMatch(mention -> !mention.ordinary());
    }
}
