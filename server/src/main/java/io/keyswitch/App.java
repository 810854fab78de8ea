package io.keyswitch;

import io.keyswitch.account.AccountDeletion;
import io.keyswitch.audit.AuditLog;
import io.keyswitch.auth.Authenticator;
import io.keyswitch.auth.PersonalTokens;
import io.keyswitch.chat.AnswersInProgress;
import io.keyswitch.chat.ChatService;
import io.keyswitch.chat.ModelAnswers;
import io.keyswitch.chat.Nodes;
import io.keyswitch.chat.ThreadLocks;
import io.keyswitch.chat.ThreadViews;
import io.keyswitch.chat.Threads;
import io.keyswitch.chat.Turns;
import io.keyswitch.cli.ServerStarter;
import io.keyswitch.conversation.FactFinder;
import io.keyswitch.conversation.FlowStates;
import io.keyswitch.conversation.ModelChange;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.http.HttpServer;
import io.keyswitch.http.MetricsRoute;
import io.keyswitch.http.Readiness;
import io.keyswitch.http.callable.AccountFunctions;
import io.keyswitch.http.callable.ApiKeyFunctions;
import io.keyswitch.http.callable.CallableFunction;
import io.keyswitch.http.callable.CallableRoutes;
import io.keyswitch.http.callable.ChatFunctions;
import io.keyswitch.http.callable.ModelConfigFunctions;
import io.keyswitch.http.callable.PersonalTokenFunctions;
import io.keyswitch.http.callable.SwarmspaceFunctions;
import io.keyswitch.http.openai.Clients;
import io.keyswitch.http.openai.OpenAiRoutes;
import io.keyswitch.http.web.Components;
import io.keyswitch.http.web.WebPage;
import io.keyswitch.limits.AddressLimits;
import io.keyswitch.limits.UserLimits;
import io.keyswitch.llm.transport.Deadlines;
import io.keyswitch.llm.transport.LlmClient;
import io.keyswitch.llm.transport.WorkerClient;
import io.keyswitch.modelconfig.HeldKeys;
import io.keyswitch.modelconfig.KeyCheck;
import io.keyswitch.modelconfig.KeyInUse;
import io.keyswitch.modelconfig.KeyInventory;
import io.keyswitch.modelconfig.KeyVerdicts;
import io.keyswitch.modelconfig.ModelConfigs;
import io.keyswitch.modelconfig.ModelListCache;
import io.keyswitch.modelconfig.ModelSetup;
import io.keyswitch.modelconfig.ProjectKeyCheck;
import io.keyswitch.modelconfig.ProjectKeyWarnings;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.modelconfig.Router;
import io.keyswitch.modelconfig.StoredKeys;
import io.keyswitch.modelconfig.UserModels;
import io.keyswitch.revocation.InFlight;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.secret.Vault;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseLocation;
import io.keyswitch.sql.ProcessLock;
import io.keyswitch.sql.Regularly;
import io.keyswitch.swarmspace.Plugins;
import io.keyswitch.telemetry.Metrics;
import io.keyswitch.toolcall.CallSignatures;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: creates every part of the server, in dependency order. */
public final class App implements ServerStarter.Running {
    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    /** Proxies wait 30 to 60 seconds for the next byte. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /**
     * One event loop per core: more would only add context switches. Without a directory for files of the class path, which Vert.x
     * serves none of, and which a killed process would leave behind.
     */
    private static final VertxOptions EVENT_LOOPS = new VertxOptions()
            .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
            .setPreferNativeTransport(true)
            .setFileSystemOptions(
                    new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false));

    private static final Duration HELD_KEYS_CHECKED = Duration.ofMinutes(1);
    private static final Duration SIGNATURES_CHECKED = Duration.ofMinutes(10);
    /** Twice within the second in which a change by another process must be in force. */
    private static final Duration OTHER_NODES_CHECKED = Duration.ofMillis(400);

    private static final Duration LAST_CALLS = Duration.ofSeconds(5);

    /** Closes the opened parts, most recently opened first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private final HttpServer server;
    private Set<String> functionNames = Set.of();
    /** What is done in the background after the start, which it would delay. */
    private Runnable afterStart = () -> {};

    private App(Settings settings, WebPage.SignIn signIn, InstantSource clock, Duration heartbeat) {
        try {
            server = assemble(settings, signIn, clock, heartbeat);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private HttpServer assemble(Settings settings, WebPage.SignIn signIn, InstantSource clock, Duration heartbeat) {
        var masterKeys = settings.requireMasterKeys();
        var vertx = open(Vertx.vertx(EVENT_LOOPS), closing -> closing.close().await());
        if (settings.database() instanceof DatabaseLocation.File(var file)) {
            open(ProcessLock.acquire(file), ProcessLock::close);
        }
        var database = open(Database.open(settings.database()), Database::close);
        var virtualThreads = open(Executors.newVirtualThreadPerTaskExecutor(), App::finish);
        var providers = settings.providers();
        var limits = open(new UserLimits(settings.limits(), database, clock), UserLimits::close);
        if (database.isShared()) {
            every(OTHER_NODES_CHECKED, "request-rates", limits::exchange);
            every(HELD_KEYS_CHECKED, "old-request-rates", limits::deleteOld);
        }

        var metrics = open(new Metrics(), Metrics::close);
        var keyUses = new InFlight<UserId, KeyInUse>();
        var audit = new AuditLog(database, clock);
        var configs = new ModelConfigs(database, keyUses, audit);
        var inventory = new KeyInventory(database);
        requireMasterKeys(database, masterKeys, clock);
        inventory.moved(providers).forEach(App::warnOfMovedKeys);
        var projectKeys = new ProjectKeys(providers, settings.projectKeys(), settings.defaultModel());
        var personalTokens = new PersonalTokens(database, audit, clock);
        var vault = new Vault(masterKeys);
        var storedKeys = new StoredKeys(providers, configs, vault);
        var heldKeys = new HeldKeys(providers, database, vault, clock);
        every(HELD_KEYS_CHECKED, "held-keys", heldKeys::eraseExpired);
        var verdicts = new KeyVerdicts(configs, storedKeys, virtualThreads, clock);
        var projectKeyWarnings = new ProjectKeyWarnings(projectKeys);
        var llm = open(
                new LlmClient(
                        vertx, deadlines(settings.timeouts()), metrics.registry(), verdicts.and(projectKeyWarnings)),
                LlmClient::close);
        var router = new Router(providers, projectKeys, configs, storedKeys);
        var listings = new ModelListCache(llm);
        var keyCheck = new KeyCheck(llm, listings);
        var setup = new ModelSetup(configs, projectKeys, storedKeys, keyCheck, audit, clock);
        var projectKeyCheck = new ProjectKeyCheck(providers, projectKeys, keyCheck);
        Runnable checkProjectKeys = () -> virtualThreads.execute(
                () -> projectKeyCheck.run(database.read(KeyInventory::projectKeyConfigs), projectKeyWarnings::report));

        var listedModels = new UserModels(listings, storedKeys, projectKeys);
        var facts = new FactFinder(projectKeys, configs, storedKeys, heldKeys, listings, virtualThreads);
        var flows = new FlowStates(database, providers, heldKeys);
        var modelChange = new ModelChange(providers, projectKeys, configs, setup, facts, flows, clock);
        afterStart = () -> {
            modelChange.warmUp();
            checkProjectKeys.run();
        };
        var node = UUID.randomUUID().toString();
        var turns = new Turns(database, clock, node);
        var nodes = open(new Nodes(database, turns, node), Nodes::close);
        nodes.join();
        if (database.isShared()) {
            every(Nodes.INTERVAL, "nodes", nodes::beat);
            every(Nodes.INTERVAL, "ended-nodes", nodes::endUnanswered);
        }
        var locks = new ThreadLocks();
        var answers = new InFlight<ThreadRef, String>();
        var models = open(
                new ModelAnswers(
                        turns,
                        new AnswersInProgress(database, node),
                        llm,
                        answers,
                        settings.assistant().systemPrompt(),
                        settings.limits().historyCharacters(),
                        virtualThreads),
                ModelAnswers::close);
        every(OTHER_NODES_CHECKED, "answers", models::pollRequests);
        if (database.isShared()) {
            every(OTHER_NODES_CHECKED, "other-nodes-keys", configs::cancelOutdated);
            every(OTHER_NODES_CHECKED, "other-nodes-tokens", personalTokens::cancelRevoked);
        }
        var chat = new ChatService(turns, modelChange, router, models, keyUses, limits, locks);

        var swarmspace = settings.swarmspace();
        var workers = open(
                new WorkerClient(
                        vertx,
                        settings.timeouts().connect(),
                        settings.timeouts().plugin()),
                WorkerClient::close);
        var plugins = new Plugins(
                swarmspace.plugins(), swarmspace.plans(), swarmspace.internalToken(), router, keyUses, limits, workers);
        var threads = new ThreadViews(new Threads(database), modelChange, locks, answers);
        var functions = functions(
                new PersonalTokenFunctions(personalTokens).byName(),
                new SwarmspaceFunctions(plugins).byName(),
                new ModelConfigFunctions(providers, projectKeys, configs, storedKeys, setup, listedModels).byName(),
                new ApiKeyFunctions(providers, configs, storedKeys, setup).byName(),
                new ChatFunctions(chat, threads).byName(),
                new AccountFunctions(new AccountDeletion(personalTokens, configs, threads, audit)).byName());
        functionNames = Set.copyOf(functions.keySet());
        var authenticator = new Authenticator(settings.auth(), swarmspace.tierClaim(), personalTokens, clock);
        int bodyLimit = settings.limits().bodyBytes();
        var callables = new CallableRoutes(
                vertx,
                functions,
                authenticator,
                limits,
                storedKeys,
                virtualThreads,
                new CallableRoutes.Wire(bodyLimit, heartbeat));
        var clients = new Clients(authenticator, router, keyUses, limits, virtualThreads);
        var signatures = new CallSignatures(database, vault, clock, virtualThreads);
        every(SIGNATURES_CHECKED, "call-signatures", signatures::deleteExpired);
        var openAi = new OpenAiRoutes(
                vertx,
                clients,
                limits,
                new OpenAiRoutes.Providers(llm, listings, signatures),
                virtualThreads,
                new OpenAiRoutes.Wire(bodyLimit, heartbeat));
        var firebase = settings.auth().firebase();
        var webPage = new WebPage(firebase == null ? "" : firebase.projectId(), signIn);
        return open(
                HttpServer.start(
                        vertx,
                        settings,
                        new AddressLimits(settings.limits(), clock),
                        callables,
                        List.of(
                                openAi::mount,
                                new MetricsRoute(metrics, settings.metricsToken())::mount,
                                webPage::mount,
                                Components::mount),
                        new Readiness(
                                vertx,
                                () -> requireReady(database, masterKeys, clock),
                                virtualThreads,
                                metrics.registry()),
                        () -> {
                            llm.stopCompletions();
                            workers.stopCalls();
                        }),
                HttpServer::close);
    }

    /**
     * Starts a server.
     *
     * @throws io.keyswitch.settings.SettingsException if the settings are not safe to serve with
     * @throws io.keyswitch.sql.DatabaseInUseException if another process serves the database
     * @throws io.keyswitch.sql.DatabaseUnavailableException if the database cannot be opened
     * @throws io.keyswitch.http.CannotListenException if the server cannot listen on the configured host and port
     */
    public static App start(Settings settings, WebPage.SignIn signIn) {
        var app = start(settings, signIn, InstantSource.system(), HEARTBEAT);
        app.afterStart.run();
        return app;
    }

    /** Starts a server with the given clock and interval of heartbeats, and without what is done after the start, for tests. */
    static App start(Settings settings, WebPage.SignIn signIn, InstantSource clock, Duration heartbeat) {
        return new App(settings, signIn, clock, heartbeat);
    }

    /** Registers how to close a part. */
    private <T> T open(T part, Consumer<T> close) {
        opened.push(() -> close.accept(part));
        return part;
    }

    /** Runs something again and again until the server is closed. */
    private void every(Duration interval, String name, Runnable action) {
        open(Regularly.run(name, interval, action), Regularly::close);
    }

    private static void warnOfMovedKeys(KeyInventory.Moved moved) {
        LOG.warn(
                "{} stored keys for {} were entered for {} and are not sent to {}: their users have to enter them"
                        + " again. To use them again, set providers.{}.baseUrl back",
                moved.keys(),
                moved.provider().displayName(),
                moved.baseUrl(),
                moved.provider().baseUrl(),
                moved.provider().id());
    }

    /** What every request needs. Another process may have encrypted stored keys with a master key that this one does not have. */
    private static void requireReady(Database database, MasterKeys masterKeys, InstantSource clock) {
        database.requireWritable();
        requireMasterKeys(database, masterKeys, clock);
    }

    private static void requireMasterKeys(Database database, MasterKeys masterKeys, InstantSource clock) {
        SettingsLoader.requireMasterKeys(
                masterKeys, database.read(handle -> KeyInventory.neededMasterKeyIds(handle, clock)));
    }

    private static Deadlines deadlines(Settings.Timeouts timeouts) {
        return new Deadlines(
                timeouts.connect(), timeouts.firstByte(), timeouts.gap(), timeouts.total(), timeouts.retries());
    }

    @SafeVarargs
    private static Map<String, CallableFunction> functions(Map<String, CallableFunction>... parts) {
        var functions = new HashMap<String, CallableFunction>();
        for (var part : parts) {
            functions.putAll(part);
        }
        return functions;
    }

    /** The names of all callable functions. */
    Set<String> functionNames() {
        return functionNames;
    }

    @Override
    public int port() {
        return server.port();
    }

    private static void finish(ExecutorService calls) {
        calls.shutdown();
        try {
            if (!calls.awaitTermination(LAST_CALLS.toSeconds(), TimeUnit.SECONDS)) {
                calls.shutdownNow();
                var _ = calls.awaitTermination(LAST_CALLS.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException _) {
            calls.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Lets in-flight requests finish, up to a deadline, then closes everything in reverse order. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.warn("failed to close a part: {}", e.getClass().getName());
            }
        }
    }
}
