#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stddef.h>

/*
 * Writes lines of a log without ever waiting for who reads it: a pipe that nobody empties, or a
 * terminal that was stopped, must not stop what is logged. Returns how many bytes were taken, up to
 * the end of a line where that is possible; less than `len` if there is no room now. Lines of
 * several threads do not mix. A file that cannot be written takes everything: it is lost.
 */
size_t log_put(int fd, const char *text, size_t len);

#endif
