package io.keyswitch.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends the same request over and over on kept connections, from one thread. With a rate, requests have scheduled times and
 * latency counts from these, so that a server that stalls is charged for all who had to wait (no coordinated omission); without,
 * each connection sends its next request when it has its answer.
 */
final class Load {
    /**
     * What to send.
     *
     * @param connections how many requests may be in flight
     * @param rate requests a second; 0 for as many as are answered
     * @param requests after how many to stop, at the latest
     * @param time after how long to begin no more
     */
    record Plan(int port, ByteBuffer request, int connections, int rate, long requests, Duration time) {
        static Plan asFastAsPossible(int port, ByteBuffer request, int connections, Duration time) {
            return new Plan(port, request, connections, 0, Long.MAX_VALUE, time);
        }
    }

    /**
     * What came back; histograms in nanoseconds.
     *
     * @param latency from the scheduled time to the last byte
     * @param firstByte from the scheduled time to the first byte of the body
     * @param frames from sending a frame to receiving it
     */
    record Result(long answered, long failed, Duration took, Histogram latency, Histogram firstByte, Histogram frames) {
        double perSecond() {
            return answered / (took.toNanos() / 1e9);
        }
    }

    /** After it, requests in flight are given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 3;
    private static final long NAP = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int SUCCESS = 200;

    private final Plan plan;
    private final Histogram latency = new Histogram(LONGEST, DIGITS);
    private final Histogram firstByte = new Histogram(LONGEST, DIGITS);
    private final Histogram frames = new Histogram(LONGEST, DIGITS);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    private final Queue<Client> idle = new ArrayDeque<>();
    private long begun;
    private long answered;
    private long failed;

    private Load(Plan plan) {
        this.plan = plan;
    }

    /** Runs a plan to its end. */
    static Result run(Plan plan) throws IOException {
        return new Load(plan).run();
    }

    /** One connection, and the request on it. */
    private final class Client implements ResponseReader.Listener {
        private final SocketChannel channel;
        private final SelectionKey key;
        private final ByteBuffer request = plan.request().duplicate();
        private final ResponseReader reader = new ResponseReader(this);
        private long scheduled;
        private boolean busy;

        Client(Selector selector) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), plan.port()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send(long at) throws IOException {
            scheduled = at;
            busy = true;
            begun++;
            request.rewind();
            write();
        }

        void write() throws IOException {
            channel.write(request);
            key.interestOps(
                    request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }

        void read() throws IOException {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("the server has closed a connection");
            }
            buffer.flip();
            reader.read(buffer);
        }

        @Override
        public void bodyBegan() {
            firstByte.recordValue(sinceScheduled());
        }

        @Override
        public void frame(long sentAt) {
            frames.recordValue(Math.clamp(System.nanoTime() - sentAt, 0, LONGEST));
        }

        @Override
        public void ended(int status) {
            if (status == SUCCESS) {
                answered++;
                latency.recordValue(sinceScheduled());
            } else {
                failed++;
            }
            busy = false;
            idle.add(this);
        }

        /** Replaces a connection that the server has closed; a request on it has failed. */
        void lost(Selector selector) throws IOException {
            key.cancel();
            channel.close();
            if (busy) {
                failed++;
            }
            idle.remove(this);
            idle.add(new Client(selector));
        }

        private long sinceScheduled() {
            return Math.clamp(System.nanoTime() - scheduled, 0, LONGEST);
        }
    }

    private Result run() throws IOException {
        try (var selector = Selector.open()) {
            for (int i = 0; i < plan.connections(); i++) {
                idle.add(new Client(selector));
            }
            long start = System.nanoTime();
            long end = start + plan.time().toNanos();
            long interval = plan.rate() == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / plan.rate();
            long next = start;
            while (System.nanoTime() - end < 0 && begun < plan.requests()) {
                next = sendDue(selector, next, interval);
                await(selector, next, interval);
            }
            while (answered + failed < begun && System.nanoTime() - end < PATIENCE.toNanos()) {
                receive(selector, selector.select(1));
            }
            failed += begun - answered - failed;
            var took = Duration.ofNanos(System.nanoTime() - start);
            for (var key : selector.keys()) {
                key.channel().close();
            }
            return new Result(answered, failed, took, latency, firstByte, frames);
        }
    }

    /** Sends what is due. @return the scheduled time of the next request */
    private long sendDue(Selector selector, long scheduled, long interval) throws IOException {
        long next = scheduled;
        long now = System.nanoTime();
        while (!idle.isEmpty() && begun < plan.requests() && (interval == 0 || next - now <= 0)) {
            var client = idle.remove();
            try {
                client.send(interval == 0 ? now : next);
            } catch (IOException _) {
                client.lost(selector);
            }
            next += interval;
        }
        return next;
    }

    /** Waits for answers, or until a request is due: selectors count in milliseconds, which is too coarse. */
    private void await(Selector selector, long next, long interval) throws IOException {
        if (interval == 0 || idle.isEmpty()) {
            receive(selector, selector.select(1));
        } else {
            int ready = selector.selectNow();
            receive(selector, ready);
            if (ready == 0) {
                LockSupport.parkNanos(Math.min(NAP, Math.max(1, next - System.nanoTime())));
            }
        }
    }

    private static void receive(Selector selector, int ready) throws IOException {
        if (ready == 0) {
            return;
        }
        var readyKeys = List.copyOf(selector.selectedKeys());
        selector.selectedKeys().clear();
        for (var key : readyKeys) {
            if (key.attachment() instanceof Client client) {
                try {
                    if (key.isWritable()) {
                        client.write();
                    }
                    if (key.isReadable()) {
                        client.read();
                    }
                } catch (IOException _) {
                    client.lost(selector);
                }
            }
        }
    }
}
