package io.keyswitch.llm.connection;

/** Receives the connection that was asked for, or the reason why there is none. */
public interface ConnectionListener {
    /** Called on the event loop; the connection is to be used for one request, or given back. */
    void opened(Connection connection);

    void failed(Throwable cause);
}
