/*
 * Packs files into a C source: embed NAME FILE... > out.c; embed --header NAME FILE... > out.h;
 * embed --gzip NAME FILE... has each file compressed too. It
 * makes `const struct asset NAME[]` sorted by name, with its length in NAME_count. The name of an
 * asset is the file's last path component; its tag is a hash of the content (FNV-1a, 64 bits),
 * good for cache-busting URLs and checksums of migrations, not for security. The header has an enum
 * of the indexes, so that a file that is not there is an error of the compiler: ASSET_app_css.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

struct file {
    const char *path, *name;
    unsigned char *data;
    size_t len;
    unsigned char *gzip; /* NULL: none */
    size_t gzip_len;
};

static void die(const char *what, const char *path)
{
    fprintf(stderr, "embed: %s: %s\n", path, what);
    exit(1);
}

static void read_file(struct file *file)
{
    FILE *in = fopen(file->path, "rb");
    size_t cap = 1 << 16;

    if (!in)
        die("cannot be opened", file->path);
    file->data = malloc(cap);
    for (;;) {
        if (!file->data)
            die("out of memory", file->path);
        file->len += fread(file->data + file->len, 1, cap - file->len, in);
        if (file->len < cap)
            break;
        file->data = realloc(file->data, cap *= 2);
    }
    if (ferror(in))
        die("cannot be read", file->path);
    fclose(in);
}

/* As small as zlib can, with no time in it: the same file gives the same bytes. */
static void compress_file(struct file *file)
{
    z_stream z = {0};
    size_t room;

    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        die("cannot be compressed", file->path);
    room = deflateBound(&z, file->len);
    file->gzip = malloc(room);
    if (!file->gzip)
        die("out of memory", file->path);
    z.next_in = file->data;
    z.avail_in = (unsigned)file->len;
    z.next_out = file->gzip;
    z.avail_out = (unsigned)room;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        die("cannot be compressed", file->path);
    file->gzip_len = z.total_out;
    deflateEnd(&z);
    if (file->gzip_len < file->len)
        return;
    free(file->gzip);
    file->gzip = NULL;
    file->gzip_len = 0;
}

static uint64_t hash_of(const struct file *file)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < file->len; i++)
        hash = (hash ^ file->data[i]) * 1099511628211u;
    return hash;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

static void print_bytes(const char *name, int index, const unsigned char *data, size_t len)
{
    printf("static const unsigned char %s_%d[] = {", name, index);
    for (size_t i = 0; i < len; i++)
        printf("%s%u,", i % 24 ? "" : "\n", data[i]);
    printf("0};\n\n"); /* a NUL behind, so that texts can be used as they are */
}

/* Enumerators in the order of the table; dots and dashes become '_'. */
static void print_header(const char *name, const struct file *files, int count)
{
    printf("/* Made by src/tools/embed.c. */\nenum %s_index {\n", name);
    for (int i = 0; i < count; i++) {
        printf("    ASSET_");
        for (const char *c = files[i].name; *c; c++)
            putchar(*c == '.' || *c == '-' ? '_' : *c);
        printf(",\n");
    }
    printf("    ASSET__MAX\n};\n");
}

static void print_source(const char *name, const struct file *files, int count)
{
    printf("/* Made by src/tools/embed.c. */\n#include \"base/asset.h\"\n\n");
    for (int i = 0; i < count; i++) {
        print_bytes("data", i, files[i].data, files[i].len);
        if (files[i].gzip)
            print_bytes("gzip", i, files[i].gzip, files[i].gzip_len);
    }
    printf("extern const struct asset %s[];\nextern const size_t %s_count;\n\n", name, name);
    printf("const struct asset %s[] = {\n", name);
    for (int i = 0; i < count; i++) {
        printf("    {\"%s\", data_%d, %zu, \"%016llx\", ", files[i].name, i, files[i].len,
               (unsigned long long)hash_of(&files[i]));
        if (files[i].gzip)
            printf("gzip_%d, %zu},\n", i, files[i].gzip_len);
        else
            printf("NULL, 0},\n");
    }
    printf("    {0},\n};\nconst size_t %s_count = %d;\n", name, count);
}

int main(int argc, char **argv)
{
    int is_header = argc > 1 && strcmp(argv[1], "--header") == 0;
    int is_gzip = argc > 1 && strcmp(argv[1], "--gzip") == 0;
    int count = argc - 2 - is_header - is_gzip;
    struct file *files;

    if (count < 0) {
        fprintf(stderr, "usage: embed [--header | --gzip] NAME FILE...\n");
        return 2;
    }
    argv += 1 + is_header + is_gzip;
    files = calloc((size_t)count + 1, sizeof(*files));
    if (!files)
        die("out of memory", argv[0]);
    for (int i = 0; i < count; i++) {
        const char *slash = strrchr(argv[i + 1], '/');

        files[i].path = argv[i + 1];
        files[i].name = slash ? slash + 1 : argv[i + 1];
        read_file(&files[i]);
        if (is_gzip)
            compress_file(&files[i]);
    }
    qsort(files, (size_t)count, sizeof(*files), by_name);
    if (is_header)
        print_header(argv[0], files, count);
    else
        print_source(argv[0], files, count);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 3;
}
