package io.keyswitch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.7                       | 203.0.113.7
            203.0.113.7:51234                 | 203.0.113.7
            "[2001:db8:1:2::7]:443"           | 2001:db8:1:2::/64
            2001:db8:1:2:3:4:5:6              | 2001:db8:1:2::/64
            2001:DB8:0001:0002::7             | 2001:db8:1:2::/64
            [2001:db8:1:2::7]                 | 2001:db8:1:2::/64
            fe80::1%eth0                      | fe80::/64
            ::ffff:203.0.113.7                | 203.0.113.7
            [::ffff:203.0.113.7]:80           | 203.0.113.7
            """)
    void anAddressIsCountedUnderOneNameInAllItsSpellings(String spelling, String caller) {
        assertThat(Addresses.caller(Objects.requireNonNull(Addresses.parse(spelling))))
                .isEqualTo(caller);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown", "_hidden", "localhost", "1.2.3", "1.2.3.4.5", "[", "[]", "::x", "evil.example:80"
            })
    void anInvalidAddressIsRejected(String text) {
        assertThat(Addresses.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Chat.Example, chat.example",
        "chat.example., chat.example",
        "LOCALHOST., localhost",
        "127.0.0.1, 127.0.0.1",
        "[::1], [::1]",
        "::1, [::1]",
        "[0:0:0:0:0:0:0:1], [::1]",
        "2001:DB8::0007, [2001:db8::7]"
    })
    void aHostIsComparedInOneSpelling(String host, String compared) {
        assertThat(Addresses.host(host)).isEqualTo(compared);
    }

    @Test
    void networksContainTheirAddresses() {
        var networks = new Addresses.Networks(List.of("10.0.0.0/8", "192.0.2.1", "fd00::/8", "2001:db8::1"));
        for (var inside : List.of("10.200.3.4", "192.0.2.1", "fd12::9", "2001:db8::1", "::ffff:10.1.1.1")) {
            assertThat(networks.contain(Objects.requireNonNull(Addresses.parse(inside))))
                    .as(inside)
                    .isTrue();
        }
        for (var outside : List.of("11.0.0.1", "192.0.2.2", "fe80::1", "2001:db8::2")) {
            assertThat(networks.contain(Objects.requireNonNull(Addresses.parse(outside))))
                    .as(outside)
                    .isFalse();
        }
    }
}
