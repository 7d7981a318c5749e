#include "tmplc.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *const void_elements[] = {"area", "br",   "col",    "hr",    "img", "input",
                                            "link", "meta", "source", "track", "wbr", NULL};
static const char *const refused_elements[] = {
    "style",    "iframe", "object",   "embed",  "base",    "plaintext", "xmp", "noembed",
    "noframes", "frame",  "frameset", "applet", "animate", "set",       NULL};
const char *const verbatim_elements[] = {"pre", "textarea", NULL};
const char *const url_attributes[] = {"href", "src", "action", "formaction", "xlink:href", NULL};
static const char *const refused_attributes[] = {"style", "srcdoc", "http-equiv", NULL};
static const char *const schemes[] = {"http", "https", "mailto", "tel", NULL};

/* ---- elements ---- */

bool is_inside(const struct template *t, const char *const *names)
{
    for (int i = 0; i < t->depth; i++) {
        if (is_one_of(t->open[i], names))
            return true;
    }
    return false;
}

bool name_ends_in(const struct template *t, const char *suffix)
{
    size_t len = strlen(t->name), suffix_len = strlen(suffix);

    return len > suffix_len && strcmp(t->name + len - suffix_len, suffix) == 0;
}

static void close_element(struct template *t)
{
    int least = t->block_count ? t->blocks[t->block_count - 1].depth : 0;

    if (t->depth == 0 && t->block_count == 0 && name_ends_in(t, "_end"))
        return;
    if (t->depth == 0)
        refuse(t, "</%s> closes what was not opened", t->element);
    if (strcmp(t->open[t->depth - 1], t->element) != 0)
        refuse(t, "</%s> where </%s> is due", t->element, t->open[t->depth - 1]);
    if (t->depth <= least)
        refuse(t, "</%s> closes what was opened outside of this block of C", t->element);
    t->depth--;
}

static void open_element(struct template *t, bool is_empty)
{
    static const char *const svg[] = {"svg", NULL};

    if (is_one_of(t->element, void_elements))
        return;
    if (is_empty && is_inside(t, svg))
        return;
    if (is_empty)
        refuse(t, "<%s/> does not close the element: write <%s></%s>", t->element, t->element,
               t->element);
    if (t->depth == DEPTH_MAX)
        refuse(t, "more than %d elements in each other", DEPTH_MAX);
    memcpy(t->open[t->depth++], t->element, NAME_MAX_BYTES);
    if (strcmp(t->element, "script") == 0 && !starts_with(t, "</script>"))
        refuse(t, "a script inside the page: the policy of the site (CSP) forbids it; put it "
                  "into src/web/kit/assets");
    /* browsers drop the first line break here: it must not be one of the value */
    if (is_one_of(t->element, verbatim_elements) && starts_with(t, "<%"))
        put(t, '\n');
}

/* At the '>' of a tag. */
static void end_of_tag(struct template *t)
{
    bool is_empty = t->literal_len && t->literal[t->literal_len - 1] == '/' && t->spot.last == '/';

    put(t, '>');
    advance(t, 1);
    t->spot = (struct spot){.place = IN_TEXT};
    if (t->is_closing)
        close_element(t);
    else
        open_element(t, is_empty);
    t->is_closing = false;
    if (t->has_token) {
        print_literal(t);
        fputs("    view_token(v);\n", stdout);
    }
    t->has_token = false;
}

/* What a form is sent to, and how: <%form %> says it, and puts the token. */
static void check_form_attribute(const struct template *t, const char *name)
{
    if (strcasecmp(name, "method") == 0)
        refuse(t, "write <form <%%form NAME %%>> for a form of POST; without it, it is one of GET");
}

/* A name has ended: may it stand here? */
void end_of_name(struct template *t)
{
    const char *name = t->spot.attribute;

    if (t->spot.place == IN_ELEMENT_NAME && is_one_of(t->element, refused_elements))
        refuse(t, "the element <%s> has no place in a page", t->element);
    if (t->spot.place == IN_ELEMENT_NAME)
        return;
    if (strncasecmp(name, "on", 2) == 0)
        refuse(t, "the attribute '%s': the policy of the site (CSP) forbids scripts in pages",
               name);
    if (is_one_of(name, refused_attributes))
        refuse(t, "the attribute '%s' has no place in a page", name);
    if (strcmp(t->element, "form") == 0)
        check_form_attribute(t, name);
}

/* ---- literal markup, by where it stands ---- */

/* From `from` to `to`, in which no tag may stand; not printed unless `is_kept`. */
static void read_fixed(struct template *t, const char *to, bool is_kept, const char *what)
{
    while (!starts_with(t, to)) {
        if (t->at == t->end)
            refuse(t, "%s has no end", what);
        if (starts_with(t, "<%"))
            refuse(t, "a tag inside %s", what);
        if (is_kept)
            put(t, *t->at);
        advance(t, 1);
    }
    for (const char *c = to; *c && is_kept; c++)
        put(t, *c);
    advance(t, strlen(to));
}

static void read_angle(struct template *t)
{
    const char *name = t->at + 1;

    if (starts_with(t, "<!--")) {
        read_fixed(t, "-->", false, "a comment of HTML");
        return;
    }
    if (starts_with(t, "<!")) {
        read_fixed(t, ">", true, "a declaration");
        return;
    }
    t->is_closing = *name == '/';
    name += t->is_closing;
    if (name + 1 < t->end && name[0] == '<' && name[1] == '%')
        refuse(t, "a tag in the name of an element");
    if (name >= t->end || !isalpha((unsigned char)*name))
        refuse(t, "'<' stands for itself: write &lt;");
    t->spot.place = IN_ELEMENT_NAME;
    t->element[0] = '\0';
    for (; t->at < name; advance(t, 1))
        put(t, *t->at);
}

static void read_name(struct template *t)
{
    bool is_element = t->spot.place == IN_ELEMENT_NAME;
    char c = *t->at;

    if (isalnum((unsigned char)c) || strchr("-_:", c)) {
        append(t, is_element ? t->element : t->spot.attribute,
               is_element ? (char)tolower((unsigned char)c) : c);
        put(t, c);
        advance(t, 1);
        return;
    }
    end_of_name(t);
    if (c != '=' || is_element) {
        t->spot = (struct spot){.place = AFTER_PART};
        return;
    }
    t->spot.place = AFTER_EQUALS;
    put(t, c);
    advance(t, 1);
}

/* Between the parts of a start tag; blanks are read elsewhere. */
static void read_between(struct template *t)
{
    char c = *t->at;

    if (c == '>') {
        end_of_tag(t);
        return;
    }
    if (c == '/') {
        put(t, c);
        t->spot.last = c;
        advance(t, 1);
        return;
    }
    if (t->is_closing)
        refuse(t, "</%s has attributes", t->element);
    if (t->spot.place != BETWEEN || !isalpha((unsigned char)c))
        refuse(t, "'%c' in <%s ...> where a blank, an attribute or '>' is due", c, t->element);
    t->spot = (struct spot){.place = IN_ATTRIBUTE_NAME};
}

static void read_equals(struct template *t)
{
    char c = *t->at;

    t->spot.place = c == '"' ? IN_QUOTED : c == '\'' ? IN_SINGLE : IN_UNQUOTED;
    if (is_blank(c) || c == '>')
        refuse(t, "the attribute '%s' has no value", t->spot.attribute);
    if (t->spot.place == IN_UNQUOTED)
        return;
    put(t, c);
    advance(t, 1);
}

/* What is literal leads to another site or to an element of the page; never to a page of this site,
 * which may not be there. */
void check_is_elsewhere(const struct template *t)
{
    const struct spot *spot = &t->spot;

    if (!spot->has_tag && !strpbrk(spot->start, ":#?"))
        refuse(t, "an address of this site in '%s': write <%%url NAME %%>, or <%%a NAME %%> for an "
                  "asset",
               spot->attribute);
}

/* A literal character of a URL. What is begun by the template itself cannot lead elsewhere. */
static void check_url_char(struct template *t, char c)
{
    struct spot *spot = &t->spot;
    size_t len = strlen(spot->start);

    if (spot->is_complete)
        refuse(t, "something behind <%%a ... %%> in '%s'", spot->attribute);
    if (spot->is_path && !strchr("?#", c))
        refuse(t, "'%c' behind <%%url ... %%>: only ? and # may follow", c);
    spot->is_path = false;
    if (c == '/')
        check_is_elsewhere(t);
    if (c == ':' && !spot->has_tag && !strpbrk(spot->start, "/?#") &&
        !is_one_of(spot->start, schemes))
        refuse(t, "'%s:' at the beginning of '%s'", spot->start, spot->attribute);
    if (!spot->has_tag && len + 1 < sizeof(spot->start))
        append(t, spot->start, c);
}

static void read_value(struct template *t)
{
    char c = *t->at, quote = t->spot.place == IN_QUOTED ? '"' : '\'';
    bool is_end = t->spot.place == IN_UNQUOTED ? is_blank(c) || c == '>' : c == quote;

    if (is_end) {
        if (is_one_of(t->spot.attribute, url_attributes))
            check_is_elsewhere(t);
        if (t->spot.place != IN_UNQUOTED) {
            put(t, c);
            advance(t, 1);
        }
        t->spot = (struct spot){.place = AFTER_PART};
        return;
    }
    if (is_one_of(t->spot.attribute, url_attributes))
        check_url_char(t, c);
    t->spot.last = c;
    put(t, c);
    advance(t, 1);
}

static void read_text(struct template *t)
{
    if (*t->at == '<') {
        read_angle(t);
        return;
    }
    put(t, *t->at);
    advance(t, 1);
}

void read_markup(struct template *t)
{
    static void (*const readers[])(struct template *) = {
        [IN_TEXT] = read_text,       [IN_ELEMENT_NAME] = read_name,   [BETWEEN] = read_between,
        [AFTER_PART] = read_between, [IN_ATTRIBUTE_NAME] = read_name, [AFTER_EQUALS] = read_equals,
        [IN_QUOTED] = read_value,    [IN_SINGLE] = read_value,        [IN_UNQUOTED] = read_value,
    };

    readers[t->spot.place](t);
}
