package io.keyswitch.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets of unknown format by context: a random-looking word near "key", "token", "secret" or "password" in one
 * of the supported languages. Skips words that the context describes otherwise, such as a hash, a commit or an order
 * number.
 */
final class NamedSecrets {
    /** A range in a string; the end is exclusive. */
    record Span(int start, int end) {}

    /** Keywords by language; inflected forms share an entry. */
    private static final String WORDS = String.join(
            "|",
            // English, also as loanwords in other languages
            "keys?",
            "tokens?",
            "secrets?",
            "passwords?",
            "passphrase",
            "credentials?",
            // Spanish, Portuguese, Italian, French
            "claves?",
            "llaves?",
            "contrase[ñn]as?",
            "secretos?",
            "chaves?",
            "senhas?",
            "segredos?",
            "chiav[ei]",
            "segreti?",
            "segreto",
            "cl[ée]s?",
            "clefs?",
            "jetons?",
            "mots? de passe",
            // German
            "\\p{L}{0,12}(?:schl[üu]e?ssel)s?",
            "geheimnis",
            "passwort",
            "kennwort",
            // Russian
            "ключ\\p{L}{0,3}",
            "токен\\p{L}{0,3}",
            "секрет\\p{L}{0,3}",
            "парол\\p{L}{1,3}",
            // Arabic
            "(?:ال)?مفتاح\\p{L}{0,2}",
            "(?:ال)?توكن",
            "(?:ال)?رمز\\p{L}{0,2}",
            "كلمة (?:ال)?(?:مرور|سر)",
            // Hindi
            "कुंजी",
            "चाबी",
            "टोकन",
            "सीक्रेट",
            "पासवर्ड",
            "एपीआई की");

    /** Keywords that may occur without spaces around them. */
    private static final String UNSPACED_WORDS = String.join(
            "|", "キー", "鍵", "トークン", "シークレット", "パスワード", "密钥", "密鑰", "金鑰", "金钥", "令牌", "钥匙", "密码", "密碼", "口令", "키", "토큰",
            "시크릿", "비밀번호", "암호");

    private static final Pattern WORD =
            Pattern.compile("(?iu)(?<![\\p{L}\\p{N}])(?:" + WORDS + ")(?![\\p{L}\\p{N}])|" + UNSPACED_WORDS);

    /** Words that denote another kind of identifier or key, such as a hash or a cache key. */
    private static final Pattern OTHER = Pattern.compile("(?iu)(?<![\\p{L}\\p{N}])(?:"
            + String.join(
                    "|",
                    "hash(?:es|ed)?|sha-?\\d*|md5|crc\\d*|commits?|checksums?|digests?|fingerprints?|etags?|revisions?|rev|tree|blob|branch",
                    "u?u?ids?|guid|ulid|order|invoice|tracking|serial|ticket|session|request|trace|span|transaction|tx|block|address|wallet",
                    "cache|primary|foreign|public|partition|sort|row|lookup|redis|idempotency|object|composite|natural|surrogate|map|dict",
                    "docker|image|container|build|version|isbn|iban|vin|sku|barcode|model|modell|modelo|modèle|modello|file|filename|path|url|link",
                    "pedido|factura|commande|facture|bestell\\p{L}*|rechnung\\p{L}*|sendung\\p{L}*|encomenda|fatura|ordine|fattura|заказ\\p{L}*")
            + ")(?![\\p{L}\\p{N}])|哈希|注文|订单|訂單|주문|해시");

    /** Bounded in length, so that a long run is one candidate and is scanned once. */
    private static final Pattern CANDIDATE =
            Pattern.compile("(?<![A-Za-z0-9_+/.~%@#&?-])[A-Za-z0-9_+/~.-]{16,512}+={0,2}+(?![A-Za-z0-9_+/=~%@-])");

    /** The text allowed between a keyword and a secret directly after it. */
    private static final Pattern RIGHT_BEHIND = Pattern.compile(
            "(?iu)[\\p{L}]{0,3}(?:\\s{1,8}(?:for|für|para|pour|per|для)\\s{1,8}\\S{1,40})?\\s{0,8}"
                    + "(?:is|ist|lautet|es|est|é|è|e|это|は|が|은|는|是|为|為|है|هو)?\\s{0,8}[:=,\\-—–>：＝]{0,3}\\s{0,8}[\"'`“‘«「(]?");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]+|[0-9A-F]+");
    private static final Pattern PLAIN = Pattern.compile("(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{20,}");
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?。！？](?=\\s|$)|[。！？]");

    private static final int BEFORE = 56;
    private static final int AFTER = 32;
    private static final int MIN_RANDOM = 16;
    private static final double LETTER_DIGIT_CHANGES = 0.15;
    private static final double CLASS_CHANGES = 0.3;
    private static final Pattern SEPARATOR = Pattern.compile("[^A-Za-z0-9]");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z]?[a-z]*(?:[A-Z]{1,5}[a-z]+)*[0-9]{0,4}");

    private NamedSecrets() {}

    /** The secrets in a string, in order. */
    static List<Span> find(String text) {
        var found = new ArrayList<Span>();
        var candidate = CANDIDATE.matcher(text);
        while (candidate.find()) {
            var word = candidate.group().replaceAll("\\.+$", "");
            if (isSecret(text, word, candidate.start())) {
                found.add(new Span(candidate.start(), candidate.start() + word.length()));
            }
        }
        return found;
    }

    private static boolean isSecret(String text, String word, int start) {
        boolean plain =
                PLAIN.matcher(word).matches() && !IDENTIFIER.matcher(word).matches();
        boolean random = isRandom(word);
        if (!(plain || random) || word.startsWith("/")) {
            return false;
        }
        var before = lastSentence(text.substring(Math.max(0, start - BEFORE), start));
        if (OTHER.matcher(before).find()) {
            return false;
        }
        var name = lastWord(before);
        if (name != null && RIGHT_BEHIND.matcher(before.substring(name.end())).matches()) {
            return true;
        }
        if (!random || HASH.matcher(word).matches() || before.endsWith("=")) {
            return false;
        }
        int end = start + word.length();
        var after = firstSentence(text.substring(end, Math.min(text.length(), end + AFTER)));
        return name != null
                || (WORD.matcher(after).find() && !OTHER.matcher(after).find());
    }

    private static @Nullable Span lastWord(String before) {
        var word = WORD.matcher(before);
        Span last = null;
        while (word.find()) {
            last = new Span(word.start(), word.end());
        }
        return last;
    }

    /** The text after the last end of a sentence; earlier sentences do not describe the candidate. */
    private static String lastSentence(String before) {
        var end = SENTENCE_END.matcher(before);
        int from = 0;
        while (end.find()) {
            from = end.end();
        }
        return before.substring(from);
    }

    private static String firstSentence(String after) {
        var end = SENTENCE_END.matcher(after);
        return end.find() ? after.substring(0, end.start()) : after;
    }

    /**
     * Whether letters, capitals and digits alternate as in random strings. Names consist of short parts (models, files,
     * versions) or words (identifiers); a secret has at least one long random part.
     */
    private static boolean isRandom(String word) {
        return SEPARATOR.splitAsStream(word).anyMatch(NamedSecrets::isRandomPart);
    }

    private static boolean isRandomPart(String part) {
        if (part.length() < MIN_RANDOM || IDENTIFIER.matcher(part).matches()) {
            return false;
        }
        int letterDigit = 0;
        int classes = 0;
        for (int i = 1; i < part.length(); i++) {
            char one = part.charAt(i - 1);
            char next = part.charAt(i);
            if (kind(one) != kind(next)) {
                classes++;
                if (Character.isDigit(one) || Character.isDigit(next)) {
                    letterDigit++;
                }
            }
        }
        return letterDigit > 0
                && (letterDigit >= part.length() * LETTER_DIGIT_CHANGES || classes >= part.length() * CLASS_CHANGES);
    }

    private static int kind(char character) {
        return Character.isDigit(character) ? 0 : Character.isUpperCase(character) ? 1 : 2;
    }
}
