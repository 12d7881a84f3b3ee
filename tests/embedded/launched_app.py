"""The web application that `java -jar` serves in tests."""

APP = """# coding: utf-8
import json, logging, os, time

def application(environ, start_response):
    query = environ["QUERY_STRING"]
    if query.startswith("wait="):
        open(query[5:] + ".began", "w").close()
        while not os.path.exists(query[5:]):
            time.sleep(0.02)
    if query == "broken":
        raise ValueError("broken")
    if query == "exit":
        os._exit(7)
    if query.startswith("upload="):
        logging.getLogger("shop").info("an upload")
        open(query[7:], "w").close()
        length = len(environ["wsgi.input"].read())
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"%d octets" % length]
    names = ["SCRIPT_NAME", "PATH_INFO", "wsgi.url_scheme", "REMOTE_ADDR", "HTTP_HOST"]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps([environ[name] for name in names])]
"""
MANAGE = """
import sys
import wsgi
print("%s %s" % (sys.argv[1:], __name__))
sys.stdout.write(sys.stdin.readline())
sys.stderr.write("an error\\n")
import inside
sys.exit(int(sys.argv[1]))
"""
FILES = {
    "WEB-INF/app/wsgi.py": APP,
    "WEB-INF/app/manage.py": MANAGE,
    "WEB-INF/lib-python/inside.py": "print('inside')\n",
    "static/a.txt": "a file\n",
}
