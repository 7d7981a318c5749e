#ifndef TESTS_UNIT_REPORT_TOOLS_H
#define TESTS_UNIT_REPORT_TOOLS_H

#include "test.h"

#include <sys/wait.h>
#include <unistd.h>

#include "draw/flow.h"

/* What other programs say about a document: the tests trust them more than our own code. */

static inline void write_file(const char *path, const void *data, size_t len)
{
    FILE *out = fopen(path, "wb");

    assert_non_null(out);
    assert_int_equal(fwrite(data, 1, len, out), len);
    assert_int_equal(fclose(out), 0);
}

/* Runs `before PATH after` on the bytes; what it prints, also on stderr, goes to `out`. The result
 * is its exit code. */
static inline int tool(const char *before, const struct buf *bytes, const char *after,
                       struct buf *out)
{
    char path[] = "/tmp/dxready-test-XXXXXX", chunk[4096];
    struct buf command;
    FILE *from;
    size_t len;
    int fd = mkstemp(path), status;

    assert_true(fd >= 0);
    close(fd);
    write_file(path, bytes->data, bytes->len);
    buf_init(&command, 4096);
    buf_printf(&command, "%s %s %s 2>&1", before, path, after);
    from = popen(buf_text(&command), "r");
    assert_non_null(from);
    buf_clear(out);
    while ((len = fread(chunk, 1, sizeof(chunk), from)) > 0)
        buf_add(out, chunk, len);
    status = pclose(from);
    unlink(path);
    buf_free(&command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static inline void assert_contains(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("\"%s\" does not stand in:\n%.3000s", part, text);
}

static inline void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("\"%s\" stands in:\n%.3000s", part, text);
}

/* No program finds fault with the document. */
static inline void assert_sound(const struct buf *pdf)
{
    struct buf out;

    buf_init(&out, BUF_MAX_DEFAULT);
    assert_int_equal(tool("qpdf --check", pdf, "", &out), 0);
    assert_lacks(buf_text(&out), "WARNING");
    assert_int_equal(tool("pdftotext", pdf, "/dev/null", &out), 0);
    assert_string_equal(buf_text(&out), "");
    buf_free(&out);
}

/* The text of pages, as pdftotext reads it; `options` such as "-f 2 -l 2". */
static inline void text_of(const struct buf *pdf, const char *options, struct buf *out)
{
    char command[200];

    snprintf(command, sizeof(command), "pdftotext -raw %s", options);
    assert_int_equal(tool(command, pdf, "-", out), 0);
}

/* All white space as single spaces. */
static inline void flatten(struct buf *text)
{
    size_t to = 0;

    for (size_t i = 0; i < text->len; i++) {
        bool is_space = strchr(" \n\r\t\f", text->data[i]) != NULL;

        if (!is_space)
            text->data[to++] = text->data[i];
        else if (to && text->data[to - 1] != ' ')
            text->data[to++] = ' ';
    }
    text->len = to;
    if (text->data)
        text->data[to] = '\0';
}

static inline size_t count_of(const char *text, const char *part)
{
    size_t count = 0;

    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        count++;
    return count;
}

static inline int pages_of(const struct buf *pdf)
{
    struct buf out;
    const char *at;
    int pages;

    buf_init(&out, 1 << 16);
    assert_int_equal(tool("pdfinfo", pdf, "", &out), 0);
    at = strstr(buf_text(&out), "Pages:");
    assert_non_null(at);
    pages = atoi(at + 6);
    buf_free(&out);
    return pages;
}

static inline struct flow_setup plain_setup(enum lang lang)
{
    return (struct flow_setup){
        .info = {.title = "Báo cáo", .date = day_of(2026, 11, 23), .lang = lang},
        .header_left = "Đầu trang",
        .footer = "Chân trang"};
}

/* Finishes a document that must come out right. */
static inline void finish(struct flow *flow, struct buf *out)
{
    struct err err;

    if (flow_finish(flow, out, &err) != OK)
        fail_msg("%s", err.text[LANG_EN]);
}

/* A picture as SVG that an XML parser has read. */
static inline void draw_svg(struct picture picture, double width, struct buf *out)
{
    static const struct svg_words words = {"c1", "Điểm <theo> \"trụ cột\" & mức", "Mô tả\x01 \xFF"};
    struct buf said;

    buf_clear(out);
    picture_svg(&picture, width, &words, out);
    buf_init(&said, 1 << 16);
    if (tool("python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])'", out, "",
             &said) != 0)
        fail_msg("%s", buf_text(&said));
    buf_free(&said);
}

/* Text stays inside: by the widths of Roboto, with a point to spare. */
static inline void assert_inside(const char *svg, double width, double height)
{
    for (const char *at = svg; (at = strstr(at, "<text x=\"")) != NULL; at++) {
        double x = atof(at + 9), y = atof(strstr(at, " y=\"") + 4);
        double size = atof(strstr(at, "font-size=\"") + 11);
        const char *text = strchr(at, '>') + 1;
        bool is_end = strstr(at, "\"end\"") && strstr(at, "\"end\"") < text;
        bool is_middle = strstr(at, "\"middle\"") && strstr(at, "\"middle\"") < text;
        bool is_bold = strstr(at, "\"700\"") && strstr(at, "\"700\"") < text;
        double length = font_text_width(is_bold ? FACE_BOLD : FACE_REGULAR, size, text,
                                        (size_t)(strchr(text, '<') - text));
        double left = x - (is_end ? length : is_middle ? length / 2 : 0);

        if (left < -1 || left + length > width + 1 || y - size * 0.7 < 0 || y > height)
            fail_msg("%.0f x %.0f: %.80s", width, height, at);
    }
}

#endif
