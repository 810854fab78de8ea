package io.keyswitch.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads IP addresses and host names in any of their spellings, without asking a name server. */
final class Addresses {
    private static final Pattern V4_WITH_PORT = Pattern.compile("([0-9.]+):\\d{1,5}");
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]*)](?::\\d{1,5})?");
    private static final int V6_BYTES = 16;
    /** One customer gets at least this much of IPv6. */
    private static final int V6_CALLER_BYTES = 8;

    private Addresses() {}

    /**
     * Parses an address, with or without brackets, port or zone. An IPv4 address in IPv6 is the IPv4 address.
     *
     * @return null if it is none, such as {@code unknown}
     */
    static @Nullable InetAddress parse(String text) {
        // The address of a connection is bare, and every request has one.
        var plain = NetUtil.createByteArrayFromIpAddressString(text);
        var bytes = plain == null ? NetUtil.createByteArrayFromIpAddressString(bare(text)) : plain;
        try {
            // Maps an IPv4 address in IPv6 to itself.
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException _) {
            return null;
        }
    }

    private static String bare(String text) {
        var unquoted = text.strip().replace("\"", "");
        var bracketed = BRACKETED.matcher(unquoted);
        var withPort = V4_WITH_PORT.matcher(unquoted);
        var address = bracketed.matches() ? bracketed.group(1) : withPort.matches() ? withPort.group(1) : unquoted;
        return address.replaceFirst("%.*", "");
    }

    /** The name under which an address is counted: IPv6 addresses of one /64 are one caller. */
    static String caller(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length < V6_BYTES) {
            return NetUtil.toAddressString(address);
        }
        Arrays.fill(bytes, V6_CALLER_BYTES, V6_BYTES, (byte) 0);
        return NetUtil.bytesToIpAddress(bytes) + "/64";
    }

    /** A host name as names are compared: lower case, without the trailing dot; an IPv6 address in one spelling, in brackets. */
    static String host(String host) {
        var written = host.strip().toLowerCase(Locale.ROOT);
        var lower = written.endsWith(".") ? written.substring(0, written.length() - 1) : written;
        var address = lower.indexOf(':') >= 0 ? parse(lower) : null;
        return address == null ? lower : "[" + NetUtil.toAddressString(address) + "]";
    }

    /** Addresses and networks, such as {@code 10.0.0.0/8}. Immutable. */
    static final class Networks {
        private final List<IpSubnetFilterRule> rules;

        /** @param networks checked by the settings */
        Networks(List<String> networks) {
            rules = networks.stream().map(Networks::rule).toList();
        }

        private static IpSubnetFilterRule rule(String network) {
            var parts = network.split("/", 2);
            var address = parse(parts[0]);
            if (address == null) {
                throw new IllegalArgumentException("no address: " + network);
            }
            int bits = parts.length > 1 ? Integer.parseInt(parts[1]) : address.getAddress().length * Byte.SIZE;
            return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
        }

        boolean contain(InetAddress address) {
            var socket = new InetSocketAddress(address, 0);
            return rules.stream().anyMatch(rule -> rule.matches(socket));
        }
    }
}
