package io.keyswitch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.secret.ApiKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Enforces the package dependencies described in docs/architecture.md. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("io.keyswitch");

    private static final String[] FEATURES = {
        "io.keyswitch.account..",
        "io.keyswitch.modelconfig..",
        "io.keyswitch.conversation..",
        "io.keyswitch.chat..",
        "io.keyswitch.swarmspace..",
        "io.keyswitch.limits.."
    };
    private static final String[] EDGES = {"io.keyswitch.http..", "io.keyswitch.cli..", "io.keyswitch"};

    @Test
    void noPackageIsPartOfACycle() {
        slices().matching("io.keyswitch.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void noOtherPackageDependsOnTheRootPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.keyswitch")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.keyswitch")
                .check(CLASSES);
    }

    @Test
    void featuresDoNotDependOnHttpCliOrVertx() {
        noClasses()
                .that()
                .resideInAnyPackage(FEATURES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(EDGES)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(FEATURES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..")
                .check(CLASSES);
    }

    @Test
    void llmDoesNotDependOnUsersThreadsOrFeatures() {
        noClasses()
                .that()
                .resideInAPackage("io.keyswitch.llm..")
                .should()
                .dependOnClassesThat(belongToAnyOf(UserId.class, ThreadId.class, ThreadRef.class)
                        .or(resideInAnyPackage(
                                "io.keyswitch.chat..",
                                "io.keyswitch.conversation..",
                                "io.keyswitch.modelconfig..",
                                "io.keyswitch.http..",
                                "io.keyswitch.sql..",
                                "io.keyswitch.auth..",
                                "io.keyswitch.settings..")))
                .check(CLASSES);
    }

    @Test
    void wireFormatsDependOnNoIoAndNoSecrets() {
        noClasses()
                .that()
                .resideInAPackage("io.keyswitch.llm.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..",
                        "java.net..",
                        "java.io..",
                        "java.nio.file..",
                        "io.keyswitch.secret..",
                        "io.keyswitch.llm.transport..")
                .check(CLASSES);
    }

    @Test
    void connectionsDependOnlyOnTheProcessPackage() {
        classes()
                .that()
                .resideInAPackage("io.keyswitch.llm.connection")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages("io.keyswitch..")
                        .or(resideInAPackage("io.keyswitch.llm.connection"))
                        .or(resideInAPackage("io.keyswitch.process")))
                .check(CLASSES);
    }

    @Test
    void onlyTheSecretPackageUsesJavaxCrypto() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.keyswitch.secret..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javax.crypto..")
                .check(CLASSES);
    }

    @Test
    void onlySecretTransportAndTransferCallApiKeyReveal() {
        noClasses()
                .that(resideOutsideOfPackages(
                        "io.keyswitch.secret..", "io.keyswitch.llm.transport..", "io.keyswitch.transfer.."))
                .should()
                .callMethod(ApiKey.class, "reveal")
                .check(CLASSES);
    }

    @Test
    void onlyTheCliDependsOnTheSimulator() {
        noClasses()
                .that(resideOutsideOfPackages("io.keyswitch.cli..", "io.keyswitch.simulator.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.keyswitch.simulator.."))
                .check(CLASSES);
    }

    @Test
    void leafPackagesDependOnNoOtherKeyswitchPackage() {
        for (var leaf : new String[] {"core", "provider", "revocation", "process", "llm.sse"}) {
            classes()
                    .that()
                    .resideInAPackage("io.keyswitch." + leaf)
                    .should()
                    .onlyDependOnClassesThat(
                            resideOutsideOfPackages("io.keyswitch..").or(resideInAPackage("io.keyswitch." + leaf)))
                    .check(CLASSES);
        }
    }

    private static final int MOST_PARAMETERS = 7;

    /** Exempt: types that mirror settings files, database rows, callable responses or simulated provider APIs. */
    private static final Set<String> WIRE_DATA = Set.of(
            "io.keyswitch.settings",
            "io.keyswitch.simulator",
            "io.keyswitch.chat.MessageRow",
            "io.keyswitch.conversation.FlowStates$Row",
            "io.keyswitch.http.callable.ModelConfigFunctions$Current",
            "io.keyswitch.http.callable.ModelConfigFunctions$Offered");

    @Test
    void methodsAndConstructorsTakeAtMostSevenParameters() {
        for (var type : CLASSES) {
            boolean wireData = WIRE_DATA.contains(type.getPackageName()) || WIRE_DATA.contains(type.getFullName());
            if (!wireData && !type.isEnum()) {
                for (var unit : type.getCodeUnits()) {
                    boolean synthetic = unit.getModifiers().contains(JavaModifier.SYNTHETIC);
                    Assertions.assertThat(
                                    synthetic ? 0 : unit.getRawParameterTypes().size())
                            .as(unit.getFullName())
                            .isLessThanOrEqualTo(MOST_PARAMETERS);
                }
            }
        }
    }

    /** Only one package detects keys in user input; no other package has patterns of its own. */
    @Test
    void onlyTheSecretPackageUsesTheKeyPatterns() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.keyswitch.secret")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "io\\.keyswitch\\.secret\\.(KeyShapes|KnownPrefixes|NamedSecrets|FoldedText|KeySpellings).*")
                .check(CLASSES);
    }

    /**
     * The flow is a pure function, so its tests are tables: no database, no provider, no clock. All of {@code conversation} is pure
     * except the classes named here.
     */
    @Test
    void theFlowDependsOnNoDatabaseTransportOrClock() {
        noClasses()
                .that()
                .resideInAPackage("io.keyswitch.conversation")
                .and()
                .haveNameNotMatching(".*\\.(FactFinder|FlowActions|FlowStates|JustChanged|ModelChange|Voices)(\\$.*)?")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "io.keyswitch.sql..",
                                "io.keyswitch.llm.transport..",
                                "org.jdbi..",
                                "java.util.concurrent..")
                        .or(belongToAnyOf(InstantSource.class, Instant.class)))
                .check(CLASSES);
    }

    @Test
    void understandingDependsOnNamesAndWordsAlone() {
        classes()
                .that()
                .resideInAPackage("io.keyswitch.understanding..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages("io.keyswitch..")
                        .or(resideInAnyPackage(
                                "io.keyswitch.understanding..",
                                "io.keyswitch.language",
                                "io.keyswitch.provider",
                                "io.keyswitch.core",
                                "io.keyswitch.modelconfig")))
                .check(CLASSES);
    }

    @Test
    void mainCodeContainsNoProviderIdLiterals() throws Exception {
        try (var files = Files.walk(Path.of("server/src/main/java/io/keyswitch"))) {
            var offenders = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> withoutSettingNames(source(file))
                            .matches("(?s).*\"(?:groq|openai|anthropic|gemini|cloudflare|swarmspace|mistral)\".*"))
                    .toList();
            Assertions.assertThat(offenders).isEmpty();
        }
    }

    /** SQL is built from literals and upper-case constants only; user input is passed as bound parameters. */
    @Test
    void sqlStatementsAreBuiltFromConstantsOnly() throws Exception {
        var literals = Pattern.compile("(?s)\"{3}.*?\"{3}|\"(?:[^\"\\\\]++|\\\\.)*+\"");
        var statement = Pattern.compile(
                "(?:createQuery|createUpdate|createCall|createScript|prepareBatch|handle\\.execute)\\(([^)]*)");
        try (var files = Files.walk(Path.of("server/src/main/java/io/keyswitch"))) {
            var arguments = files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> literals.matcher(source(file)).replaceAll(""))
                    .flatMap(source -> statement.matcher(source).results())
                    .map(match -> match.group(1))
                    .toList();
            Assertions.assertThat(arguments)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(argument -> Assertions.assertThat(argument).matches("[\\sA-Z_+]*"));
        }
    }

    /** Removes the allowed literals: "swarmspace" is also a settings section, "openai" also a wire format. */
    private static String withoutSettingNames(String source) {
        return source.replace("SWARMSPACE = \"swarmspace\"", "").replace("otherwise = \"openai\"", "");
    }

    private static String source(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
