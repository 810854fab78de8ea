package io.keyswitch.auth;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The headers that authenticate a request.
 *
 * @param authorization the {@code Authorization} header; null if there is none
 * @param token the token in it; null if there is none
 * @param appCheck the {@code X-Firebase-AppCheck} header; null if there is none
 */
public record Credentials(
        @Nullable String authorization,
        @Nullable BearerToken token,
        @Nullable String appCheck) {
    /** Stands for a duplicate header, which is rejected: a proxy may have read the other value. */
    private static final String AMBIGUOUS = "";

    Credentials(@Nullable String authorization, @Nullable String appCheck) {
        this(authorization, BearerToken.in(authorization), appCheck);
    }

    /**
     * Reads the credentials of a request.
     *
     * @param headers returns all values of a header, by its lower-case name
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
