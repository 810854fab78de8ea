package io.keyswitch.bench;

import io.keyswitch.bench.Subject.Ask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a request costs in Keyswitch, beside other gateways and beside the provider alone, in one run on one machine.
 *
 * <p>{@code Compare LAUNCHER WORK PEERS REPORT SECONDS [PARTS]}: Keyswitch's launcher, a directory for temporary files, the
 * directory of the installed peers, the Markdown file to write, and how long each measurement takes. Costs of requests are
 * measured {@value #ROUNDS} times, in turn with those of the other subjects, and their median is reported. Where only some
 * parts are measured (a list separated by commas), it is beside nginx alone, and nothing is written.
 */
final class Compare implements AutoCloseable {
    private static final int ROUNDS = 3;
    private static final int CONNECTIONS = 10;
    private static final int STREAMS = 1_000;
    private static final int STREAMS_BEGUN_PER_SECOND = 500;
    private static final Duration WARM_UP = Duration.ofSeconds(45);
    /** A frame counts as late after it: people see it. */
    private static final long LATE = Duration.ofMillis(100).toNanos();

    private static final List<Integer> LIMITS_MS = List.of(5, 10, 50);
    private static final double FASTER = 1.3;
    private static final int FIRST_RATE = 100;
    private static final int LAST_RATE = 100_000;
    private static final int RATE_CONNECTIONS = 100;
    /** How many seconds of the warm-up curve are measured. */
    private static final int CURVE_SECONDS = 15;

    private static final int CHATS = 10;

    private static final String KEYSWITCH = "Keyswitch";

    /** What can be measured. */
    private enum Part {
        PLAIN,
        LONG,
        STREAM,
        ONE,
        WAYS,
        PACED,
        RATES,
        CHATS,
        CURVE
    }

    private final Path launcher;
    private final Path work;
    private final Rig rig;
    private final Path peers;
    private final Duration time;
    private final Set<Part> parts;
    private final Report report;
    private final List<Gateway> gateways = new ArrayList<>();

    private Compare(Path launcher, Path work, Path peers, Duration time, Set<Part> parts)
            throws IOException, InterruptedException {
        this.launcher = launcher;
        this.work = work;
        this.peers = peers;
        this.time = time;
        this.parts = parts;
        this.report = new Report();
        this.rig = new Rig(launcher, work);
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        var all = EnumSet.allOf(Part.class);
        var parts = arguments.length > 5 ? parts(arguments[5]) : all;
        try (var compare = new Compare(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                Duration.ofSeconds(Integer.parseInt(arguments[4])),
                parts)) {
            compare.run();
            if (parts.equals(all)) {
                compare.report.writeInto(Path.of(arguments[3]));
            } else {
                System.out.println(compare.report.all());
            }
        }
    }

    private static Set<Part> parts(String names) {
        return Arrays.stream(names.split(","))
                .map(name -> Part.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    private void run() throws IOException, InterruptedException {
        report.start(
                KEYSWITCH,
                rig.keyswitch().startTook(),
                Usage.memory(rig.keyswitch().process()));
        var own = users(rig);
        var others = startOthers(rig.provider());
        var all = Stream.of(List.of(rig.direct()), others, List.of(own.getFirst()))
                .flatMap(List::stream)
                .toList();
        warmUp(
                parts.contains(Part.WAYS)
                        ? Stream.concat(all.stream(), own.stream().skip(1)).toList()
                        : all);
        measure(Part.PLAIN, () -> costs("1 KB", Ask.PLAIN, CONNECTIONS, all));
        measure(Part.LONG, () -> costs("100 KB", Ask.LONG, CONNECTIONS, all));
        measure(Part.STREAM, () -> costs("stream of 50 frames", Ask.STREAM, CONNECTIONS, all));
        measure(Part.ONE, () -> {
            costs("1 KB, one connection", Ask.PLAIN, 1, all);
            costs("stream, one connection", Ask.STREAM, 1, all);
        });
        measure(Part.WAYS, () -> {
            costs("1 KB, Keyswitch's ways", Ask.PLAIN, CONNECTIONS, own);
            costs("stream of 50 frames, Keyswitch's ways", Ask.STREAM, CONNECTIONS, own);
        });
        measure(Part.PACED, () -> each(all, this::pacedStreams));
        measure(Part.RATES, () -> each(all, this::rates));
        if (parts.contains(Part.CHATS)) {
            chats();
        }
        if (parts.contains(Part.CURVE)) {
            warmUpCurve();
        }
    }

    private void measure(Part part, Runnable measurement) {
        if (parts.contains(part)) {
            measurement.run();
        }
    }

    /** A measurement of one subject. */
    @FunctionalInterface
    private interface Measurement {
        void take(Subject subject) throws IOException;
    }

    /** Measures subjects one after another; one that breaks down under the load lacks its line. */
    private static void each(List<Subject> subjects, Measurement measurement) {
        for (var subject : subjects) {
            try {
                measurement.take(subject);
            } catch (IOException e) {
                Progress.say("%s cannot be measured: %s".formatted(subject.name(), e.getMessage()));
            }
        }
    }

    private Gateway start(Gateway.Start start) throws IOException, InterruptedException {
        var gateway = Gateway.start(start, work.resolve(start.name().replace(' ', '-') + ".log"));
        gateways.add(gateway);
        return gateway;
    }

    /** A user for each way of a request through Keyswitch. */
    private static List<Subject> users(Rig rig) throws IOException, InterruptedException {
        return List.of(
                rig.user("own", KEYSWITCH),
                rig.user("project", "Keyswitch, project key"),
                rig.user("as-anthropic", "Keyswitch, from Anthropic's format"),
                rig.user("as-gemini", "Keyswitch, from Gemini's format"));
    }

    private List<Subject> startOthers(int provider) throws IOException, InterruptedException {
        var known = new Peers(peers, work, provider);
        var subjects = new ArrayList<Subject>();
        subjects.add(subject(start(known.nginx()), Map.of()));
        if (parts.size() < Part.values().length) {
            return subjects;
        }
        subjects.add(subject(start(known.haproxy()), Map.of()));
        if (known.isInstalled("spring-cloud-gateway")) {
            subjects.add(subject(start(known.springCloudGateway()), Map.of()));
        }
        if (known.isInstalled("portkey")) {
            subjects.add(subject(start(known.portkey()), known.portkeyHeaders()));
        }
        if (known.isInstalled("litellm")) {
            subjects.add(subject(start(known.litellm()), Peers.litellmHeaders()));
        }
        return subjects;
    }

    private Subject subject(Gateway gateway, Map<String, String> headers) throws IOException {
        report.start(gateway.name(), gateway.startTook(), Usage.memory(gateway.process()));
        return new Subject(gateway.name(), gateway.port(), gateway.process(), headers);
    }

    /** Lets each compile what it compiles while it runs. */
    private static void warmUp(List<Subject> subjects) throws IOException {
        for (var subject : subjects) {
            Progress.say("warming up " + subject.name());
            for (var ask : List.of(Ask.PLAIN, Ask.LONG, Ask.STREAM)) {
                Load.run(Load.Plan.asFastAsPossible(
                        subject.port(), subject.request(ask), CONNECTIONS, WARM_UP.dividedBy(3)));
            }
        }
    }

    /** One measurement of a subject. */
    record Sample(Load.Result result, double cpuMicros) {
        static Sample take(Subject subject, Load.Plan plan) throws IOException {
            var before = Usage.cpu(subject.process());
            var result = Load.run(plan);
            var cpu = Usage.cpu(subject.process()).minus(before);
            if (result.failed() > result.answered() / 100) {
                throw new IOException("%s: %d of %d requests failed"
                        .formatted(subject.name(), result.failed(), result.failed() + result.answered()));
            }
            return new Sample(result, cpu.toNanos() / 1e3 / Math.max(1, result.answered()));
        }
    }

    private void costs(String title, Ask ask, int connections, List<Subject> subjects) {
        var samples = new LinkedHashMap<String, List<Sample>>();
        for (int round = 1; round <= ROUNDS; round++) {
            var name = "%s, round %d".formatted(title, round);
            each(subjects, subject -> {
                Progress.say(name + ": " + subject.name());
                var plan = Load.Plan.asFastAsPossible(subject.port(), subject.request(ask), connections, time);
                try (var memory = new PeakMemory(subject.process())) {
                    var sample = Sample.take(subject, plan);
                    samples.computeIfAbsent(subject.name(), _ -> new ArrayList<>())
                            .add(sample);
                    report.loaded(subject.name(), memory.bytes());
                }
            });
        }
        report.costs(title, samples);
    }

    /** Streams with a frame every 50 ms each. */
    private void pacedStreams(Subject subject) throws IOException {
        Progress.say("%,d paced streams: %s".formatted(STREAMS, subject.name()));
        long idle = Usage.memory(subject.process());
        var plan = new Load.Plan(
                subject.port(),
                subject.request(Ask.PACED),
                STREAMS,
                STREAMS_BEGUN_PER_SECOND,
                STREAMS,
                Duration.ofSeconds(20));
        var before = Usage.cpu(subject.process());
        try (var memory = new PeakMemory(subject.process())) {
            var result = Load.run(plan);
            var cpu = Usage.cpu(subject.process()).minus(before);
            report.streams(subject.name(), result, cpu, LATE, memory.bytes() - idle);
        }
    }

    /** Raises the rate until the 99th percentile exceeds the highest limit twice in a row. */
    private void rates(Subject subject) throws IOException {
        var best = new LinkedHashMap<Integer, Integer>();
        int kept = 0;
        for (double rate = FIRST_RATE; best.size() < LIMITS_MS.size() && rate < LAST_RATE; rate *= FASTER) {
            Progress.say("%,.0f requests a second: %s".formatted(rate, subject.name()));
            long p99 = Math.min(p99(subject, (int) rate), p99(subject, (int) rate));
            for (int limit : LIMITS_MS) {
                if (p99 > Duration.ofMillis(limit).toNanos()) {
                    best.putIfAbsent(limit, kept);
                }
            }
            kept = (int) rate;
        }
        report.rates(subject.name(), best);
    }

    /** In nanoseconds; where more than one percent fails, more than any limit. */
    private static long p99(Subject subject, int rate) throws IOException {
        var result = Load.run(new Load.Plan(
                subject.port(),
                subject.request(Ask.PLAIN),
                RATE_CONNECTIONS,
                rate,
                Long.MAX_VALUE,
                Duration.ofSeconds(2)));
        // What was due and could not be sent in time has waited for at least as long as the rest.
        boolean behind = result.answered() + result.failed() < 1.96 * rate;
        return behind || result.failed() > result.answered() / 100
                ? Long.MAX_VALUE
                : result.latency().getValueAtPercentile(99);
    }

    /** What a message costs in threads of different lengths. */
    private void chats() throws IOException, InterruptedException {
        var server = rig.keyswitch();
        for (int messages : List.of(10, 100, 1_000)) {
            Progress.say("threads of %,d messages".formatted(messages));
            var thread = "t" + messages;
            var data = "{\"threadId\":\"%s\",\"message\":\"What else can you do?\"}".formatted(thread);
            for (int i = 0; i < messages / 2; i++) {
                server.call("own", "sendChatMessage", data);
            }
            var took = new ArrayList<Long>();
            for (int i = 0; i < CHATS; i++) {
                long begun = System.nanoTime();
                server.call("own", "sendChatMessage", data);
                took.add(System.nanoTime() - begun);
            }
            report.chat(messages, messages + 2 * CHATS, Report.median(took));
        }
    }

    /** A fresh start under load at once, second by second. */
    private void warmUpCurve() throws IOException, InterruptedException {
        try (var fresh = new Rig(launcher, Files.createDirectories(work.resolve("fresh")))) {
            var subject = fresh.user("own", KEYSWITCH);
            for (int second = 1; second <= CURVE_SECONDS; second++) {
                Progress.say("second %d after the start".formatted(second));
                var plan = Load.Plan.asFastAsPossible(
                        subject.port(), subject.request(Ask.PLAIN), CONNECTIONS, Duration.ofSeconds(1));
                report.warmUp(second, Sample.take(subject, plan));
            }
        }
    }

    @Override
    public void close() {
        gateways.forEach(Gateway::close);
        rig.close();
    }

    /** Says on standard error what is being measured. */
    private static final class Progress {
        private Progress() {}

        static void say(String what) {
            System.err.println("bench: " + what);
        }
    }
}
