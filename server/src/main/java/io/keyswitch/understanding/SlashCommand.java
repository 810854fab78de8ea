package io.keyswitch.understanding;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.ModelId;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Typed commands, the same in every language. What merely begins with a slash is none. */
final class SlashCommand {
    private static final Pattern COMMAND =
            Pattern.compile("/(?<name>models?|providers?|keys?|help)(?:\\s+(?<rest>.+))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern LIST = Pattern.compile("list\\s+(.+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DELETE = Pattern.compile("delete(?:\\s+(.+))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern HERE = Pattern.compile("(?:^|\\s+)here$", Pattern.CASE_INSENSITIVE);

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
        var name = rest.strip();
        return isOneWord(name) && ModelId.isValid(name)
                ? new Intent.Change(null, new ModelId(name), null, thisThread)
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
                var named = naming.apply(thisThread ? here.replaceFirst("") : rest);
                KeySource source = named == null ? null : named.keySource();
                yield named == null
                        ? unknown(thisThread ? here.replaceFirst("") : rest, thisThread)
                        : new Intent.Change(named.provider(), named.model(), source, thisThread || named.thisThread());
            }
        };
    }
}
