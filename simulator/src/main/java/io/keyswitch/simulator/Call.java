package io.keyswitch.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A received request.
 *
 * @param path the decoded path, from the mount point on
 * @param rest the part of the path that is not routed yet
 * @param json the body; null if it is not a JSON object
 */
record Call(
        String method,
        String path,
        String rest,
        MultiMap headers,
        MultiMap query,
        @Nullable ObjectNode json) {
    private static final String BEARER = "bearer ";

    static Call of(HttpServerRequest request, Buffer body) {
        var path = decoded(request.path());
        return new Call(
                request.method().name(), path, path, request.headers(), request.params(), Json.read(body.getBytes()));
    }

    /** Percent-decodes a path; returns it unchanged if the encoding is invalid. */
    private static String decoded(@Nullable String path) {
        if (path == null) {
            return "/";
        }
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return path;
        }
    }

    /** Removes a prefix from {@code rest}. */
    Call below(String prefix) {
        return new Call(method, path, rest.substring(prefix.length()), headers, query, json);
    }

    /** Removes the mount prefix of a provider from the path. */
    Call mountedAt(String prefix) {
        var seen = rest.substring(prefix.length());
        return new Call(method, seen, seen, headers, query, json);
    }

    boolean gets(String wanted) {
        return method.equals("GET") && rest.equals(wanted);
    }

    boolean posts(String wanted) {
        return method.equals("POST") && rest.equals(wanted);
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    String queryOr(String name, String absent) {
        var value = query.get(name);
        return value == null ? absent : value;
    }

    /** An integer query parameter, clamped to 1..{@code most}. */
    int queryNumber(String name, int absent, int most) {
        try {
            return Math.clamp(Integer.parseInt(queryOr(name, String.valueOf(absent))), 1, most);
        } catch (NumberFormatException _) {
            return absent;
        }
    }

    /** The key in the given header. */
    Key keyIn(String header) {
        var value = header(header);
        return new Key(value == null ? "" : value.strip());
    }

    /** The key in {@code Authorization: Bearer}. */
    Key bearer() {
        var value = header("Authorization");
        return value != null && value.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? new Key(value.substring(BEARER.length()).strip())
                : new Key("");
    }
}
