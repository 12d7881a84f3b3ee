// The codes of all rules that a user can break.
package org.isthmus.errors;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

/**
 * One rule that a deployer or an application can break, with its permanent code.
 *
 * <p>{@code messages.properties} has the text of each: a {@link String#format} pattern that states
 * the rule and the offending value, then the remedy. {@code docs/errors.md} has one entry per
 * constant; codes are never reused.
 */
public enum Rule {
  SETTING_UNKNOWN(1),
  SETTING_MALFORMED(2),
  MODJY_CALLABLE_QUERY(3),
  MODJY_ADVICE(4),
  SOURCE_IN_ROOT(5),
  JYTHON_ABSENT(6),
  ENGINE_FAILED(7),
  STAGING_FAILED(8),
  SETTING_SHARED(9),
  STATUS_TYPE(10),
  STATUS_MALFORMED(11),
  START_RESPONSE_TWICE(12),
  HEADERS_TYPE(13),
  HEADER_TYPE(14),
  HEADER_NAME(15),
  HEADER_VALUE(16),
  HOP_BY_HOP(17),
  CONTENT_LENGTH(18),
  EXC_INFO_TYPE(19),
  START_RESPONSE_ARGUMENTS(20),
  START_RESPONSE_MISSING(30),
  RESULT_NONE(31),
  RESULT_NOT_ITERABLE(32),
  BLOCK_TYPE(33),
  BODY_SHORT(34),
  BODY_LONG(35),
  APPLICATION_RAISED(36),
  CLOSE_RAISED(37),
  RESULT_STR(38),
  WRITE_ARGUMENTS(39),
  REQUEST_TOO_LARGE(40),
  BODY_REBUILT(41),
  BODY_CONSUMED(42),
  UNDERSCORE_REFUSED(43),
  ENVIRON_ENDED(44),
  INPUT_ENDED(45),
  RESPONSE_ENDED(46),
  APP_MALFORMED(50),
  APP_ABSENT(51),
  MODULE_ABSENT(52),
  MODULE_FAILED(53),
  CALLABLE_ABSENT(54),
  FACTORY_FAILED(55),
  NOT_CALLABLE(56),
  FILE_ABSENT(57),
  INIT_FAILED(60),
  FILTER_SHADOWED(61),
  EXIT_FAILED(62),
  THREAD_REMAINS(63),
  SIGNAL_REFUSED(64),
  START_FAILED(65),
  CLOSE_FAILED(66),
  DRAIN_OVER(67),
  RESOURCE_OUTSIDE(70),
  FILE_NAME(71),
  COPY_REMAINS(72),
  BACKGROUND_FAILED(73),
  PRELOAD_FAILED(74),
  START_REMAINS(75),
  PYTHON3_SYNTAX(76),
  SYNTAX_ERROR(77),
  PYTHON3_IMPORT(78),
  C_EXTENSION(79),
  IMPORT_ABSENT(80),
  CODE_TOO_LARGE(81),
  RESULT_UNICODE(82),
  PYTHON_HOME(83),
  JYTHON_TWICE(84),
  JYTHON_SHARED(85),
  PROVIDER_SHARED(86),
  TOO_MANY_REQUESTS(90),
  POOL_EXHAUSTED(91),
  SLOW_REQUEST(92),
  TIMED_OUT(93),
  REQUEST_REMAINS(94),
  POOL_SIZES(95),
  POOL_GROWTH(96),
  WAIT_INTERRUPTED(97),
  STATUS_ROLE_MISSING(98),
  EVENT_FAILED(99),
  EVENT_ABSENT(100),
  RELOAD_FAILED(110),
  RELOAD_ENDED(111),
  RELOAD_PACKED(112),
  GENERATION_KEPT(113),
  GENERATION_CUT(114),
  DEPLOY_ABSENT(120),
  CONFIG_FILE(121),
  CONFIG_SYNTAX(122),
  CONFIG_SECTION(123),
  CONFIG_VALUE(124),
  CONFIG_USE(125),
  CONFIG_EGG(126),
  CONFIG_CYCLE(127),
  CONFIG_INCOMPLETE(128),
  CONFIG_FACTORY(129),
  BODY_BROKEN(130),
  HEAD_REFUSED(131),
  FILE_SHRANK(132),
  RESULT_LENGTH(133),
  LENGTH_REFUSED(134),
  EXIT_REFUSED(140),
  NO_END(141),
  DATA_DIR_RELATIVE(150),
  DATA_DIR_INSIDE(151),
  DATA_DIR_UNUSABLE(152),
  INPUT_REFUSED(153),
  ENGINE_UNKNOWN(156),
  OPTION_UNKNOWN(160),
  OPTION_VALUE(161),
  PORT_USED(162),
  ADDRESS(163),
  KEYSTORE(164),
  WORKDIR(165),
  WAR_UNREADABLE(166),
  JAVA_TOO_OLD(167),
  JETTY_ABSENT(168),
  COMMAND_MISSING(169),
  SERVER_FAILED(170),
  LOGIN_SERVICE_ABSENT(171),
  JSP(172),
  DATABASE_LEFT(173),
  PYTHON_ABSENT(180),
  WORKER_START(181),
  WORKER_LOST(182),
  WORKER_ENDED(183),
  WORKER_LOOP(184),
  WORKERS_DOWN(185),
  WORKER_STUCK(186),
  NOT_LATIN1(187),
  MODJY_ON_CPYTHON(188),
  WORKER_DIRECTORY(189),
  NAMED_PIPES_ABSENT(191),
  WORKERS_BUSY(192),
  QUESTION_TOO_LARGE(193),
  COMMAND_ABSENT(194),
  POOL_ON_CPYTHON(195),
  FORKED(196),
  THREADS_REPLACED(197),

  // IS0400 to IS0409: the CPython in a web application.
  BUNDLED_PYTHON_PLATFORM(400),
  BUNDLED_PYTHON_GLIBC(401),
  BUNDLED_PYTHON_FAILED(402),
  BUNDLED_PYTHON_STAGING(403),

  // IS0500 to IS0519: the container's services.
  SESSION_VALUE(500),
  SESSION_KEY(501),
  SESSION_VALUE_UNREADABLE(502),
  SESSION_TOO_LATE(503),
  SERVICE_ENDED(504),
  SESSION_GONE(505),
  SERVICE_FAILED(506),
  SERVICE_THREAD(507),
  FORWARD_TOO_LATE(508),
  DISPATCH_PATH(509),
  INCLUDE_OF_WORKER(510),
  CHAIN_OF_WORKER(511),
  CHAIN_TWICE(512),
  CHAIN_ASYNC(513),
  WEBSOCKET_REFUSED(514),
  CHAIN_PATH(515),
  CHAIN_FAILED(516),
  CHAIN_INPUT(517),
  CHAIN_THREAD(518),
  SERVICE_ARGUMENT(519),

  // IS0520 to IS0539: databases and services.
  DB_ON_CPYTHON(520),
  DB_SOURCE_ABSENT(521),
  DB_DRIVER_ABSENT(522),
  DB_SOURCE_TYPE(523),
  DB_CONNECTION_LEFT(524),
  DB_PARAMETER_TYPE(525),
  DB_PARAMETER_ABSENT(526),
  SERVICE_UNNAMED(527),
  SERVICE_ABSENT(528),
  SERVICE_UNREADABLE(529),
  DATA_SOURCE_ABSENT(530),
  RESOURCE_ABSENT(531),
  DB_DRIVER_BROKEN(532),
  DATA_SOURCE_BROKEN(533),

  // IS0540 and IS0541: properties, and Spring Boot.
  PROPERTY_UNKNOWN(540),
  SPRING_MVC_HIDDEN(541),

  // IS0542 to IS0547: isthmus.submit.
  SUBMIT_ENDED(542),
  SUBMIT_EXECUTOR(543),
  SUBMIT_CALLABLE(544),
  SUBMIT_FULL(545),
  TASK_RAISED(546),
  TASKS_CUT(547),

  // IS0548: a response that outlives its application.
  RESPONSE_CUT(548);

  /** Read with this class: nothing can be read once the web application has been undeployed. */
  private static final Properties MESSAGES = messages();

  private final int number;

  Rule(int number) {
    this.number = number;
  }

  private static Properties messages() {
    Properties messages = new Properties();
    try (InputStream in = Rule.class.getResourceAsStream("messages.properties")) {
      messages.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages;
  }

  /** Returns the permanent code, for example {@code IS0012}. */
  public String code() {
    return String.format(Locale.ROOT, "IS%04d", number);
  }

  /** Returns the message with {@code %s} in place of each value, for other code to fill in. */
  public String pattern() {
    return whole(MESSAGES.getProperty(code()));
  }

  /**
   * Returns the whole message: code, rule, offending value, remedy, and the command that prints the
   * rule's entry in {@code docs/errors.md}.
   *
   * @param values the arguments of this rule's pattern, in order
   */
  public String message(Object... values) {
    return whole(String.format(Locale.ROOT, MESSAGES.getProperty(code()), values));
  }

  private String whole(String text) {
    return code() + ": " + text + " See `isthmus explain " + code() + "`.";
  }
}
