#ifndef SRC_BASE_ZIP_H
#define SRC_BASE_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads ZIP archives, one part at a time, over libminizip. */
struct zip;

/* Over a copy of the descriptor, whose place moves; NULL: it is none, or cannot be read. */
struct zip *zip_open(int fd);
void zip_close(struct zip *zip); /* NULL is fine */

uint64_t zip_count(const struct zip *zip);

/* Chooses a part: by name, in any case of letters; the first; the next one. */
bool zip_find(struct zip *zip, const char *name);
bool zip_first(struct zip *zip);
/* False: there is none; *is_end tells that from a broken archive. */
bool zip_next(struct zip *zip, bool *is_end);

/* Opens the chosen part; `packed` (may be NULL) are the bytes that it has in the archive. */
bool zip_begin(struct zip *zip, uint64_t *packed);
/* At most `max` bytes; 0 at the end of what is there, -1 for what is broken. */
int zip_read(struct zip *zip, void *data, size_t max);
/* Closes the part. True if it was read to its end, is whole, and has the check sum that the archive
 * says. */
bool zip_end(struct zip *zip);

#endif
