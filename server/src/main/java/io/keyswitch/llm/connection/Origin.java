package io.keyswitch.llm.connection;

import java.net.URI;

/**
 * The scheme, host and port that requests go to (RFC 6454).
 *
 * @param tls whether the scheme is https
 * @param host a DNS name or IP address; IPv6 without brackets
 */
public record Origin(boolean tls, String host, int port) {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int MAX_PORT = 65535;

    /**
     * The origin of an absolute URL.
     *
     * @throws IllegalArgumentException if the URL has no host, another scheme than http and https, or a port beyond 65535
     */
    public static Origin of(URI url) {
        var host = url.getHost();
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        if (host == null || !(tls || "http".equalsIgnoreCase(url.getScheme()))) {
            throw new IllegalArgumentException("not an absolute http or https URL");
        }
        if (url.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("port exceeds 65535");
        }
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Origin(tls, bare, url.getPort() < 0 ? defaultPort(tls) : url.getPort());
    }

    /** The value of the {@code Host} header; the port is omitted if it is the scheme's default. */
    public String authority() {
        var name = host.contains(":") ? "[" + host + "]" : host;
        return port == defaultPort(tls) ? name : name + ":" + port;
    }

    /**
     * Whether the host is a qualified DNS name, which TLS may send as SNI (RFC 6066, section 3), and not an IP address.
     */
    boolean hasName() {
        return host.contains(".") && Character.isLetter(host.charAt(host.length() - 1));
    }

    private static int defaultPort(boolean tls) {
        return tls ? HTTPS : HTTP;
    }
}
