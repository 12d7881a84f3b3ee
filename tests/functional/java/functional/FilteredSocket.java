package functional;

import jakarta.websocket.server.ServerEndpoint;

/** The same behind a filter of Python's. */
@ServerEndpoint("/filtered/socket")
public final class FilteredSocket extends Socket {}
