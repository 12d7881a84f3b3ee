package functional;

// begin: endpoint
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

@ServerEndpoint("/socket")
public class Socket {
  @OnMessage
  public String answer(String message) {
    return message;
  }
}
// end: endpoint
