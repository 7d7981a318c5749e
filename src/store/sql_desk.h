#ifndef SRC_STORE_SQL_DESK_H
#define SRC_STORE_SQL_DESK_H

#include "store/sql.h"

/* The text of a statement of the desk (accounts, cases, plans): `id` is SQL_DESK__FIRST or behind
 * it. */
const char *sql_desk_text(enum sql_id id);

#endif
