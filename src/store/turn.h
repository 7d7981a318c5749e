#ifndef SRC_STORE_TURN_H
#define SRC_STORE_TURN_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Whose turn it is to write. SQLite alone is not fair: who waits looks again after up to 100 ms,
 * and a writer that begins again at once is always there first, so that a save waits for the end of
 * an import. Here a file beside the database ("dxready.db-lock") has two bytes that are locked: the
 * first by who writes, the second by those that want to write something short. Who writes much lets
 * go often, and takes its next turn only when the second byte is free.
 *
 * It keeps the order among our own programs; what must not happen twice at once is still SQLite's
 * lock to prevent. Where the file cannot be made, that one is all there is. A lock ends with its
 * process, however that ends.
 */
struct turn;

/* NULL where the file cannot be made. */
struct turn *turn_open(const char *database);
void turn_close(struct turn *turn);

/* Waits until `until_ms` of clock_ms() at most; false if it was not given till then. */
bool turn_take(struct turn *turn, bool is_long, int64_t until_ms);
void turn_give(struct turn *turn);

/* Until turn_close(): this is the one server of the database. False if another is. */
bool turn_claim(struct turn *turn);

/* A millisecond of sleep, between two looks at a lock. */
void turn_pause(void);

#endif
