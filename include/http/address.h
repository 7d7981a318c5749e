#ifndef HTTP_ADDRESS_H
#define HTTP_ADDRESS_H

#include <stdint.h>
#include <sys/socket.h>

#include "base/err.h"

#define ADDRESS_TEXT_MAX 64

/* Opens a listening socket for "127.0.0.1:8080" or "[::1]:8080". BAD_USAGE or FAILED. */
MUST_USE enum status address_listen(const char *text, int *fd, struct err *err);

/* Whether it is such a text: OK or BAD_USAGE. */
MUST_USE enum status address_check(const char *text, struct err *err);

/* The address that a socket is bound to, in the same form; "unix" for sockets of that family. */
void address_print(int fd, char text[ADDRESS_TEXT_MAX]);

/* Who asks, as a hash with a key of this process: of the IPv4 address, or of the /64 that an IPv6
 * address is in (a household gets one). Addresses themselves are kept nowhere. */
uint64_t address_client(const struct sockaddr *address);

/* The same for the last address that an X-Forwarded-For header lists; `otherwise` if that cannot
 * be read. */
uint64_t address_forwarded(const char *header, uint64_t otherwise);

#endif
