#ifndef SRC_TOOLS_TMPLC_H
#define SRC_TOOLS_TMPLC_H

#include <stdbool.h>
#include <stddef.h>

/* What the parts of the template compiler share: tmplc.c (files, lines), tmplc_markup.c (where in
 * the markup one is), tmplc_tag.c (tags), tmplc_path.c (addresses and forms). */

#define NAME_MAX_BYTES 40
#define DEPTH_MAX 100

enum place {
    IN_TEXT,
    IN_ELEMENT_NAME,
    BETWEEN,    /* in a start tag, after a blank */
    AFTER_PART, /* in a start tag, right behind a name or a value: a blank has to come */
    IN_ATTRIBUTE_NAME,
    AFTER_EQUALS,
    IN_QUOTED,
    IN_SINGLE,
    IN_UNQUOTED,
};

/* Where in the markup something stands. */
struct spot {
    enum place place;
    char attribute[NAME_MAX_BYTES];
    char start[NAME_MAX_BYTES]; /* of the value, as far as it is literal */
    char last;                  /* literal character before; 0 behind a tag */
    bool has_tag;               /* the value has had a tag */
    bool is_path;               /* it was <%url %>: '?' and '#' may follow */
    bool is_complete;           /* it was <%a %>: nothing may follow */
};

struct block {
    struct spot spot;
    int depth, line;
};

struct template
{
    const char *path, *at, *end;
    int line;
    char name[NAME_MAX_BYTES];
    struct spot spot;
    char element[NAME_MAX_BYTES];
    bool is_closing;
    bool has_token; /* a form whose start tag has <%form %>: its token follows */
    char open[DEPTH_MAX][NAME_MAX_BYTES]; /* elements */
    int depth;
    struct block blocks[DEPTH_MAX]; /* of C */
    int block_count;
    char *literal; /* markup that was not printed yet */
    size_t literal_len;
};

/* "file:line: sentence", and the end. */
void refuse(const struct template *t, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));

bool is_one_of(const char *name, const char *const *names);
bool starts_with(const struct template *t, const char *text);
bool is_blank(char c);
/* Goes on in the source, and counts its lines. */
void advance(struct template *t, size_t len);
void append(struct template *t, char *to, char c);

/* Adds a character of markup; print_line() writes what was added, and then a #line. */
void put(struct template *t, char c);
void print_literal(struct template *t);
void print_line(struct template *t);

extern const char *const url_attributes[];
extern const char *const verbatim_elements[]; /* whose white space counts */

/* Reads a piece of literal markup: at least a character. */
void read_markup(struct template *t);
/* Ends a name behind which a tag begins: is it one that may stand here? */
void end_of_name(struct template *t);
/* Refuses a URL that is literal so far and may be one of this site. */
void check_is_elsewhere(const struct template *t);
bool name_ends_in(const struct template *t, const char *suffix);
bool is_inside(const struct template *t, const char *const *names);

/* An address begins its attribute, so that its scheme is the tag's. */
bool is_address_place(const struct spot *spot);
/* <%url ... %> and <%form ... %>: the address of a route. */
void print_url(struct template *t, const char *code, size_t len);
void print_form(struct template *t, const char *code, size_t len);

/* Ends the name that a statement or a comment stands behind; a blank has to follow. */
void settle(struct template *t);
/* Reads what begins with <% and ends with %>. */
void read_tag(struct template *t);
/* The length of a tag that prints nothing (a statement, a comment); 0 if it is none. */
size_t control_length(const char *at, const char *end);

#endif
