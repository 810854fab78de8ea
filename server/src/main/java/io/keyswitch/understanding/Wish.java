package io.keyswitch.understanding;

import static io.keyswitch.understanding.Concept.*;

import io.keyswitch.understanding.Phrase.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which of the names in a message are wanted, and which of its clauses forbid something. */
final class Wish {
    private static final Set<Concept> RELATIONS = EnumSet.of(INSTEAD, INSTEAD_AFTER, FROM, FROM_AFTER, TO);

    private final List<Item> items;
    private final List<Mention> wanted = new ArrayList<>();
    private final List<List<Item>> clauses;
    private final List<List<Item>> forbidden;
    private boolean refusesName;

    private Wish(List<Item> items) {
        this.items = items;
        clauses = clauses(items);
        forbidden = Negations.forbidden(clauses);
    }

    static Wish of(List<Item> items) {
        var wish = new Wish(items);
        wish.findWanted();
        wish.dropComplaints();
        return wish;
    }

    List<Mention> wanted() {
        return wanted;
    }

    /** Whether a clause forbids what its verb says: "don't change". */
    boolean forbids() {
        return !forbidden.isEmpty();
    }

    /** Whether only what is named is forbidden: "don't use gemini". */
    boolean forbidsNames() {
        return forbidden.stream().allMatch(clause -> clause.stream().anyMatch(Item.Named.class::isInstance));
    }

    /** The clauses that forbid nothing. */
    List<Item> allowed() {
        return clauses.stream()
                .filter(clause -> !forbidden.contains(clause))
                .flatMap(clause -> Stream.concat(clause.stream(), Stream.of(new Item.Pause())))
                .toList();
    }

    /** Whether a name is refused: "not gemini". */
    boolean refusesName() {
        return refusesName;
    }

    /** Whether one name is wanted and another is not: "not gemini, claude", "from gemini to claude". */
    boolean prefers() {
        return !wanted.isEmpty()
                && wanted.size()
                        < items.stream().filter(Item.Named.class::isInstance).count();
    }

    /** Names that are refused, removed or left for another are not wanted. */
    private void findWanted() {
        var names = new ArrayList<Integer>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Item.Named) {
                boolean refused = Negations.isRefused(items, i);
                refusesName |= refused;
                if (!refused) {
                    names.add(i);
                }
            }
        }
        boolean another = names.stream().anyMatch(name -> !isLeft(name));
        for (int name : names) {
            if (!another || !isLeft(name) || isOrigin(name)) {
                wanted.add(((Item.Named) items.get(name)).mention());
            }
        }
    }

    /** Whether a name is one to go away from: "from claude", "remove claude". */
    private boolean isLeft(int name) {
        int before = Negations.beside(items, name, -1, Wish::hasRelation);
        int after = Negations.beside(items, name, 1, Wish::hasRelation);
        return (before >= 0 && only(items.get(before), FROM) && !isModelOfAnother(name))
                || (after >= 0 && only(items.get(after), FROM_AFTER) && !isServedByNext(name, after))
                || isRemoved(name);
    }

    /** "openrouter с anthropic/claude-sonnet-4.5": with a model's path, a word for "from" that also means "with" is that. */
    private boolean isModelOfAnother(int name) {
        var model = ((Item.Named) items.get(name)).mention().model();
        return model != null
                && model.hasPath()
                && items.stream()
                        .anyMatch(item -> item instanceof Item.Named(var mention)
                                && mention.provider() != null
                                && mention.model() == null);
    }

    /** "Llama 3.3 на groq": a model that many serve stays wanted where a word for "to" also means "at". */
    private boolean isServedByNext(int name, int relation) {
        var model = ((Item.Named) items.get(name)).mention().model();
        return model != null
                && model.maker() == null
                && Negations.is(items.get(relation), TO)
                && relation + 1 < items.size()
                && items.get(relation + 1) instanceof Item.Named(var next)
                && next.provider() != null
                && next.model() == null;
    }

    /** Whether a verb is to remove a name, and not the key to it. */
    private boolean isRemoved(int name) {
        int after = Negations.beside(items, name, 1, Wish::isRemoval);
        return items.stream().noneMatch(Wish::isKey)
                && (Negations.beside(items, name, -1, Wish::isRemoval) >= 0
                        || (after >= 0 && Negations.beside(items, after, 1, Item.Named.class::isInstance) < 0));
    }

    private static boolean isRemoval(Item item) {
        return item instanceof Item.Said word && word.is(DELETE);
    }

    private static boolean isKey(Item item) {
        return item instanceof Item.Said word && word.is(KEY);
    }

    /** Whether a provider stands beside its model: "usa llama de groq", where "de" is no "from". */
    private boolean isOrigin(int name) {
        return ((Item.Named) items.get(name)).mention().model() == null
                && items.stream().noneMatch(item -> item instanceof Item.Said word && only(word, TO))
                && (isModelBeside(name, -1, FROM) || isModelBeside(name, 1, FROM_AFTER));
    }

    private boolean isModelBeside(int name, int step, Concept relation) {
        int model = name + 2 * step;
        return model >= 0
                && model < items.size()
                && only(items.get(name + step), relation)
                && items.get(model) instanceof Item.Named(var mention)
                && mention.provider() == null;
    }

    private static boolean only(Item item, Concept concept) {
        return item instanceof Item.Said word
                && word.is(concept)
                && Collections.disjoint(word.concepts(), Wording.VERBS);
    }

    private static boolean hasRelation(Item item) {
        return item instanceof Item.Said word && !Collections.disjoint(word.concepts(), RELATIONS);
    }

    /** "Groq is slow, use deepseek", "groq is slow, change the model": what a complaint names is not wanted. */
    private void dropComplaints() {
        var active = new ArrayList<Mention>();
        boolean elsewhere = false;
        for (var clause : clauses) {
            boolean verb = clause.stream().anyMatch(Wish::isChangingVerb);
            boolean complaint = clause.stream().anyMatch(item -> only(item, REASON) || only(item, INSTEAD));
            elsewhere |= verb && clause.stream().anyMatch(Wish::isObject);
            if (verb || !complaint) {
                clause.forEach(item -> {
                    if (item instanceof Item.Named(var mention) && wanted.contains(mention)) {
                        active.add(mention);
                    }
                });
            }
        }
        if (active.size() < wanted.size() && (!active.isEmpty() || elsewhere)) {
            wanted.clear();
            wanted.addAll(active);
        }
    }

    private static boolean isChangingVerb(Item item) {
        return item instanceof Item.Said word && (word.is(CHANGE) || word.is(USE) || word.is(BACK));
    }

    private static boolean isObject(Item item) {
        return item instanceof Item.Said word && (word.is(MODEL) || word.is(PROVIDER));
    }

    static List<List<Item>> clauses(List<Item> items) {
        var clauses = new ArrayList<List<Item>>();
        var clause = new ArrayList<Item>();
        for (var item : items) {
            if (item instanceof Item.Pause) {
                if (!clause.isEmpty()) {
                    clauses.add(List.copyOf(clause));
                    clause.clear();
                }
            } else {
                clause.add(item);
            }
        }
        if (!clause.isEmpty()) {
            clauses.add(List.copyOf(clause));
        }
        return clauses;
    }
}
