// Answers a worker's calls of the container's services.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.services.Fields;
import org.isthmus.services.Services;

/**
 * The services for one request, in marshal.
 *
 * <p>marshal has no datetime: a dict whose only key is None has its numbers ({@link Fields}). No
 * other dict has such a key.
 */
final class ServiceAnswers {
  private final Slot slot;
  private final Exchange exchange;
  private final Services services;

  ServiceAnswers(Slot slot, Exchange exchange) {
    this.slot = slot;
    this.exchange = exchange;
    this.services = new Services(exchange);
  }

  /** Answers CALL with RESULT. */
  void answer(byte[] call) throws IOException {
    List<?> parts = Unmarshal.list(call);
    String name = Unmarshal.at(parts, 0, String.class);
    List<Object> arguments = new ArrayList<>();
    parts.subList(1, parts.size()).forEach(part -> arguments.add(plain(part)));
    int flags = 0;
    byte[] answer;
    try {
      Object result = called(name, arguments);
      answer = Marshal.of(marshalled(result));
    } catch (WsgiException e) {
      flags = Frames.REFUSED;
      answer = Conversation.encoded(e);
    }
    slot.send(Frames.RESULT, flags, answer);
  }

  private Object called(String name, List<?> arguments) {
    if (!name.equals("dispatch.include")) {
      return services.call(name, arguments);
    }
    WaitingWorker waiting = new WaitingWorker(exchange.request(), Rule.INCLUDE_OF_WORKER);
    try {
      return services.call(name, arguments);
    } finally {
      waiting.end();
    }
  }

  @SuppressWarnings("unchecked")
  private static Object plain(Object value) {
    if (value instanceof List) {
      ((List<Object>) value).replaceAll(ServiceAnswers::plain);
    } else if (value instanceof Map) {
      Map<String, Object> map = (Map<String, Object>) value;
      if (map.containsKey(null)) {
        return Fields.datetime((List<Long>) map.get(null));
      }
      map.replaceAll((key, each) -> plain(each));
    }
    return value;
  }

  private static Object marshalled(Object value) {
    if (value instanceof Temporal) {
      return Collections.singletonMap(null, Fields.of((Temporal) value));
    }
    if (value instanceof List) {
      List<Object> list = new ArrayList<>();
      ((List<?>) value).forEach(each -> list.add(marshalled(each)));
      return list;
    }
    if (value instanceof Map) {
      Map<Object, Object> map = new LinkedHashMap<>();
      ((Map<?, ?>) value).forEach((key, each) -> map.put(key, marshalled(each)));
      return map;
    }
    return value;
  }
}
