package io.keyswitch.http.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/** A file of the web build, loaded from the class path, never from a directory of the same name. */
record StaticFile(String type, Buffer content, Buffer zipped, String etag) {
    static final String JAVASCRIPT = "text/javascript;charset=UTF-8";

    /** Clients may keep the file, and ask before each use whether it has changed. */
    static final String REVALIDATE = "no-cache";

    static StaticFile read(String name, String type) {
        var content = bytes(name);
        return new StaticFile(type, Buffer.buffer(content), Buffer.buffer(zip(content)), etag(content));
    }

    /** Other digests take longer than all the rest of a start, before the JVM has compiled them. */
    private static String etag(byte[] content) {
        var checksum = new CRC32();
        checksum.update(content);
        return "\"%x-%08x\"".formatted(content.length, checksum.getValue());
    }

    private static byte[] bytes(String name) {
        try (var in = StaticFile.class.getResourceAsStream("/web/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compressed once at startup, not per request. */
    private static byte[] zip(byte[] content) {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    /**
     * Answers a request for this file.
     *
     * @param caching the value of {@code Cache-Control}
     */
    void serve(RoutingContext context, String caching) {
        var request = context.request();
        var response = context.response();
        response.headers()
                .set(HttpHeaders.CONTENT_TYPE, type)
                .set("X-Content-Type-Options", "nosniff")
                .set(HttpHeaders.CACHE_CONTROL, caching)
                .set(HttpHeaders.ETAG, etag)
                .add(HttpHeaders.VARY, "Accept-Encoding");
        if (etag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return;
        }
        var accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        if (accepted != null && accepted.contains("gzip")) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(zipped);
        } else {
            response.end(content);
        }
    }
}
