package io.keyswitch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The tables of {@link Compare}, in Markdown. */
final class Report {
    private static final String BEGIN = "<!-- figures of bench/run -->";
    private static final String END = "<!-- end of the figures -->";
    private static final double NANOS_PER_MS = 1e6;
    private static final int MEGABYTE = 1 << 20;
    private static final String PROXY = "nginx";

    private final Map<String, Duration> starts = new LinkedHashMap<>();
    private final Map<String, Long> idle = new LinkedHashMap<>();
    private final Map<String, Long> loaded = new LinkedHashMap<>();
    private final StringBuilder tables = new StringBuilder();
    private final StringBuilder streams = new StringBuilder();
    private final StringBuilder rates = new StringBuilder();
    private final StringBuilder chats = new StringBuilder();
    private final StringBuilder warmUp = new StringBuilder();

    static long median(Collection<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0L);
    }

    private static double median(List<Compare.Sample> samples, java.util.function.ToDoubleFunction<Compare.Sample> of) {
        return samples.stream()
                .mapToDouble(of)
                .sorted()
                .skip(samples.size() / 2)
                .findFirst()
                .orElse(0);
    }

    void start(String name, Duration took, long memory) {
        starts.put(name, took);
        idle.put(name, memory);
    }

    /** Remembers the most memory that a subject used under load. */
    void loaded(String name, long memory) {
        loaded.merge(name, memory, Math::max);
    }

    private static double ms(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS_PER_MS;
    }

    /** Adds a table of what requests of one kind cost. */
    void costs(String title, Map<String, List<Compare.Sample>> samples) {
        var proxy = samples.get(PROXY);
        double floor = proxy == null ? Double.NaN : median(proxy, Compare.Sample::cpuMicros);
        tables.append("**%s**%n%n".formatted(title))
                .append(
                        "| | requests per second | CPU per request | as a multiple of nginx | first byte p50 / p99 | last byte p50 / p99 |%n|---|--:|--:|--:|--:|--:|%n"
                                .formatted());
        samples.forEach((name, taken) -> {
            double cpu = median(taken, Compare.Sample::cpuMicros);
            var line = "| %s | %,.0f | %,.0f µs | %s | %.2f / %.2f ms | %.2f / %.2f ms |%n"
                    .formatted(
                            name,
                            median(taken, sample -> sample.result().perSecond()),
                            cpu,
                            name.equals("direct") || Double.isNaN(floor) ? "" : "%.1f".formatted(cpu / floor),
                            median(taken, sample -> ms(sample.result().firstByte(), 50)),
                            median(taken, sample -> ms(sample.result().firstByte(), 99)),
                            median(taken, sample -> ms(sample.result().latency(), 50)),
                            median(taken, sample -> ms(sample.result().latency(), 99)));
            System.out.print(line);
            tables.append(line);
        });
        tables.append('\n');
    }

    /** Adds what paced streams cost and how many of their frames were late. */
    void streams(String name, Load.Result result, Duration cpu, long late, long memory) {
        var frames = result.frames();
        double lateShare = 100.0
                * frames.getCountBetweenValues(late, frames.getHighestTrackableValue() - 1)
                / Math.max(1, frames.getTotalCount());
        var line = "| %s | %,d | %,d | %.0f µs | %.2f %% | %.1f / %.1f ms | %.0f kB |%n"
                .formatted(
                        name,
                        result.failed(),
                        frames.getTotalCount(),
                        cpu.toNanos() / 1e3 / Math.max(1, frames.getTotalCount()),
                        lateShare,
                        ms(frames, 50),
                        ms(frames, 99),
                        memory / 1024.0 / Math.max(1, result.answered()));
        System.out.print(line);
        streams.append(line);
    }

    /** Adds the highest rates at which the 99th percentile stayed within limits. */
    void rates(String name, Map<Integer, Integer> best) {
        var line = new StringBuilder("| " + name);
        best.values().forEach(rate -> line.append(rate == 0 ? " | below 100" : " | %,d".formatted(rate)));
        System.out.println(line.append(" |"));
        rates.append(line).append('\n');
    }

    void chat(int from, int to, long nanos) {
        chats.append("| %,d to %,d | %.1f ms |%n".formatted(from, to, nanos / NANOS_PER_MS));
    }

    void warmUp(int second, Compare.Sample sample) {
        var line = "| %d | %,.0f | %,.0f µs | %.1f / %.1f ms |%n"
                .formatted(
                        second,
                        sample.result().perSecond(),
                        sample.cpuMicros(),
                        ms(sample.result().latency(), 50),
                        ms(sample.result().latency(), 99));
        System.out.print(line);
        warmUp.append(line);
    }

    /** Writes the tables between their marks in a Markdown file; what stands around them stays. */
    void writeInto(Path file) throws IOException {
        var text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + " lacks the marks " + BEGIN + " and " + END);
        }
        Files.writeString(file, text.substring(0, begin + BEGIN.length()) + "\n\n" + all() + text.substring(end));
        System.out.println("written: " + file);
    }

    /** All tables. */
    String all() {
        var memory = new StringBuilder();
        starts.forEach((name, took) -> memory.append("| %s | %.2f s | %d MB | %s |%n"
                .formatted(
                        name,
                        took.toMillis() / 1000.0,
                        idle.getOrDefault(name, 0L) / MEGABYTE,
                        loaded.containsKey(name) ? loaded.get(name) / MEGABYTE + " MB" : "")));
        return tables
                + "**1,000 streams, a frame every 50 ms in each**\n\n"
                + "| | streams that failed | frames | CPU per frame | over 100 ms late | delay p50 / p99 | memory per stream |\n|---|--:|--:|--:|--:|--:|--:|\n"
                + streams
                + "\n**Highest rate of 1 KB requests whose 99th percentile stays within**\n\n"
                + "| | 5 ms | 10 ms | 50 ms |\n|---|--:|--:|--:|\n"
                + rates
                + "\n**Start and memory**\n\n"
                + "| | start to first answer | memory after it | under load |\n|---|--:|--:|--:|\n"
                + memory
                + "\n**The first seconds of Keyswitch, 1 KB, 10 connections**\n\n"
                + "| second | requests per second | CPU per request | p50 / p99 |\n|--:|--:|--:|--:|\n"
                + warmUp
                + "\n**`sendChatMessage`, one at a time**\n\n"
                + "| messages in the thread | median |\n|--:|--:|\n"
                + chats
                + "\n";
    }
}
