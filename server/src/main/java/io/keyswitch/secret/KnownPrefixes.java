package io.keyswitch.secret;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Secrets with a recognisable format, of model providers and other services. As published by the vendors, by gitleaks
 * and by GitHub's secret scanning (2026-07).
 */
final class KnownPrefixes {
    /**
     * A format of keys.
     *
     * @param beginning what the keys begin with, as a regular expression
     * @param rest what follows
     */
    private record Shape(String beginning, String rest) {
        String pattern() {
            return beginning + rest;
        }
    }

    private static final List<Shape> OF_MODEL_PROVIDERS = List.of(
            new Shape("sk-", "[A-Za-z0-9_-]{16,}"),
            new Shape("gsk_", "[A-Za-z0-9]{16,}"),
            new Shape("AIza", "[A-Za-z0-9_-]{30,}"),
            new Shape("AQ\\.", "[A-Za-z0-9_-]{20,}"),
            new Shape("xai-", "[A-Za-z0-9]{20,}"),
            new Shape("pplx-", "[A-Za-z0-9]{30,}"),
            new Shape("fw_", "[A-Za-z0-9]{20,}"),
            new Shape("csk-", "[a-z0-9]{30,}"),
            new Shape("nvapi-", "[A-Za-z0-9_-]{20,}"),
            new Shape("r8_", "[A-Za-z0-9]{30,}"),
            new Shape("hf_", "[A-Za-z]{30,}"),
            new Shape("api_org_", "[A-Za-z]{30,}"),
            new Shape("tgp_v1_", "[A-Za-z0-9_-]{20,}"),
            new Shape("pa-", "(?=[A-Za-z_-]{0,64}[0-9])[A-Za-z0-9_-]{40,}"),
            new Shape("jina_", "[A-Za-z0-9_-]{40,}"),
            new Shape("tvly-", "[A-Za-z0-9-]{20,}"),
            new Shape("rpa_", "[A-Z0-9]{30,}"),
            new Shape("lsv2_", "(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}"),
            new Shape("dapi", "[a-f0-9]{32}(?:-[0-9])?"),
            new Shape("cf(?:ut|at|k)_", "[A-Za-z0-9]{30,}"),
            new Shape("v1\\.0-", "[a-f0-9]{24}-[a-f0-9]{100,}"));

    private static final List<String> OF_OTHER_SERVICES = List.of(
            // Azure: keys of its services, client secrets, connection strings, shared access signatures
            "[A-Za-z0-9]{40,60}JQQJ9[A-Za-z0-9]{20,50}",
            "[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}",
            "(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40,100}={0,2}",
            "sig=[A-Za-z0-9%+/]{40,100}={0,2}",
            // Google, AWS, DigitalOcean, and other clouds
            "ya29\\.[A-Za-z0-9_-]{20,}",
            "1//0[A-Za-z0-9_-]{40,}",
            "GOCSPX-[A-Za-z0-9_-]{20,}",
            "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}",
            "(?:FwoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9+/=]{40,}",
            "do[por]_v1_[a-f0-9]{60,}",
            "hvs\\.[A-Za-z0-9_-]{20,}",
            "sbp_[a-f0-9]{40}",
            "sb_secret_[A-Za-z0-9_-]{20,}",
            "nfp_[A-Za-z0-9]{36,}",
            "rnd_[A-Za-z0-9]{24,}",
            // Code hosting and developer tools
            "gh[pousr]_[A-Za-z0-9]{30,}",
            "github_pat_[A-Za-z0-9_]{40,}",
            "gl(?:pat|dt|rt|cbt|ptt|soat|ft|imt|agent|oas)-[A-Za-z0-9_.-]{20,}",
            "npm_[A-Za-z0-9]{30,}",
            "pypi-[A-Za-z0-9_-]{50,}",
            "dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}",
            "rubygems_[a-f0-9]{40,}",
            "PMAK-[a-f0-9]{24}-[a-f0-9]{34}",
            "sntry[su]_[A-Za-z0-9+/=_-]{40,}",
            "NRAK-[A-Z0-9]{27}",
            "glc_[A-Za-z0-9+/=]{32,}",
            "figd_[A-Za-z0-9_-]{36,}",
            "lin_api_[A-Za-z0-9]{40}",
            "ntn_[A-Za-z0-9]{40,}",
            "secret_[A-Za-z0-9]{40,}",
            // Messaging and payments
            "(?:xox[abeprs](?:\\.xox[bp])?|xapp)-[A-Za-z0-9-]{20,}",
            "[0-9]{8,10}:AA[A-Za-z0-9_-]{33}",
            "[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}",
            "SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64}",
            "SK[a-f0-9]{32}",
            "key-[a-f0-9]{32}",
            "[sr]k_(?:test|live|prod)_[A-Za-z0-9]{16,}",
            "sk_[a-f0-9]{40,}",
            "whsec_[A-Za-z0-9+/=]{24,}",
            "sq0(?:atp|csp)-[A-Za-z0-9_-]{22,}",
            "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
            "EAA[A-Za-z0-9]{80,}",
            // Keyswitch tokens, JSON Web Tokens and private keys
            "ks_[A-Za-z0-9_-]{30,}",
            "eyJ[A-Za-z0-9_-]{10,512}+\\.eyJ[A-Za-z0-9_-]{10,4096}+\\.[A-Za-z0-9_-]*",
            "-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?");

    private static String wholeKeys() {
        return Stream.concat(OF_MODEL_PROVIDERS.stream().map(Shape::pattern), OF_OTHER_SERVICES.stream())
                .collect(Collectors.joining("|"));
    }

    private static String beginnings() {
        return OF_MODEL_PROVIDERS.stream().map(Shape::beginning).collect(Collectors.joining("|"));
    }

    static final Pattern ANY = Pattern.compile("(?<![A-Za-z0-9])(?:" + wholeKeys() + ")");

    /** A known prefix and its continuation on further lines, each with at least 6 characters and a digit. */
    static final Pattern BROKEN = Pattern.compile("(?<![A-Za-z0-9])(?:"
            + beginnings()
            + ")[A-Za-z0-9_-]{0,512}+"
            + "(?:[ \\t]{0,16}+\\R[ \\t]{0,16}+(?!" + wholeKeys()
            + ")(?=[A-Za-z0-9_-]{0,512}[0-9])[A-Za-z0-9_-]{6,512}+(?![A-Za-z0-9_-])){1,12}+");

    /**
     * A known prefix and further pieces behind blanks, as when a key was copied in parts: each with letters and digits mixed as in
     * no word and no model's id ("Llama-3-70B-Instruct"). The first piece is no word either ("sk-learn").
     */
    static final Pattern SPLIT = Pattern.compile("(?<![A-Za-z0-9])(?:"
            + beginnings()
            + ")(?=[a-z_-]{0,64}+[A-Z0-9])[A-Za-z0-9_-]{2,512}+"
            // What is a key by itself is another one.
            + "(?:[ \\t]{1,4}+(?!" + wholeKeys() + ")(?:"
            + "(?=[A-Za-z]{0,64}[0-9])(?=[0-9]{0,64}[A-Za-z])[A-Za-z0-9]{12,512}+(?![A-Za-z0-9_-])"
            + "|(?=[A-Za-z0-9_-]{0,64}(?<![A-Za-z0-9])(?=[a-z0-9]{0,64}[A-Z])(?=[A-Z0-9]{0,64}[a-z])(?=[A-Za-z]{0,64}[0-9])[A-Za-z0-9]{8})"
            + "[A-Za-z0-9_-]{12,512}+)){1,4}+");

    /**
     * The password in a URL such as {@code postgres://user:password@host}; not a placeholder such as {@code <password>}
     * or {@code $PASSWORD}.
     */
    static final Pattern PASSWORD_IN_URL =
            Pattern.compile("(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,20}+://[^\\s:/@]{0,64}+:"
                    + "(?!(?i:password|passwd|passwort|pass|pwd|secret|changeme|example|x+|\\*+|\\.+|\\$\\{?\\w+\\}?|<[^>]*>|\\{[^}]*\\}|%s)@)"
                    + "(?<key>[^\\s/@]{2,256}+)@");

    private KnownPrefixes() {}
}
