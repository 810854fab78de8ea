package io.keyswitch.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlternationTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            modèle;                     modèle
            (change|passe) de modèle;   change de modèle, passe de modèle
            (a|b) (c|d);                a c, a d, b c, b d
            переключ(и|ить)*;           переключи*, переключить*
            (j'utilise|est(-ce)|est);   j'utilise, est-ce, est
            (a(b|(c|d))|e)f;            abf, acf, adf, ef
            """)
    void everyAlternativeIsAnEntry(String entry, String entries) {
        assertThat(Alternation.expand(entry)).containsExactly(entries.split(", ", -1));
    }

    @Test
    void anAlternativeMayBeEmpty() {
        assertThat(Alternation.expand("ne(,|) pas")).isEqualTo(List.of("ne, pas", "ne pas"));
        assertThat(Alternation.expand("(ne |)change pas")).isEqualTo(List.of("ne change pas", "change pas"));
    }

    @Test
    void unbalancedParenthesesAreReported() {
        assertThatThrownBy(() -> Alternation.expand("(change|passe de modèle"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(change|passe de modèle");
    }
}
