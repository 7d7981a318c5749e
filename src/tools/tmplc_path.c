/* Addresses of this site: they are made from the names of routes, which the compiler knows. */
#include "tmplc.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static size_t name_length(const char *code, size_t len)
{
    size_t n = 0;

    while (n < len &&
           (islower((unsigned char)code[n]) || isdigit((unsigned char)code[n]) || code[n] == '_'))
        n++;
    return n;
}

/* "NAME", "NAME: value, value" or "= path": a call that makes a struct path, on one line, so that
 * errors name the line of the tag. `method` is what the name has to begin with. */
static void print_path(const struct template *t, const char *code, size_t len, const char *method)
{
    size_t name = name_length(code, len), rest = name;

    if (len > 1 && *code == '=') {
        printf("    view_path(v, %.*s);\n", (int)(len - 1), code + 1);
        return;
    }
    while (rest < len && is_blank(code[rest]))
        rest++;
    if (name == 0 || (rest < len && code[rest] != ':'))
        refuse(t,
               "this tag takes the name of a route, or a name, ':' and values, or '=' and a path");
    if (strncmp(code, method, strlen(method)) != 0)
        refuse(t, "'%.*s' where the name of a route begins with %s", (int)name, code, method);
    if (rest == len)
        printf("    view_path(v, path_%.*s(v->arena));\n", (int)name, code);
    else
        printf("    view_path(v, path_%.*s(v->arena, %.*s));\n", (int)name, code,
               (int)(len - rest - 1), code + rest + 1);
}

void print_url(struct template *t, const char *code, size_t len)
{
    struct spot *spot = &t->spot;

    if (!is_address_place(spot))
        refuse(t, "<%%url ... %%> anywhere but at the beginning of href, src, action, formaction");
    print_line(t);
    print_path(t, code, len, strcasecmp(spot->attribute, "formaction") == 0 ? "p" : "page_");
    memcpy(spot->start, "#", 2); /* what follows is no path */
    spot->last = 0;
    spot->has_tag = spot->is_path = true;
}

void print_form(struct template *t, const char *code, size_t len)
{
    static const char before[] = "method=\"post\" action=\"";

    settle(t);
    if ((t->spot.place != BETWEEN && t->spot.place != AFTER_PART) ||
        strcmp(t->element, "form") != 0 || t->is_closing || t->has_token)
        refuse(t, "<%%form ... %%> anywhere but once between the attributes of <form>");
    if (t->spot.place == AFTER_PART)
        put(t, ' ');
    for (const char *c = before; *c; c++)
        put(t, *c);
    print_line(t);
    print_path(t, code, len, "post_");
    put(t, '"');
    t->spot.place = AFTER_PART;
    t->has_token = true;
}
