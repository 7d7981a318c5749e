/*
 * Packs files into a C source: embed NAME FILE... > out.c; embed --header NAME FILE... > out.h
 * makes `const struct asset NAME[]` sorted by name, with its length in NAME_count. The name of an
 * asset is the file's last path component; its tag is a hash of the content (FNV-1a, 64 bits),
 * good for cache-busting URLs and checksums of migrations, not for security. The header has an enum
 * of the indexes, so that a file that is not there is an error of the compiler: ASSET_app_css.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct file {
    const char *path, *name;
    unsigned char *data;
    size_t len;
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

static void print_bytes(const struct file *file, int index)
{
    printf("static const unsigned char data_%d[] = {", index);
    for (size_t i = 0; i < file->len; i++)
        printf("%s%u,", i % 24 ? "" : "\n", file->data[i]);
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
    for (int i = 0; i < count; i++)
        print_bytes(&files[i], i);
    printf("extern const struct asset %s[];\nextern const size_t %s_count;\n\n", name, name);
    printf("const struct asset %s[] = {\n", name);
    for (int i = 0; i < count; i++)
        printf("    {\"%s\", data_%d, %zu, \"%016llx\"},\n", files[i].name, i, files[i].len,
               (unsigned long long)hash_of(&files[i]));
    printf("    {0},\n};\nconst size_t %s_count = %d;\n", name, count);
}

int main(int argc, char **argv)
{
    int is_header = argc > 1 && strcmp(argv[1], "--header") == 0;
    int count = argc - 2 - is_header;
    struct file *files;

    if (count < 0) {
        fprintf(stderr, "usage: embed [--header] NAME FILE...\n");
        return 2;
    }
    argv += 1 + is_header;
    files = calloc((size_t)count + 1, sizeof(*files));
    if (!files)
        die("out of memory", argv[0]);
    for (int i = 0; i < count; i++) {
        const char *slash = strrchr(argv[i + 1], '/');

        files[i].path = argv[i + 1];
        files[i].name = slash ? slash + 1 : argv[i + 1];
        read_file(&files[i]);
    }
    qsort(files, (size_t)count, sizeof(*files), by_name);
    if (is_header)
        print_header(argv[0], files, count);
    else
        print_source(argv[0], files, count);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 3;
}
