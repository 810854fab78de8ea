package io.keyswitch.settings;

import io.keyswitch.provider.Provider;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * A URL in the settings that keys or tokens are sent to.
 *
 * @param value without a trailing slash; may contain {@link Provider#ACCOUNT_ID_SLOT}
 */
record BaseUrl(String value) {
    /** Hosts that may be called over plain HTTP: private addresses and names that only resolve in a private network. */
    private static final Pattern PRIVATE_HOST =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|10(\\.\\d{1,3}){3}"
                    + "|192\\.168(\\.\\d{1,3}){2}|172\\.(1[6-9]|2\\d|3[01])(\\.\\d{1,3}){2}|[A-Za-z][A-Za-z0-9-]*"
                    + "|[A-Za-z0-9.-]+\\.(local|internal|lan|localhost)");

    /**
     * Validates a URL and removes trailing slashes.
     *
     * @throws IllegalArgumentException with the problem and its fix, written to follow the setting's name
     */
    static BaseUrl parse(String text) {
        var url = text.replaceFirst("/+$", "");
        var uri = uri(url.replace(Provider.ACCOUNT_ID_SLOT, "account"));
        boolean plain = "http".equals(uri.getScheme());
        if (!plain && !"https".equals(uri.getScheme())) {
            throw new IllegalArgumentException("must begin with https://");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("must have a host and no user or password");
        }
        if (uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getRawPath().contains("..")) {
            throw new IllegalArgumentException("must be a URL without \"?\", \"#\" and \"..\"");
        }
        if (plain && !PRIVATE_HOST.matcher(uri.getHost()).matches()) {
            throw new IllegalArgumentException("would be called unencrypted over the internet: write https://");
        }
        return new BaseUrl(url);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException("is not a valid URL: write one such as https://api.example.com/v1");
        }
    }

    URI uri() {
        return URI.create(value);
    }
}
