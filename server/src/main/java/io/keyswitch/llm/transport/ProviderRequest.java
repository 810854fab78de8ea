package io.keyswitch.llm.transport;

import io.keyswitch.llm.connection.Lane;
import io.keyswitch.llm.connection.Origin;
import io.keyswitch.llm.wire.openai.PlainMessages;
import io.keyswitch.provider.AuthScheme;
import io.keyswitch.secret.ApiKey;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One HTTP request to a provider.
 *
 * @param url without the key
 * @param headers additional headers, without secrets
 * @param owner see {@link io.keyswitch.llm.Target#owner}
 * @param body null for GET
 */
record ProviderRequest(
        HttpMethod method,
        String url,
        Map<String, String> headers,
        AuthScheme auth,
        ApiKey key,
        String owner,
        @Nullable JsonNode body) {

    /** An encoded request, to be written once, and its lane. */
    record Encoded(Lane lane, FullHttpRequest message) {}

    /** Whether repeating the request has no effect and no cost. */
    boolean isSafe() {
        return method.equals(HttpMethod.GET);
    }

    /**
     * Encodes the request and writes the key into a header.
     *
     * @throws IllegalArgumentException if the URL or a header is invalid
     */
    Encoded encode() {
        var address = URI.create(url);
        var origin = Origin.of(address);
        var content = body == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(PlainMessages.write(body));
        var message = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, pathAndQuery(address), content);
        var fields = message.headers();
        fields.set(HttpHeaderNames.HOST, origin.authority());
        fields.set(HttpHeaderNames.ACCEPT, "application/json, text/event-stream");
        fields.set(HttpHeaderNames.USER_AGENT, "keyswitch");
        headers.forEach(fields::set);
        fields.set(auth.header(), auth.prefix() + key.reveal());
        if (body != null) {
            fields.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
            fields.set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        }
        return new Encoded(new Lane(origin, owner, key.fingerprint()), message);
    }

    private static String pathAndQuery(URI address) {
        var path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }
}
