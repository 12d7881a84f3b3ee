// Every rule that a user can break: its code, what is wrong, and the remedy.
package org.isthmus.errors;

import java.util.Locale;

/**
 * One rule that a deployer or an application can break, with its permanent code.
 *
 * <p>The text is a {@link String#format} pattern. It states the rule and the offending value, then
 * the remedy. {@code docs/errors.md} has one entry per constant; codes are never reused.
 */
public enum Rule {
  SETTING_UNKNOWN(
      1, "There is no setting '%s'%s, which %s sets. Correct the name, or remove the parameter."),
  SETTING_MALFORMED(2, "Setting %s (%s) is %s, which is not %s. Correct the value%s."),
  MODJY_CALLABLE_QUERY(
      3,
      "modjy's callable_query_name (%s) is refused, because it lets any client choose the"
          + " function to run. Map one servlet per callable instead."),
  MODJY_ADVICE(4, "modjy's parameter %s (%s) is %s. %s"),
  SOURCE_IN_ROOT(
      5,
      "The application's source '%s' is outside WEB-INF, so browsers can download it. Move it"
          + " below WEB-INF/app."),
  JYTHON_ABSENT(
      6,
      "Jython is not on the class path of this web application (looked in WEB-INF/jython, then"
          + " in the class loader for org.python.core.Py)%s. Put jython-slim with its"
          + " dependencies, or jython-standalone, into WEB-INF/jython, readable by the server's"
          + " user."),
  ENGINE_FAILED(7, "Jython did not start: %s. See the cause below."),
  STAGING_FAILED(
      8,
      "The files of the web application could not be copied to '%s': %s. Give the container a"
          + " temporary directory that is writable and has free space, or deploy the application"
          + " exploded."),
  SETTING_SHARED(
      9,
      "Setting %s of this servlet or filter has no effect: all of the web application shares one"
          + " Python, which has already started with %s. Set it as a context-param."),
  STATUS_TYPE(10, "The status must be a native str, but is %s. Pass, for example, '200 OK'."),
  STATUS_MALFORMED(
      11,
      "The status must be three digits from 200 to 999, a space and a reason without control"
          + " characters, but is %s. Pass, for example, '200 OK'."),
  START_RESPONSE_TWICE(
      12,
      "start_response was called twice without exc_info (second status %s). Call it once, or"
          + " pass exc_info."),
  HEADERS_TYPE(13, "The response headers must be a list, but are %s. Pass a list of tuples."),
  HEADER_TYPE(
      14, "A response header must be a tuple of two native str, but is %s. Pass (name, value)."),
  HEADER_NAME(
      15,
      "The name of a response header must be a token (RFC 9110, 5.1), but is %s. Use letters,"
          + " digits and hyphens."),
  HEADER_VALUE(
      16,
      "The value of response header %s must not contain a control character (RFC 9110, 5.5), but"
          + " is %s. Remove it."),
  HOP_BY_HOP(
      17,
      "Response header %s is hop-by-hop and belongs to the server (PEP 3333, 'Other HTTP"
          + " Features'). Remove it."),
  CONTENT_LENGTH(
      18,
      "Content-Length must be a single non-negative decimal number, but is %s. Send it once, or"
          + " omit it."),
  EXC_INFO_TYPE(
      19, "exc_info must be None or the tuple of sys.exc_info(), but is %s. Pass sys.exc_info()."),
  START_RESPONSE_ARGUMENTS(
      20,
      "start_response takes status, response_headers and optionally exc_info, but got %s. Call"
          + " start_response(status, headers)."),
  START_RESPONSE_MISSING(
      30,
      "The application sent its response without calling start_response. Call it before the"
          + " first non-empty block."),
  RESULT_NONE(
      31, "The application returned None. Return an iterable of bytestrings, for example [body]."),
  RESULT_NOT_ITERABLE(
      32, "The application returned %s, which is not iterable. Return an iterable of bytestrings."),
  BLOCK_TYPE(
      33,
      "A block of the response body must be a bytestring, but is %s. Encode text first, for"
          + " example with .encode('utf-8')."),
  BODY_SHORT(
      34,
      "The response declared Content-Length %s, but the application produced only %s bytes. The"
          + " connection is closed, so that the client can tell. Correct the header."),
  BODY_LONG(
      35,
      "The response declared Content-Length %s, but the application produced at least %s bytes."
          + " The excess is dropped. Correct the header."),
  APPLICATION_RAISED(36, "The application raised an exception%s. The traceback follows."),
  CLOSE_RAISED(
      37, "close() of the response's iterable raised an exception. The traceback follows."),
  RESULT_STR(
      38,
      "The application returned a bytestring instead of an iterable of them. It is sent as one"
          + " block. Return [body]."),
  WRITE_ARGUMENTS(39, "write() takes one bytestring, but got %s. Call write(data)."),
  REQUEST_TOO_LARGE(
      40,
      "The request body is larger than isthmus.request.max_body (%s bytes). If such requests are"
          + " legitimate, raise the setting."),
  BODY_REBUILT(
      41,
      "A filter or servlet before Isthmus has read the body of %s (getParameter does), so it was"
          + " rebuilt from the form's parameters. Do not let Java code read it first."),
  BODY_CONSUMED(
      42,
      "A filter or servlet before Isthmus has read the body of %s, which is not a urlencoded"
          + " form, so the application gets an empty body. Do not let Java code read it first."),
  UNDERSCORE_REFUSED(
      43,
      "The request header %s has an underscore in its name, and"
          + " isthmus.request.underscore_headers is 'refuse'. Send a hyphen, or add the name to"
          + " isthmus.request.underscore_allow."),
  ENVIRON_ENDED(
      44,
      "environ was first read after its request had ended. Read what you need, or copy environ,"
          + " before the application returns; or set isthmus.environ.fill to eager."),
  INPUT_ENDED(
      45, "wsgi.input was read after its request had ended. Read it before the response ends."),
  RESPONSE_ENDED(
      46,
      "start_response or write() was called after its request had ended. Call them before the"
          + " response ends."),
  APP_MALFORMED(
      50,
      "isthmus.app is '%s', which is not package.module:callable, package.module:factory(),"
          + " path/below/WEB-INF.py:callable, config:file.ini#name or egg:Dist#name. Correct it."),
  APP_ABSENT(
      51,
      "isthmus.app is not set, and there is no application by convention: neither application"
          + " nor app in WEB-INF/app/wsgi.py or WEB-INF/app/app.py. WEB-INF/app contains: %s."
          + " Set isthmus.app."),
  MODULE_ABSENT(
      52,
      "isthmus.app names the module '%s', which cannot be imported%s. Correct the name, or put"
          + " the module into %s. Searched: %s."),
  MODULE_FAILED(53, "Importing '%s' failed: %s. Fix the cause, which the traceback below shows."),
  CALLABLE_ABSENT(54, "'%s' (%s) has no attribute '%s'%s. It has: %s. Correct isthmus.app."),
  FACTORY_FAILED(
      55, "The factory '%s' failed: %s. Fix the cause, which the traceback below shows."),
  NOT_CALLABLE(56, "'%s' is %s, which is not callable. isthmus.app must name a WSGI application."),
  FILE_ABSENT(
      57,
      "isthmus.app names the file '%s', which does not exist%s. Its directory contains: %s."
          + " Correct the path, which is relative to WEB-INF unless it is absolute."),
  INIT_FAILED(
      60,
      "An application of the web application %s did not start, because of %s. isthmus.init.error"
          + " is 503, so every request gets 503 until the web application is reloaded or"
          + " redeployed. The cause follows."),
  FILTER_SHADOWED(
      61,
      "Servlet '%s' is mapped to '/', so the filter leaves every request to it and never calls"
          + " the Python application. Remove that mapping, or use WsgiServlet."),
  EXIT_FAILED(
      62,
      "Python's exit functions failed or took longer than %s seconds, and were abandoned. End"
          + " every non-daemon thread when the application ends. The cause follows."),
  THREAD_REMAINS(
      63,
      "Python thread '%s' is still running although its application has ended, and keeps the whole"
          + " application in memory. End the thread when it is interrupted, or in an atexit"
          + " function. It is at:%s"),
  SIGNAL_REFUSED(
      64,
      "signal.signal was called for signal %s and did nothing, because signals belong to the"
          + " container. For cleanup, use an atexit function."),
  START_FAILED(65, "An application of the web application %s did not start, because of %s. %s"),
  CLOSE_FAILED(
      66,
      "Part of a web application could not be closed: %s. Everything else was closed, but this"
          + " part may stay in memory until the server ends. Please report this, with the log"
          + " below."),
  DRAIN_OVER(
      67,
      "%s still running in web application %s when isthmus.drain (%s seconds) ran out; their"
          + " interpreter was closed. Raise isthmus.drain, or set isthmus.timeout to end long"
          + " requests."),
  RESOURCE_OUTSIDE(
      70,
      "The packed web application contains a file named %s, which could be written outside the"
          + " directory that it is copied to. Rebuild the archive without that name."),
  FILE_NAME(
      71,
      "The packed web application contains a file named %s, which is not a valid file name here:"
          + " %s. Start the JVM with LC_ALL=C.UTF-8, or rename the file."),
  COPY_REMAINS(
      72,
      "The copy of a packed web application could not be deleted: %s. Delete it once no server"
          + " uses it."),
  BACKGROUND_FAILED(
      73,
      "An application of the web application %s did not start in the background, because of %s."
          + " Every request for it gets 503 until it is reloaded or redeployed. The cause"
          + " follows."),
  PRELOAD_FAILED(
      74,
      "isthmus.preload names the module '%s'%s, but importing it failed: %s. Correct the name,"
          + " or fix the cause, which follows."),
  START_REMAINS(
      75,
      "Python was still starting when its web application ended. It was interrupted but is still"
          + " running, and keeps the application in memory until it ends. It is at:%s"),
  PYTHON3_SYNTAX(
      76,
      "Loading '%s' failed: %s has %s, which is valid in Python 3 but not in Python 2.7, the"
          + " version that Jython implements: '%s'. %s"),
  SYNTAX_ERROR(
      77,
      "Loading '%s' failed: %s is not valid Python 2.7, the version that Jython implements: '%s'"
          + " (%s). Correct the line, or the one before it."),
  PYTHON3_IMPORT(
      78,
      "Loading '%s' failed: %s imports '%s', which exists in Python 3 but not in Python 2.7. %s"),
  C_EXTENSION(
      79,
      "Loading '%s' failed: %s imports '%s', which is written in C (%s). Jython runs only Python"
          + " and Java. %s"),
  IMPORT_ABSENT(
      80,
      "Loading '%s' failed: %s imports '%s', which is not on sys.path%s. Correct the name, or"
          + " put the library into WEB-INF/lib-python."),
  CODE_TOO_LARGE(
      81,
      "Loading '%s' failed: %s has a function, or statements outside of functions, with more"
          + " code than fits into a Java method (64 KiB). Split it, or move its data to a file."),
  RESULT_UNICODE(
      82,
      "The application returned %s instead of an iterable of bytestrings. Encode it and return a"
          + " list: [text.encode('utf-8')]."),
  PYTHON_HOME(
      83,
      "isthmus.python.home is %s, which %s. Set it to the home of a Jython installation, the"
          + " directory that contains Lib; or remove the setting, because Jython's jars include"
          + " the library."),
  JYTHON_TWICE(
      84,
      "The web application %s contains Jython more than once. Used: %s. Ignored: %s. Keep only"
          + " one."),
  JYTHON_SHARED(
      85,
      "The web application %s uses the Jython of its container (%s). All web applications that"
          + " do so share its version, its properties and whatever each of them leaves behind in"
          + " it. Remove Jython from the container, and put its jars into WEB-INF/jython."),
  PROVIDER_SHARED(
      86,
      "In the web application %s, 'import ssl' found the security provider 'BC' (Bouncy Castle) of"
          + " another web application, %s. Python's ssl still uses its own classes. Java code that"
          + " asks for 'BC' by name gets the other application's provider, and none at all once"
          + " that application is undeployed. If you have such code, put Bouncy Castle's jars into"
          + " the container's library."),
  TOO_MANY_REQUESTS(
      90,
      "A request got 503: as many requests as isthmus.max_concurrent allows (%s) were running,"
          + " and none of them ended within isthmus.queue_timeout (%s seconds). Raise one of the"
          + " two, or use isthmus.slow to find out what takes so long."),
  POOL_EXHAUSTED(
      91,
      "A request got 503: all interpreters that isthmus.pool.max allows (%s) were busy, and none"
          + " became free within isthmus.pool.acquire_timeout (%s seconds). Raise one of the"
          + " two, or use isthmus.slow to find out what takes so long."),
  SLOW_REQUEST(
      92,
      "A request has taken longer than isthmus.slow (%s seconds) and is still running. See where"
          + " it is."),
  TIMED_OUT(
      93,
      "A request has taken longer than isthmus.timeout (%s seconds). It is ended with 504 or, if"
          + " its response has begun, by closing the connection. Speed up the code that the stacks"
          + " show, or raise isthmus.timeout."),
  REQUEST_REMAINS(
      94,
      "A request is still running %s seconds after isthmus.timeout ended it. It is waiting for"
          + " its client, or cannot be interrupted: see where it is."),
  POOL_SIZES(95, "isthmus.pool.min is %s, but isthmus.pool.max is %s. %s"),
  POOL_GROWTH(
      96,
      "Another interpreter for '%s' could not be started. The pool continues with %s, and tries"
          + " again in %s seconds at the earliest. The cause follows."),
  WAIT_INTERRUPTED(
      97,
      "A request got 503: while it waited for its application, its thread was interrupted or its"
          + " web application ended. This is normal during shutdown; no action is needed."),
  STATUS_ROLE_MISSING(
      98,
      "isthmus.status.access is 'role', but isthmus.status.role is not set. Set it to the role"
          + " that may see the status page."),
  EVENT_FAILED(
      99,
      "'%s', which isthmus.events names, raised an exception. Requests are unaffected, and this"
          + " is logged only once. Fix the function; the traceback follows."),
  EVENT_ABSENT(
      100,
      "isthmus.events names '%s' for %s, but there is no such callable. Write"
          + " package.module:callable, importable like the application. If there is a traceback,"
          + " it follows."),
  RELOAD_FAILED(
      110,
      "The web application %s was not reloaded, because of %s; the previous version keeps"
          + " serving. Fix the cause, which follows, and %s."),
  RELOAD_ENDED(
      111, "The web application %s was not reloaded: it has ended, or has no application yet."),
  RELOAD_PACKED(
      112,
      "isthmus.reload.mode is '%s', but the web application %s is packed, so its files never"
          + " change. Deploy it exploded, or reload it by JMX. Only files outside it are"
          + " watched: give absolute paths in isthmus.reload.file or isthmus.reload.extra."),
  GENERATION_KEPT(
      113,
      "%s still running in generation %s of the web application %s, isthmus.drain (%s seconds)"
          + " after the reload. That generation stays in memory until they end, or until further"
          + " reloads need its place. Set isthmus.timeout to end requests that never end."),
  GENERATION_CUT(
      114,
      "%s still running in generation %s of the web application %s when its interpreter was closed"
          + " to make room for newer generations. Reload less often, or set isthmus.timeout to end"
          + " long requests."),
  DEPLOY_ABSENT(
      120,
      "isthmus.app is '%s', a Paste Deploy URI, but %s is not on sys.path. Put PasteDeploy and"
          + " setuptools, in releases for Python 2.7, into WEB-INF/lib-python."),
  CONFIG_FILE(
      121,
      "%s names the configuration file '%s', which does not exist%s. Looked in: %s, which"
          + " contains: %s. Correct the path: in isthmus.app it is relative to WEB-INF or"
          + " WEB-INF/app, in a file to that file."),
  CONFIG_SYNTAX(
      122,
      "The configuration file %s cannot be read: %s. Write sections in brackets, followed by"
          + " lines of the form key = value."),
  CONFIG_SECTION(
      123,
      "%s names a section that %s does not have: [%s]%s. It has: %s. Correct the name, or add"
          + " the section."),
  CONFIG_VALUE(
      124,
      "The value of '%s' of %s cannot be expanded: it is '%s', but %s. Correct the name, or"
          + " write %%%% for a percent sign."),
  CONFIG_USE(125, "%s is '%s', which cannot be used: %s. Correct it."),
  CONFIG_EGG(
      126,
      "%s is '%s', which does not exist: %s. Available: %s. Correct the name, or put the"
          + " distribution, with its .egg-info or .dist-info, into WEB-INF/lib-python."),
  CONFIG_CYCLE(
      127, "Sections of a configuration form a cycle: %s. Change one of these references."),
  CONFIG_INCOMPLETE(128, "Paste Deploy cannot use %s: %s. Correct the section."),
  CONFIG_FACTORY(
      129,
      "'%s' could not be created: its factory raised %s. Correct its keys, or fix the cause,"
          + " which the traceback below shows."),
  BODY_BROKEN(
      130,
      "The request body is malformed: %s. The client gets 400, unless the application handles the"
          + " error. Correct the client."),
  HEAD_REFUSED(
      131,
      "The container refused the response head, %s bytes in %s fields: %s. Send fewer or shorter"
          + " fields, or raise the limit: maxHttpResponseHeaderSize of Tomcat's connector,"
          + " jetty.httpConfig.responseHeaderSize of Jetty."),
  FILE_SHRANK(
      132,
      "A file of %s bytes ended after %s bytes while it was being sent; the connection is closed"
          + " so that the client can tell. Do not change a file that is being served: write a new"
          + " one, then rename it."),
  RESULT_LENGTH(
      133,
      "len() of the application's result is 1, so its first block of %s bytes was announced as the"
          + " whole body, but there are at least %s bytes; the rest is cut. Correct __len__, or send"
          + " Content-Length."),
  LENGTH_REFUSED(
      134,
      "The request's Content-Length must be a single non-negative decimal number, but is %s. The"
          + " client gets 400. Correct the client."),
  EXIT_REFUSED(
      140,
      "os._exit(%s) was called by %s, and refused with SystemExit: it would end the server and"
          + " every web application in it. Return, raise SystemExit, or let the thread end; or set"
          + " isthmus.exit to 'allow'."),
  NO_END(141, "Python code did not end within %s seconds, and was abandoned. It was at:%s"),
  DATA_DIR_RELATIVE(
      150,
      "isthmus.data_dir is %s, which is not an absolute path. Name a directory outside the web"
          + " application, such as /var/lib/shop."),
  DATA_DIR_INSIDE(
      151,
      "isthmus.data_dir is %s, which lies in %s, and a redeployment deletes that. Name a directory"
          + " elsewhere, such as /var/lib/shop."),
  DATA_DIR_UNUSABLE(
      152,
      "isthmus.data_dir is %s, which cannot be used: %s. Make it writable for the container's"
          + " user, or name another directory."),
  INPUT_REFUSED(
      153,
      "The application reads sys.stdin (raw_input, pdb), but a web application has no standard"
          + " input, so the request would wait forever. Debug with the page of `isthmus serve`,"
          + " with logging, or with a debugger that listens on a port, such as rpdb."),
  ENGINE_UNKNOWN(
      156, "isthmus.engine names %s, but there is no such engine. Name one of these: %s."),
  OPTION_UNKNOWN(160, "There is no option '%s'%s. Correct it; --help lists all options."),
  OPTION_VALUE(161, "%s is '%s', which is not %s. Correct the value."),
  PORT_USED(
      162,
      "Port %s of %s is in use by another program. Stop that program, or choose another port"
          + " with --port (0 picks a free one)."),
  ADDRESS(
      163,
      "Cannot listen on %s, port %s: %s. Give an address of this machine with --host, and a port"
          + " that this user may open with --port."),
  KEYSTORE(
      164,
      "The key store '%s' cannot be used: %s. Give a PKCS #12 or JKS file that this user may"
          + " read with --tls-keystore, and its password with --tls-password."),
  WORKDIR(
      165,
      "'%s' cannot be used as the work directory: %s. Give one that this user may write to, with"
          + " enough free space, with --workdir."),
  WAR_UNREADABLE(166, "'%s' cannot be read as a WAR: %s. Build or copy the file again."),
  JAVA_TOO_OLD(167, "This is Java %s, but Jetty needs %s or later. Use a newer Java."),
  JETTY_ABSENT(
      168, "There is no usable Jetty in %s: %s. Build the archive again, with --executable."),
  COMMAND_MISSING(
      169, "run needs a command. Add a Python file, a module, or -c and code after it."),
  SERVER_FAILED(
      170, "The server did not start: %s. Fix the cause, which is named here or in the log above."),
  LOGIN_SERVICE_ABSENT(
      171,
      "The web application has a <login-config> in its web.xml, but an executable WAR has no"
          + " login service to authenticate users. Deploy it to Tomcat or Jetty, or let the"
          + " application authenticate its users (isthmus.middleware.identification)."),
  JSP(
      172,
      "'%s' is a JSP, which this server does not run. Keep JSPs out of --static; deploy a web"
          + " application with JSPs to Tomcat, or to a Jetty with its JSP module."),
  PYTHON_ABSENT(
      180,
      "There is no CPython 3.9 or later for worker processes: %s.%s Install one, or set"
          + " isthmus.python.executable to its path."),
  WORKER_START(
      181,
      "A worker process did not start: %s. See what it printed, in the log above, and the cause"
          + " below if there is one."),
  WORKER_LOST(
      182,
      "The worker process ended while it was answering this request. The client gets 502, or a"
          + " closed connection if the response had begun. For the reason, look for IS0183 in the"
          + " log."),
  WORKER_ENDED(
      183,
      "Worker process %s ended unexpectedly: %s. Another one replaces it. See what it printed"
          + " last, in the log: if C code crashed, that is a Python stack."),
  WORKER_LOOP(
      184,
      "Worker processes keep ending as soon as they start. The reason of the last one: %s Isthmus"
          + " starts others after pauses of up to 30 seconds; meanwhile, requests that find no"
          + " worker get 503. Fix the cause; no restart is needed."),
  WORKERS_DOWN(
      185,
      "A request got 503: no worker process was available. For the reason, look for IS0183 and"
          + " IS0184 in the log."),
  WORKER_STUCK(
      186,
      "A request is still running in worker process %s, %s seconds after isthmus.timeout ended it."
          + " The worker is replaced, and other requests that still run in it fail. Its Python"
          + " stacks follow."),
  NOT_LATIN1(
      187,
      "Status and headers must be native str with characters of latin-1 only (PEP 3333, 'Unicode"
          + " Issues'), but one is %s. Encode it first: text.encode('utf-8').decode('latin-1')."),
  MODJY_ON_CPYTHON(
      188,
      "modjy's parameters are for Jython, but isthmus.engine is 'cpython'. Remove them and set"
          + " isthmus.app, or remove isthmus.engine."),
  WORKER_DIRECTORY(
      189,
      "Worker processes need a directory for their pipes and sources, which cannot be created: %s."
          + " Give the container a temporary directory that it may write to."),
  POOL_ON_CPYTHON(
      195,
      "isthmus.pool.max is %s, and isthmus.engine is 'cpython', where worker processes take the place"
          + " of a pool's interpreters. Set isthmus.workers=%s and isthmus.multithread=false"
          + " instead: each worker then has its own copy of the application and serves one request"
          + " at a time."),

  // IS0400 to IS0409: a CPython that the web application carries.
  CARRIED_PYTHON_PLATFORM(
      400,
      "The web application contains CPython for %2$s, but this machine is %1$s. Build it with"
          + " `isthmus war --platform %3$s`, or name a Python of this machine with"
          + " isthmus.python.executable."),
  CARRIED_PYTHON_GLIBC(
      401,
      "The CPython that the web application carries, for %s, needs a newer glibc than this machine has:"
          + " %s. Build it with an older `--python`, or install a Python here and name it with"
          + " isthmus.python.executable."),
  CARRIED_PYTHON_FAILED(
      402,
      "The CPython that the web application carries, for %s, does not run here: %s. If its directory"
          + " is mounted noexec, give the container another temporary directory; or install a Python"
          + " here and name it with isthmus.python.executable."),
  CARRIED_PYTHON_STAGING(
      403,
      "The CPython that the web application carries, %s, cannot be unpacked: %s. Give the container a"
          + " temporary directory that it may write to, with 100 MB free."),

  // IS0520 to IS0539: databases and services.
  DB_ON_CPYTHON(
      520,
      "isthmus.db is for Jython, but this is CPython. Use a driver for CPython, with URL, user and"
          + " password from isthmus.service('jdbc/...')."),
  DB_SOURCE_ABSENT(
      521,
      "There is no data source '%s' (looked up as %s): %s. Declare it in the container, or correct"
          + " the name."),
  DB_DRIVER_ABSENT(
      522,
      "No JDBC driver accepts the URL '%s'. Put the driver's jar into WEB-INF/lib, or correct the"
          + " URL."),
  DB_SOURCE_TYPE(
      523,
      "isthmus.db.connect takes a JNDI name, a URL that begins with jdbc:, or a"
          + " javax.sql.DataSource, but got %s. Pass one of these."),
  DB_CONNECTION_LEFT(
      524,
      "A connection to %s was not closed %3$s. It was opened at %2$s. It has gone back to the pool,"
          + " and what was not committed is rolled back. Close it, or use `with`; for a pool of the"
          + " application's own, pass outlives_request=True."),
  DB_PARAMETER_TYPE(
      525,
      "Parameter %s of the statement is %s, for which SQL has no type. Convert it to a text, a"
          + " number, a date or Binary."),
  DB_PARAMETER_ABSENT(
      526, "The statement has the parameter ':%s', but the mapping has no such key. Add it.");

  private final int number;
  private final String pattern;

  Rule(int number, String pattern) {
    this.number = number;
    this.pattern = pattern;
  }

  /** Returns the permanent code, for example {@code IS0012}. */
  public String code() {
    return String.format(Locale.ROOT, "IS%04d", number);
  }

  /**
   * Returns the whole message: code, rule, offending value, remedy and link.
   *
   * @param values the arguments of this rule's pattern, in order
   */
  public String message(Object... values) {
    String code = code();
    return code
        + ": "
        + String.format(Locale.ROOT, pattern, values)
        + " See docs/errors.md#"
        + code.toLowerCase(Locale.ROOT)
        + ".";
  }
}
