"""Files of Paste Deploy's and the Python that they name, some of them wrong."""

SHOP = '''
class Said(object):
    """Answers what it was made of."""
    def __init__(self, name, conf, local):
        keys = ("here", "shared", "only", "other")
        self.conf = [name] + ["%s=%s" % (k, conf[k]) for k in keys if k in conf]
        self.conf += ["%s:%s" % pair for pair in sorted(local.items())]

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return self.conf + ["%(SCRIPT_NAME)s+%(PATH_INFO)s" % environ]


def make_app(global_conf, **local):
    return Said("app", global_conf, local)


def make_blog(global_conf, **local):
    return Said("blog", global_conf, local)


def make_strict(global_conf, title):
    return Said(title, global_conf, {})


def make_failing(global_conf, **local):
    raise ValueError("told to fail")


def make_filter(global_conf, **local):
    def made(app):
        def filtered(environ, start_response):
            return [local.get("tag", "filter")] + list(app(environ, start_response))
        return filtered
    return made


def make_filter_app(app, global_conf, **local):
    return make_filter(global_conf, **local)(app)

number = 1
'''

BROKEN = "import nowhere_to_be_found\n"


ENTRY_POINTS = """[paste.app_factory]
main = shop.web:make_app
blog = shop.web:make_blog
gone = shop.gone:make_app

[paste.filter_factory]
main = shop.web:make_filter
"""

MAIN = """
[DEFAULT]
shared = of main

[app:main]
use = egg:Shop
title = a shop
where = %(here)s/data
shared = overridden

[app:blog]
use = egg:Shop#blog
set only = blog

[app:explicit]
paste.app_factory = shop.web:make_app
get copied = shared

[app:called]
use = call:shop.web:make_app

[app:again]
use = main
title = again

[app:over]
use = config:sub/other.ini#there

[composite:site]
use = egg:Paste#urlmap
/ = main
/blog = blog
/blog/deep = over
/missing = config:sub/other.ini

[filter:tag]
use = egg:Shop
tag = tagged

[filter:explicit]
paste.filter_app_factory = shop.web:make_filter_app
tag = explicit

[pipeline:pipe]
pipeline = tag explicit egg:Shop main

[filter-app:filtered]
use = egg:Shop
tag = filter-app
next = blog

[app:with]
use = egg:Shop
filter-with = tag
"""

OTHER = """
[DEFAULT]
other = of other

[app:main]
use = egg:Shop

[app:there]
use = egg:Shop
where = %(here)s
"""

WRONG = """
[DEFAULT]
known = 1

[app:use_nothing]
title = 1

[app:use_two]
use = egg:Shop
paste.app_factory = shop.web:make_app
paste.composite_factory = shop.web:make_app

[app:two]
paste.app_factory = shop.web:make_app
paste.composite_factory = shop.web:make_app

[app:no_module]
paste.app_factory = shop.wbe:make_app

[app:no_attribute]
paste.app_factory = shop.web:make_ap

[app:no_form]
paste.app_factory = shop.web.make_app

[app:broken]
paste.app_factory = shop.broken:make_app

[app:called]
use = call:shop.web:make_ap

[app:scheme]
use = eg:Shop

[app:egg]
use = egg:Shp

[app:entry]
use = egg:Shop#blg

[app:entry_gone]
use = egg:Shop#gone

[app:section]
use = schme

[app:file]
use = config:othr.ini

[app:file_section]
use = config:sub/other.ini#thre

[app:value]
use = egg:Shop
title = the %(knwn)s

[app:percent]
use = egg:Shop
title = 100%(

[app:failing]
use = egg:Shop
paste.app_factory = shop.web:make_failing

[app:raising]
paste.app_factory = shop.web:make_failing

[app:arguments]
paste.app_factory = shop.web:make_strict
titel = 1

[app:get]
paste.app_factory = shop.web:make_app
get title = titel

[app:require]
use = egg:Shop
require = Nowhere

[app:number]
paste.app_factory = shop.web:number

[app:circle]
use = ring
[app:ring]
use = circle

[composite:round]
use = egg:Paste#urlmap
/ = egg:Shop
/again = pipe

[pipeline:pipe]
pipeline = tag round

[composite:map]
use = egg:Paste#urlmap
/ = egg:Shop
/blog = schme

[filter:tag]
use = egg:Shop

[pipeline:extra]
pipeline = tag egg:Shop
title = 1

[pipeline:empty]

[filter-app:no_next]
use = egg:Shop

[app:twin]
use = egg:Shop
[composite:twin]
use = egg:Shop
"""

FILES = {
    "app.ini": MAIN,
    "app/beside.ini": "[app:main]\nuse = egg:Shop\nwhere = %(here)s\n",
    "sub/other.ini": OTHER,
    "a b%20/odd.ini": "[app:main]\nuse = egg:Shop\nwhere = %(here)s\n",
    "wrong.ini": WRONG,
    "syntax.ini": "[app:main]\nuse = egg:Shop\nnonsense\n",
    "headless.ini": "use = egg:Shop\n",
    "marked.ini": "\ufeff[app:main]\nuse = egg:Shop\n",
    "app/shop/__init__.py": "",
    "app/shop/web.py": SHOP,
    "app/shop/broken.py": BROKEN,
    "app/config.py": "from shop import web\napplication = web.Said('m', {}, {})\n",
    "lib-python/Shop-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: Shop\n"
    "Version: 1.0\n",
    "lib-python/Shop-1.0.dist-info/entry_points.txt": ENTRY_POINTS,
    "late/Late-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: Late\n"
    "Version: 1.0\n",
    "late/Late-1.0.dist-info/entry_points.txt": ENTRY_POINTS,
}
