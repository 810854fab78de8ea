package io.keyswitch.auth;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a request shows of who sent it; nothing else of the request does.
 *
 * @param authorization the {@code Authorization} header; null if there is none
 * @param appCheck the {@code X-Firebase-AppCheck} header; null if there is none
 */
public record Credentials(
        @Nullable String authorization, @Nullable String appCheck) {
    /** Of two headers of one name neither is believed: which of them a server on the way has read, nobody knows. */
    private static final String AMBIGUOUS = "";

    /**
     * The credentials of a request.
     *
     * @param headers all values of the header of a name
     */
    public static Credentials of(Function<String, List<String>> headers) {
        return new Credentials(only(headers.apply("authorization")), only(headers.apply("x-firebase-appcheck")));
    }

    private static @Nullable String only(List<String> values) {
        return switch (values.size()) {
            case 0 -> null;
            case 1 -> values.getFirst();
            default -> AMBIGUOUS;
        };
    }

    @Override
    public String toString() {
        return "Credentials[not shown]";
    }
}
