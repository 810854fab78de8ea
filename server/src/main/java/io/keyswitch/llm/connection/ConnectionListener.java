package io.keyswitch.llm.connection;

/** Receives the requested connection, or the cause if it could not be opened. */
public interface ConnectionListener {
    /** Called on the event loop; the connection must be used for one request or released. */
    void opened(Connection connection);

    void failed(Throwable cause);
}
