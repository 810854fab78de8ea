package io.keyswitch.modelconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyVerdictTest {
    /** Otherwise the key would be saved unchecked, and its user told that the provider could not be reached. */
    @ParameterizedTest
    @EnumSource
    void aFailureThatConcernsTheKeyIsNoVerdictOfAnUnreachableProvider(Reason reason) {
        var verdict = KeyCheck.verdict(LlmFailure.of(reason));
        if (reason.concernsKey()) {
            assertThat(verdict).isNotInstanceOfAny(Verdict.Unreachable.class, Verdict.Valid.class);
        }
        assertThat(verdict instanceof Verdict.Unusable).isEqualTo(isUnusable(reason));
    }

    private static boolean isUnusable(Reason reason) {
        return reason == Reason.REGION || (reason.concernsKey() && reason != Reason.INVALID_KEY);
    }
}
