package io.keyswitch.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReasonTest {
    @Test
    void everyReasonIsDocumented() throws IOException {
        var rows = Files.readString(Path.of("docs/callables.md"));
        assertThat(Arrays.stream(Reason.values()).map(Reason::word))
                .allSatisfy(word -> assertThat(rows).contains("\n| `" + word + "` |"));
    }
}
