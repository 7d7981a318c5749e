#!/usr/bin/env python3
"""The compilers of templates and texts: what they refuse, and what a compiled page prints."""
import glob
import json
import os
import re
import subprocess
import tempfile
import unicodedata

from tool import finish, report

OUT = os.environ.get("OUT", "build")
TMPLC, TEXTC, EMBED, ROUTEC = (os.path.abspath(f"build/tools/{name}") for name in ("tmplc", "textc", "embed", "routec"))

# What stands in a template, and what is said of it (the line is 2 where none is given).
REFUSED = [
    ('<p class=<%= x %>>', "attribute value without quotes: write class"),
    ('<p class=a<%= x %>>', "attribute value without quotes"),
    ('<p class=<% if (x) { %>a<% } %>>', "attribute value without quotes"),
    ("<p class='<%= x %>'>", "in single quotes"),
    ("<p class='a<%# x %>'>", "in single quotes"),
    ("<script>a(<%= x %>)</script>", "a script inside the page"),
    ("<script>a()</script>", "a script inside the page"),
    ("<SCRIPT>a()</SCRIPT>", "a script inside the page"),
    ('<script src="<%a a.js %>"> </script>', "a script inside the page"),
    ("<style>p { color: <%= x %> }</style>", "the element <style> has no place"),
    ("<style>p { }</style>", "the element <style> has no place"),
    ('<iframe src="/a"></iframe>', "the element <iframe> has no place"),
    ('<base href="/a">', "the element <base> has no place"),
    ('<p onclick="a(<%= x %>)">', "the attribute 'onclick'"),
    ('<p onclick="a()">', "the attribute 'onclick'"),
    ('<p OnClick=a>', "the attribute 'OnClick'"),
    ('<p onclick<% if (x) { %> a<% } %>>', "the attribute 'onclick'"),
    ('<p style="color: <%= x %>">', "the attribute 'style' has no place"),
    ('<p style="color: red">', "the attribute 'style' has no place"),
    ('<p style>', "the attribute 'style' has no place"),
    ('<meta http-equiv="refresh" content="1">', "the attribute 'http-equiv' has no place"),
    ('<<%= x %>>', "in the name of an element"),
    ('</<%= x %>>', "in the name of an element"),
    ('<h<%d 1 %>></h1>', "a tag in a name"),
    ('<p <%= x %>="a">', "a tag in a name"),
    ('<p data-<%= x %>="a">', "a tag in a name"),
    ('<p title="a"<%= x %>>', "a tag in a name"),
    ('<p></p <% if (x) { %><% } %>>', "a tag in a name"),
    ('<!-- <%= x %> -->', "inside a comment"),
    ('<!-- a', "a comment of HTML has no end"),
    ('<!doctype <%= x %>>', "inside a declaration"),
    ('<a href="<%= x %>">', "write <%u ... %> for a part of a URL"),
    ('<a href="#<%= x %>">', "write <%u ... %> for a part of a URL"),
    ('<a href="#<%t site_name %>">', "write <%u ... %> for a part of a URL"),
    ('<a href="<%u x %>">', "has to begin with <%url NAME %>"),
    ('<a href="<%d 1 %>">', "has to begin with <%url NAME %>"),
    ('<a href="/a">', "an address of this site in 'href': write <%url NAME %>"),
    ('<a href="/">', "an address of this site"),
    ('<a href="//a">', "an address of this site"),
    ('<a href="a">', "an address of this site"),
    ('<a href="">', "an address of this site"),
    ('<a href="a<%u x %>">', "an address of this site"),
    ('<a href="/<%u x %>">', "an address of this site"),
    ('<script src="/a.js" defer></script>', "an address of this site in 'src'"),
    ('<a href="<%url page_a %>/a">', "'/' behind <%url ... %>: only ? and # may follow"),
    ('<a href="<%url page_a %><%u x %>">', "has to follow one of / = - #"),
    ('<a href="<%url page_a %><%url page_a %>">', "anywhere but at the beginning"),
    ('<a href="#<%url page_a %>">', "anywhere but at the beginning"),
    ('<a href="<%url post_a %>">', "'post_a' where the name of a route begins with page_"),
    ('<a href="<%url Page %>">', "takes the name of a route"),
    ('<a href="<%url %>">', "takes the name of a route"),
    ('<a href="<%url = %>">', "takes the name of a route"),
    ('<a href="<%url page_a x %>">', "takes the name of a route"),
    ('<a href="<%urls x %>">', "<%ur is no operator"),
    ('<p title="<%url page_a %>">', "anywhere but at the beginning"),
    ('<%url page_a %>', "anywhere but at the beginning"),
    ('<a href="#a<%u x %>">', "has to follow one of / = - #"),
    ('<a href="#<%u x %><%u x %>">', "has to follow one of / = - #"),
    ('<a href="#<% if (x) { %><%u x %><% } %>">', "has to follow one of / = - #"),
    ('<form method="post">', "write <form <%form NAME %>>"),
    ('<form <%form post_a %> METHOD="get">', "write <form <%form NAME %>>"),
    ('<form <%form page_a %>>', "'page_a' where the name of a route begins with post_"),
    ('<form <%form post_a %> <%form post_a %>>', "anywhere but once between the attributes of <form>"),
    ('<form action="<%url post_a %>">', "'post_a' where the name of a route begins with page_"),
    ('<p <%form post_a %>>', "anywhere but once between the attributes of <form>"),
    ('<form id="<%form post_a %>">', "anywhere but once between the attributes of <form>"),
    ('<%form post_a %>', "anywhere but once between the attributes of <form>"),
    ('<a href="javascript:a">', "'javascript:' at the beginning of 'href'"),
    ('<a href="JavaScript:<%u x %>">', "'JavaScript:' at the beginning of 'href'"),
    ('<a href=javascript:a>', "'javascript:' at the beginning of 'href'"),
    ('<img src="<%= x %>">', "write <%u ... %> for a part of a URL"),
    ('<form action="<%u x %>">', "has to begin with <%url NAME %>"),
    ('<button formaction="<%u x %>">', "has to begin with <%url NAME %>"),
    ('<%p %>', "<%p is no operator"),
    ('<link href="#<%a app.css %>">', "anywhere but at the beginning"),
    ('<link href="<%a app.css %>?a">', "something behind <%a"),
    ('<img srcset="<%u x %>">', "a tag in the attribute 'srcset'"),
    ('<p title="<%@ view_a(v) %>">', "a view inside of a tag"),
    ('<p <%@ view_a(v) %>>', "a tag in a name"),
    ('<p><%? x: checked %></p>', "anywhere but between the attributes"),
    ('<p title="<%? x: checked %>">', "anywhere but between the attributes"),
    ('<p <%? x %>>', "takes a condition, ':' and a boolean attribute"),
    ('<p <%? x: onclick %>>', "takes a condition, ':' and a boolean attribute"),
    ('<p <%? x: checked %>required>', "'r' in <p ...>"),
    ('<p title="a"b>', "'b' in <p ...>"),
    ('<p title = "a">', "'=' in <p ...>"),
    ('<p title= "a">', "has no value"),
    ('<p><%= x</p>', "'<%' without '%>'"),
    ('<p>\n<%', "3: '<%' without '%>'"),
    ('<p><%- x %></p>', "<%- is no operator"),
    ('<p><%raw x %></p>', "<%r is no operator"),
    ('<p><%dx %></p>', "<%dx is no operator"),
    ('<p><%= %></p>', "<%= %> is empty"),
    ('<p><%u  %></p>', "<%u %> is empty"),
    ('<p>\n\n<%t %></p>', "4: <%t %> is empty"),
    ('<p><%t Key-x %></p>', "takes a key"),
    ('<p><% %></p>', "is empty"),
    ('<p><%! int n %></p>', "at the top"),
    ('<p><%include "a/b.h" %></p>', "at the top"),
    ('<% if (x) %><p></p>', "every block needs its braces"),
    ('<% if (x) { %><p></p>', "the block of line 2 has no '}'"),
    ('<p></p><% } %>', "a '}' without its '{'"),
    ('<% if (x) { %><p title="<% } %>"></p>', "ends in another place"),
    ('<% if (x) { %><p><% } %></p>', "ends in another place"),
    ('<p><% if (x) { %></p><% } %>', "opened outside of this block"),
    ('<p title="<% if (x) { %>"<% } else { %>"<% } %>>', "ends in another place"),
    ('<a href="<% if (x) { %><%url page_a %><% } %>#a">', "ends in another place"),
    ('<a href="<% if (x) { %>#a<% } %>">', "ends in another place"),
    ('<% for (;;) { %><p title="<% break; %>"></p><% } %>', "a jump out of the middle"),
    ('<p>\n<b>\n</p>', "4: </p> where </b> is due"),
    ('</p>', "</p> closes what was not opened"),
    ('<p>', "<p> is not closed"),
    ('<p/>', "<p/> does not close the element"),
    ('<p title="', "the file ends inside of a tag"),
    ('a < b', "write &lt;"),
]

# A template, and what it prints; x is <"x" & 'y'>, n is 3, yes and no are booleans.
X = "&lt;&quot;x&quot; &amp; &#39;y&#39;&gt;"
TOKEN = '<input type="hidden" name="token" value="&lt;token&gt;">'
U = "%3C%22x%22%20%26%20%27y%27%3E"
PRINTED = [
    ("<p><%= x %></p>", f"<p>{X}</p>"),
    ('<p title="a <%= x %>">b</p>', f'<p title="a {X}">b</p>'),
    ("<p><%d n %> <%d n - 5 %> <%d sizeof(int) %></p>", "<p>3 -2 4</p>"),
    ('<a href="<%url page_leaf: x, n %>?q=<%u x %>#c-<%u x %>">a</a>', f'<a href="/en/ho-so/{U}/trang/3?q={U}#c-{U}">a</a>'),
    ('<a href="<%url page_start %>">a</a>', '<a href="/en/">a</a>'),
    ('<a href="<%url= path_page_leaf(v->arena, "a", n) %>#b">a</a>', '<a href="/en/ho-so/a/trang/3#b">a</a>'),
    ('<form action="<%url page_find %>" id="b"></form>', '<form action="/en/tim" id="b"></form>'),
    ('<form id="a" <%form post_leaf: x, n %> novalidate>\n<button>a</button></form>',
     f'<form id="a" method="post" action="/en/ho-so/{U}/trang/3" novalidate>{TOKEN}\n<button>a</button></form>'),
    ('<form<%form= path_post_leaf(v->arena, "a", 1) %>></form>', f'<form method="post" action="/en/ho-so/a/trang/1">{TOKEN}</form>'),
    ('<a href="mailto:<%u x %>">a</a>', f'<a href="mailto:{U}">a</a>'),
    ('<a href="https://example.org/a">a</a>', '<a href="https://example.org/a">a</a>'),
    ('<link rel=icon href="<%a a-b.svg %>">', '<link rel=icon href="/static/TAG/a-b.svg">'),
    ("<p><%t plain %></p>", "<p>Tom &amp; &quot;Jerry&quot;?</p>"),
    ("<p><%t two: x, \"b\" %></p>", f"<p>b &lt; {X} ({X})</p>"),
    ('<p title="<%t two: NULL, x %>"></p>', f'<p title="{X} &lt;  ()"></p>'),
    ("<% if (yes) { %>a<% } else { %>b<% } %>c", "ac"),
    ("<ul>\n  <% for (int i = 0; i < n; i++) { %>\n    <li><%d i %></li>\n  <% } %>\n</ul>\n",
     "<ul>\n<li>0</li>\n<li>1</li>\n<li>2</li>\n</ul>"),
    ("<% switch (n) { %>\n<% case 3: %>\n<%t plain %>\n<% break; %>\n<% default: %>\nb\n<% } %>",
     "Tom &amp; &quot;Jerry&quot;?\n"),
    ("a\n<% if (no) { %>\nb\n<% } %>\nc", "a\nc"),
    ("a\n<% if (yes) { %> <%# why %>\n  b\n<% } %>\n  c", "a\nb\nc"),
    ("a <% if (no) { %>b<% } %> c", "a  c"),
    ("a<% if (no) { %> b<% } %> c", "a c"),
    ("a\n   \n\n   b  \t c\n\n", "a\nb c"),
    ("<p\n   class=\"a\"\n   id=\"b\">a</p>", '<p class="a" id="b">a</p>'),
    ('<p class="a<% if (yes) { %> b<% } %>">a</p>', '<p class="a b">a</p>'),
    ('<p<% if (yes) { %> class="a"<% } %><% if (no) { %> id="a"<% } %>>a</p>', '<p class="a">a</p>'),
    ('<input<%? yes: checked %><%? no: disabled %>>', "<input checked>"),
    ('<input type="radio" <%? n ? 1 : 0: checked %>>', '<input type="radio"  checked>'),
    ("<pre>\n  a\n   <%= x %>\n</pre>", f"<pre>\n  a\n   {X}\n</pre>"),
    ("<textarea name=a><%= lines %></textarea>", "<textarea name=a>\n\n  a\n</textarea>"),
    ("<p>a<!-- gone\n -->b</p><br><br/>", "<p>ab</p><br><br/>"),
    ("<svg viewBox=\"0 0 1 1\"><path d=\"M0\"/></svg>", '<svg viewBox="0 0 1 1"><path d="M0"/></svg>'),
    ('<script src="<%a a-b.svg %>" defer></script>', '<script src="/static/TAG/a-b.svg" defer></script>'),
    ("<p>\"?? \\ đ %s ??= 100%</p>", "<p>\"?? \\ đ %s ??= 100%</p>"),
    ("<p><%@ view_other(v, x) %></p>", f"<p>[{X}]</p>"),
    ("<% const char *s = \"}{\"; %><%= s %>", "}{"),
    ("<p><%= x[0] == '}' ? \"a\" : x %></p>", f"<p>{X}</p>"),
    ("", ""),
]
# Good for tmplc, refused by the compiler: the number of values, unknown names, types.
NOT_C = [
    ("<%t unknown %>", "WEB_unknown"),
    ("<%t plain: x %>", "another number of values"),
    ("<%t two %>", "the text takes values"),
    ("<%t two: x %>", "another number of values"),
    ('<link href="<%a unknown.css %>">', "ASSET_unknown_css"),
    ('<a href="<%url page_unknown %>">a</a>', "path_page_unknown"),
    ('<a href="<%url page_leaf: x %>">a</a>', "few arguments"),
    ('<a href="<%url page_leaf: n, n %>">a</a>', "pointer"),
    ('<a href="<%url page_start: x %>">a</a>', "many arguments"),
    ('<a href="<%url= x %>">a</a>', "incompatible type"),
    ('<form <%form post_start %>></form>', "path_post_start"),
    ("<%d x %>", "invalid operands"),
    ("<%d 1.5 %>", "invalid operands"),
    ("<%= n %>", "pointer"),
    ("<%@ view_unknown(v) %>", "view_unknown"),
]
PARAMETERS = "<%! const char *x, const char *lines, int n, bool yes, bool no %>"
UNUSED = "<% (void)x; %><% (void)lines; %><% (void)n; %><% (void)yes; %><% (void)no; %>"

# A table of routes: those of the pages above, and what is refused of others (in line 2).
ROUTES = ('ROUTE(GET, "/", ANYBODY, page_start)', 'ROUTE(GET, "/tim", ANYBODY, page_find)',
          'ROUTE(GET, "/ho-so/:ref/trang/:n", OWNER, page_leaf)', 'ROUTE(POST, "/ho-so/:ref/trang/:n", OWNER, post_leaf)')
ROUTES_REFUSED = [
    ('ROUTE(GET, "/a", page_a', "write ROUTE(METHOD"),
    ('ROUTE(GET, page_a)', "write ROUTE(METHOD"),
    ('ROUTE(PUT, "/a", page_a)', "GET or POST"),
    ('ROUTE(GET, "/a", post_a)', "a route of GET is named page_..."),
    ('ROUTE(POST, "/a", page_a)', "a route of POST is named post_..."),
    ('ROUTE(GET, "a", page_a)', "an address begins with /"),
    ('ROUTE(GET, "/:name", page_a)', "one of :ref, :n and :text"),
    ('ROUTE(GET, "/:n/:n", page_a)', "at most once"),
    ('ROUTE(GET, "/%s", page_a)' % ("a" * 64), "is too long"),
]

TWO = '{"vi": "a", "en": "b"}'
TEXTS_REFUSED = [
    ('{"a": {"vi": "a"}}', ":1: 'a' has no \"en\""),
    ('{\n"b": %s,\n"a": {"en": "a"}}' % TWO, ":3: 'a' has no \"vi\""),
    ('{"a": {"vi": "", "en": "a"}}', ":1: 'a' has no text in \"vi\""),
    ('{"a": {"vi": "a", "en": "  "}}', ":1: 'a' has no text in \"en\""),
    ('{"a": {"vi": "a", "en": 1}}', ":1: 'a' has no text in \"en\""),
    ('{"a": {"vi": "a", "en": "b", "fr": "c"}}', "not 'fr'"),
    ('{"a": {"vi": "a", "en": "b", "vi": "c"}}', "not 'vi'"),
    ('{"a": "b"}', "'a' has to be {"),
    ('{"A": %s}' % TWO, "the key 'A' has to consist of"),
    ('{"": %s}' % TWO, "the key '' has to consist of"),
    ('{"a": %s,\n"a": %s}' % (TWO, TWO), ":2: the key 'a' stands in"),
    ('{"a": {"vi": "a {1}", "en": "b"}}', "other values in Vietnamese than in English"),
    ('{"a": {"vi": "a {1} {2}", "en": "b {1} {3}"}}', "other values in Vietnamese than in English"),
    ('{"a": {"vi": "a {2}", "en": "b {2}"}}', "leaves out a value"),
    ('{"a": {"vi": "a {1} {3}", "en": "b {3} {1}"}}', "leaves out a value"),
    ('{"a": {"vi": "a {0}", "en": "b"}}', "a brace that is none of"),
    ('{"a": {"vi": "a {name}", "en": "b"}}', "a brace that is none of"),
    ('{"a": {"vi": "a }", "en": "b"}}', "a brace that is none of"),
    ('{"a": {"vi": "a\\nb", "en": "b"}}', "a line break, a control character"),
    (b'{"a": {"vi": "a\xc0\xbc", "en": "b"}}', "bytes that are not UTF-8"),
    (b'{"a": {"vi": "a\xed\xa0\x80", "en": "b"}}', "bytes that are not UTF-8"),
    ('{"a": %s,\n}' % TWO, ":2: is not a JSON object"),
    ('{"a": %s} x' % TWO, "is not a JSON object"),
    ('[]', "is not a JSON object"),
    ('', "is not a JSON object"),
]


def run(*command):
    done = subprocess.run(command, capture_output=True, timeout=300)
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def write(folder, name, content):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())
    return path


def short(content):
    return re.sub(r"\s+", " ", repr(content))[:90]


def refuses(folder, tool, name, content, message, line):
    path = write(folder, name, content)
    code, _, err = run(tool, path)
    wanted = message if re.match(r":?\d+:", message) else f"{line}: {message}" if line else message
    ok = code == 1 and err.startswith(path + ":") and err.count("\n") == 1 and (
        message in err if not line else err.startswith(f"{path}:{wanted.split(':')[0]}:") and message in path + ":" + err[len(path) + 1:])
    report(ok, f"refused: {short(content)}", f"exit {code}, wanted {wanted!r}\n{err}")


def test_refusals(folder):
    for snippet, message in REFUSED:
        refuses(folder, TMPLC, "bad.html", "<%! const char *x %>\n" + snippet, message, 2)
    refuses(folder, TMPLC, "bad.html", "<%! const char *x", "'<%' without '%>'", 1)
    refuses(folder, TMPLC, "bad.html", "<%include a.h %>\n", "write <%include", 1)
    refuses(folder, TMPLC, "Bad.html", "", "begins with a letter from a to z", 1)
    refuses(folder, TMPLC, "ba-d.html", "", "consists of a to z", 1)
    refuses(folder, TMPLC, "bad.txt", "", "ends in .html", 1)
    for content, message in TEXTS_REFUSED:
        refuses(folder, TEXTC, "bad.json", content, message, 0)
    for row, message in ROUTES_REFUSED:
        refuses(folder, ROUTEC, "routes.h", "/* rows */\n" + row + "\n", message, 2)
    one, two = write(folder, "one.json", '{"a": %s}' % TWO), write(folder, "two.json", '{"a": %s}' % TWO)
    code, _, err = run(TEXTC, one, two)
    report(code == 1 and err == f"{two}:1: the key 'a' stands in {one}:1 already\n", "a key of two files", err)
    for name, wanted in (("x_begin.html", 0), ("x_end.html", 1), ("x.html", 1)):
        report(run(TMPLC, write(folder, name, "<p>"))[0] == wanted, f"an open element in {name}")
    for name, wanted in (("x_begin.html", 1), ("x_end.html", 0), ("x.html", 1)):
        report(run(TMPLC, write(folder, name, "</p>"))[0] == wanted, f"a closed element in {name}")


def compiler(folder):
    """The command of the build, with the generated headers of the test before those of the program."""
    with open(f"{OUT}/flags", encoding="utf-8") as file:
        flags = file.read().strip().replace("'\"", "\"").replace("\"'", "\"")
    words = [word.strip("'") for word in flags.split()]
    return [words[0], "-I" + folder, *[w for w in words[1:] if w not in ("-MMD", "-MP")]]


def generate(folder, name, *command):
    code, out, err = run(*command)
    if code:
        report(False, f"{name} is made", err)
    return write(folder, name, out)


def program(folder, templates):
    """C sources: all templates of the test, and a main() that prints each, a NUL between."""
    texts = write(folder, "texts.json", json.dumps({
        "plain": {"vi": "Tôm", "en": "Tom & \"Jerry\"?"}, "two": {"vi": "{1}{2}", "en": "{2} < {1} ({1})"}}))
    asset = write(folder, "a-b.svg", "<svg/>")
    generate(folder, "web_paths.h", ROUTEC, write(folder, "routes.h", "\n".join(ROUTES) + "\n"))
    generate(folder, "web_texts.h", TEXTC, "--header", texts)
    generate(folder, "web_assets.h", EMBED, "--header", "web_assets", asset)
    generate(folder, "web_views.h", TMPLC, "--header", *templates)
    sources = [generate(folder, "web_texts.c", TEXTC, texts), generate(folder, "web_assets.c", EMBED, "web_assets", asset)]
    sources += [generate(folder, os.path.basename(path)[:-5] + ".c", TMPLC, path) for path in templates]
    calls = "".join(f"    view_{os.path.basename(path)[:-5]}(&v, x, \"\\n  a\\n\", 3, true, false);\n"
                    "    buf_putc(&out, '\\f');\n" for path in templates if "other" not in path)
    return sources + [write(folder, "main.c", '#include <stdio.h>\n#include "web_views.h"\nint main(void)\n{\n'
                            "    struct buf out;\n    struct arena arena;\n    struct view v = {&out, &arena, LANG_EN, \"/en\", \"<token>\"};\n"
                            "    const char *x = \"<\\\"x\\\" & 'y'>\";\n\n    arena_init(&arena);\n    buf_init(&out, 1 << 20);\n" + calls +
                            "    fwrite(out.data, 1, out.len, stdout);\n    buf_free(&out);\n    arena_free(&arena);\n    return 0;\n}\n")]


def test_pages(folder):
    templates = [write(folder, f"t{n}.html", f"{PARAMETERS}\n{UNUSED}\n{snippet}")
                 for n, (snippet, _) in enumerate(PRINTED)]
    templates.append(write(folder, "other.html", '<%# why %>\n<%include "base/text.h" %>\n<%! const char *y %>\n[<%= y %>]'))
    sources = program(folder, templates)
    binary = os.path.join(folder, "pages")
    code, _, err = run(*compiler(folder), "-o", binary, *sources, f"{OUT}/libdxready.a")
    report(code == 0, "the templates compile without a warning", err)
    said = run(binary)[1].split("\f") if code == 0 else []
    for n, (snippet, wanted) in enumerate(PRINTED):
        got = re.sub(r"/static/[0-9a-f]{16}/", "/static/TAG/", said[n]) if n < len(said) else None
        report(got == wanted, f"printed: {short(snippet)}", f"{got!r}\nnot {wanted!r}")


def test_compiler_errors(folder):
    for snippet, wanted in NOT_C:
        path = write(folder, "wrong.html", f"{PARAMETERS}\n{UNUSED}\n\n{snippet}\n")
        source = generate(folder, "wrong.c", TMPLC, path)
        generate(folder, "web_views.h", TMPLC, "--header", path)
        code, _, err = run(*compiler(folder), "-fsyntax-only", source)
        report(code != 0 and wanted in err and re.search(r"wrong\.html:4:\d+: (error|.*\n)", err),
               f"refused by the compiler: {snippet}", err)


def used_keys():
    used = set()
    for path in glob.glob("src/web/**/*.html", recursive=True) + glob.glob("src/web/**/*.[ch]", recursive=True) + glob.glob("include/web/**/*.h", recursive=True):
        with open(path, encoding="utf-8") as file:
            used.update(re.findall(r"<%t\s+(\w+)|\bWEB_(\w+)", file.read()))
    return {one or other for one, other in used}


def test_own_texts():
    used, unused, not_nfc = used_keys(), [], []
    for path in sorted(glob.glob("src/web/*/texts/*.json")):
        with open(path, encoding="utf-8") as file:
            texts = json.load(file)
        unused += [f"{path}: {key}" for key in texts if key not in used]
        not_nfc += [f"{path}: {key}" for key, text in texts.items()
                    for words in text.values() if not unicodedata.is_normalized("NFC", words)]
    report(not unused, "every text is used by a template or src/web", "\n".join(unused))
    report(not not_nfc, "every text is in NFC", "\n".join(not_nfc))


def main():
    with tempfile.TemporaryDirectory() as folder:
        test_refusals(folder)
    with tempfile.TemporaryDirectory() as folder:
        test_pages(folder)
        test_compiler_errors(folder)
    test_own_texts()
    finish()


main()
