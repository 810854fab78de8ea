package io.keyswitch.understanding;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.ModelId;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Typed commands, the same in every language. What merely begins with a slash is none. */
final class SlashCommand {
    private static final Pattern COMMAND =
            Pattern.compile("/(?<name>models?|providers?|keys?|help)(?:\\s+(?<rest>.+))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern LETTER = Pattern.compile("[A-Za-z]");
    private static final Pattern LIST = Pattern.compile("list\\s+(.+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DELETE = Pattern.compile("delete(?:\\s+(.+))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern HERE = Pattern.compile("(?:^|\\s+)here$", Pattern.CASE_INSENSITIVE);

    private static final Map<String, KeySource> KEYS = Map.of(
            "own key", KeySource.OWN,
            "my own key", KeySource.OWN,
            "default key", KeySource.PROJECT,
            "the default key", KeySource.PROJECT);

    private SlashCommand() {}

    /**
     * What a message commands.
     *
     * @param naming reads the name of a provider or model
     * @return null if it is no command
     */
    static @Nullable Intent read(String message, Function<String, Intent.@Nullable Change> naming) {
        var matcher = COMMAND.matcher(message.strip());
        if (!matcher.matches()) {
            return null;
        }
        var rest = matcher.group("rest");
        var name = matcher.group("name").toLowerCase(Locale.ROOT);
        if (name.equals("help")) {
            return rest == null ? new Intent.Help(null) : null;
        }
        if (name.startsWith("key")) {
            return key(rest, naming);
        }
        return rest == null ? new Intent.Change(null, null, null, false) : model(rest, naming);
    }

    private static @Nullable Intent key(@Nullable String rest, Function<String, Intent.@Nullable Change> naming) {
        if (rest == null) {
            return new Intent.UpdateKey(null);
        }
        var deleted = DELETE.matcher(rest.strip());
        if (deleted.matches()) {
            return deletion(deleted.group(1), naming);
        }
        var named = naming.apply(rest);
        if (named == null || named.provider() == null) {
            return isOneWord(rest) ? new Intent.UpdateKey(null) : null;
        }
        return new Intent.UpdateKey(named.provider());
    }

    /** A key is lost for good: a name that is not known deletes none. */
    private static @Nullable Intent deletion(@Nullable String rest, Function<String, Intent.@Nullable Change> naming) {
        if (rest == null || rest.equalsIgnoreCase("all")) {
            return new Intent.ForgetKey(null, rest != null);
        }
        var named = naming.apply(rest);
        return named == null || named.provider() == null ? null : new Intent.ForgetKey(named.provider(), false);
    }

    private static boolean isOneWord(String rest) {
        return !rest.strip().contains(" ");
    }

    /** The models of a provider; those that can be chosen anyway for a name that is not known. */
    private static @Nullable Intent list(String rest, Function<String, Intent.@Nullable Change> naming) {
        var named = naming.apply(rest);
        if (named == null) {
            return isOneWord(rest) ? new Intent.Offers(null) : null;
        }
        return new Intent.Offers(named.provider());
    }

    /** A model that no provider is known for: the one in use may list it. Several words are for the model. */
    private static @Nullable Intent unknown(String rest, boolean thisThread) {
        return isOneWord(rest) && ModelId.isValid(rest) && LETTER.matcher(rest).find()
                ? new Intent.Change(null, new ModelId(rest), null, thisThread)
                : null;
    }

    private static @Nullable Intent model(String rest, Function<String, Intent.@Nullable Change> naming) {
        return switch (rest.strip().toLowerCase(Locale.ROOT)) {
            case "list" -> new Intent.Offers(null);
            case "undo" -> new Intent.Undo();
            case "default" -> new Intent.UseDefault(false);
            case "default here" -> new Intent.UseDefault(true);
            case "help" -> new Intent.Help(null);
            default -> {
                var listed = LIST.matcher(rest.strip());
                if (listed.matches()) {
                    yield list(listed.group(1), naming);
                }
                var here = HERE.matcher(rest.strip());
                boolean thisThread = here.find();
                yield change((thisThread ? here.replaceFirst("") : rest).strip(), naming, thisThread);
            }
        };
    }

    private static @Nullable Intent change(
            String what, Function<String, Intent.@Nullable Change> naming, boolean thisThread) {
        var source = KEYS.get(what.toLowerCase(Locale.ROOT));
        if (what.isEmpty() || source != null) {
            return new Intent.Change(null, null, source, thisThread);
        }
        var named = naming.apply(what);
        return named == null ? unknown(what, thisThread) : named.in(thisThread || named.thisThread());
    }
}
