#ifndef SRC_STORE_STATEMENT_H
#define SRC_STORE_STATEMENT_H

#include "store.h"

/* Short ways to run a statement, for the many that dossiers need. */

struct param {
    enum { PARAM_INT, PARAM_TEXT, PARAM_BYTES } kind;
    int64_t number;
    const void *data; /* NULL binds NULL */
    size_t len;
};

#define INT(n) ((struct param){PARAM_INT, (n), NULL, 0})
#define TEXT(text) ((struct param){PARAM_TEXT, 0, (text), 0})
#define BYTES(bytes, count) ((struct param){PARAM_BYTES, 0, (bytes), (count)})

/* $1 to $n, borrowed until the statement is done. */
struct params {
    const struct param *items;
    size_t count;
};

#define PARAMS(...)                                                                                \
    ((struct params){(const struct param[]){__VA_ARGS__},                                          \
                     sizeof((struct param[]){__VA_ARGS__}) / sizeof(struct param)})

#define PARAMS_NONE ((struct params){NULL, 0})

/* A statement with its values bound, and its first row read; db_done() is the caller's on OK. */
enum status statement_first(struct store *store, enum sql_id sql, struct params params,
                            struct db_stmt **stmt, bool *has_row, struct err *err);

/* The first `count` columns of the first row, which are numbers; `has_row` false if there is none.
 */
enum status statement_ints(struct store *store, enum sql_id sql, struct params params,
                           int64_t *numbers, int count, bool *has_row, struct err *err);
/* The first alone. */
enum status statement_int(struct store *store, enum sql_id sql, struct params params,
                          int64_t *number, bool *has_row, struct err *err);

/* Runs a statement without a result; `changes` (may be NULL) are the rows that were written. */
enum status statement_write(struct store *store, enum sql_id sql, struct params params,
                            int64_t *changes, struct err *err);

/* The same between store_enter() and store_leave(). */
enum status statement_write_alone(struct store *store, enum sql_id sql, struct params params,
                                  int64_t *changes, struct err *err);

/* How a row becomes an item of `size` bytes; texts are copied into the arena. */
struct list_kind {
    size_t size;
    void (*read)(struct db_stmt *stmt, struct arena *arena, void *item);
};

/* All rows in the arena; `items` is never NULL. */
enum status statement_list(struct store *store, enum sql_id sql, struct params params,
                           const struct list_kind *kind, struct arena *arena, void **items,
                           size_t *count, struct err *err);

/* A column of `size` bytes; zeros where it is NULL or of another size. */
void statement_bytes(struct db_stmt *stmt, int column, unsigned char *to, size_t size);
/* A column as a text in the arena; "" for NULL. */
const char *statement_text(struct db_stmt *stmt, int column, struct arena *arena);

#endif
