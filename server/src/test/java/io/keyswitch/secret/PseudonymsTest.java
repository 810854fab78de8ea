package io.keyswitch.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PseudonymsTest {
    private static final String USER = "firebase/my-project/alice";

    private final String masterKey = MasterKeys.generate();
    private final Pseudonyms pseudonyms = new Pseudonyms(MasterKeys.parse(masterKey));

    @Test
    void userHasTheSamePseudonymAfterARestart() {
        assertThat(new Pseudonyms(MasterKeys.parse(masterKey)).of(USER)).isEqualTo(pseudonyms.of(USER));
    }

    @Test
    void usersHaveDifferentPseudonyms() {
        assertThat(pseudonyms.of(USER + "1")).isNotEqualTo(pseudonyms.of(USER));
    }

    @Test
    void pseudonymDependsOnTheMasterKeyThatEncrypts() {
        var other = MasterKeys.generate();
        assertThat(new Pseudonyms(MasterKeys.parse(other + "," + masterKey)).of(USER))
                .isNotEqualTo(pseudonyms.of(USER));
        assertThat(new Pseudonyms(MasterKeys.parse(masterKey + "," + other)).of(USER))
                .isEqualTo(pseudonyms.of(USER));
    }
}
