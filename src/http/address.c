/* Addresses: where to listen, and who asks. */
#include "http/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BACKLOG 1024
#define PORT_MAX 65535

union any_address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_storage storage;
};

static bool read_port(const char *text, in_port_t *port)
{
    size_t len = strlen(text);
    long number;

    if (len < 1 || len > 5 || strspn(text, "0123456789") != len)
        return false;
    number = strtol(text, NULL, 10);
    *port = htons((uint16_t)number);
    return number <= PORT_MAX;
}

/* Reads HOST:PORT; both families in one union. */
static bool read_address(const char *text, union any_address *address)
{
    const char *colon = strrchr(text, ':');
    char host[ADDRESS_TEXT_MAX];
    size_t len = colon ? (size_t)(colon - text) : 0;
    bool is_v6 = len > 2 && text[0] == '[' && text[len - 1] == ']';

    *address = (union any_address){0};
    if (len == 0 || len >= sizeof(host))
        return false;
    memcpy(host, text + is_v6, len - 2 * is_v6);
    host[len - 2 * is_v6] = '\0';
    if (is_v6) {
        address->v6.sin6_family = AF_INET6;
        return inet_pton(AF_INET6, host, &address->v6.sin6_addr) == 1 &&
               read_port(colon + 1, &address->v6.sin6_port);
    }
    address->v4.sin_family = AF_INET;
    return inet_pton(AF_INET, host, &address->v4.sin_addr) == 1 &&
           read_port(colon + 1, &address->v4.sin_port);
}

static enum status read_or_say(const char *text, union any_address *address, struct err *err)
{
    if (text && read_address(text, address))
        return OK;
    return err_set(err, BAD_USAGE,
                   "'%s' không phải là địa chỉ để nghe; hãy viết như 127.0.0.1:8080 hay "
                   "[::1]:8080",
                   "'%s' is no address to listen on; write it as 127.0.0.1:8080 or [::1]:8080",
                   text ? text : "");
}

enum status address_check(const char *text, struct err *err)
{
    union any_address address;

    return read_or_say(text, &address, err);
}

enum status address_listen(const char *text, int *fd, struct err *err)
{
    union any_address address;
    int yes = 1, sock;

    if (read_or_say(text, &address, err) != OK)
        return err->status;
    sock = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (sock >= 0 && setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) == 0 &&
        bind(sock, &address.any,
             address.any.sa_family == AF_INET ? sizeof(address.v4) : sizeof(address.v6)) == 0 &&
        listen(sock, BACKLOG) == 0) {
        *fd = sock;
        return OK;
    }
    err_set(err, FAILED, "không nghe được ở %s: %s", "cannot listen on %s: %s", text,
            strerror(errno));
    if (sock >= 0)
        close(sock);
    return FAILED;
}

void address_print(int fd, char text[ADDRESS_TEXT_MAX])
{
    union any_address address = {0};
    socklen_t len = sizeof(address);
    char host[INET6_ADDRSTRLEN] = "";

    if (getsockname(fd, &address.any, &len) != 0)
        address.any.sa_family = AF_UNSPEC;
    switch (address.any.sa_family) {
    case AF_INET:
        inet_ntop(AF_INET, &address.v4.sin_addr, host, sizeof(host));
        snprintf(text, ADDRESS_TEXT_MAX, "%s:%u", host, (unsigned)ntohs(address.v4.sin_port));
        break;
    case AF_INET6:
        inet_ntop(AF_INET6, &address.v6.sin6_addr, host, sizeof(host));
        snprintf(text, ADDRESS_TEXT_MAX, "[%s]:%u", host, (unsigned)ntohs(address.v6.sin6_port));
        break;
    default:
        snprintf(text, ADDRESS_TEXT_MAX, "unix");
        break;
    }
}

/* ---- who asks ---- */

static unsigned char hash_key[crypto_shorthash_KEYBYTES];
static pthread_once_t hash_key_once = PTHREAD_ONCE_INIT;

static void make_hash_key(void)
{
    if (sodium_init() < 0)
        abort();
    randombytes_buf(hash_key, sizeof(hash_key));
}

static uint64_t hash(const void *data, size_t len)
{
    uint64_t value;
    _Static_assert(sizeof(value) == crypto_shorthash_BYTES, "a hash is 64 bits");

    pthread_once(&hash_key_once, make_hash_key);
    crypto_shorthash((unsigned char *)&value, data, len, hash_key);
    return value;
}

/* An IPv4 address that came through an IPv6 socket is the same client. */
static uint64_t hash_v6(const struct in6_addr *address)
{
    return IN6_IS_ADDR_V4MAPPED(address) ? hash(address->s6_addr + 12, 4) : hash(address, 8);
}

uint64_t address_client(const struct sockaddr *address)
{
    const union any_address *any = (const union any_address *)address;

    if (!address)
        return hash("", 0);
    switch (address->sa_family) {
    case AF_INET:
        return hash(&any->v4.sin_addr, sizeof(any->v4.sin_addr));
    case AF_INET6:
        return hash_v6(&any->v6.sin6_addr);
    default:
        return hash("", 0);
    }
}

uint64_t address_forwarded(const char *header, uint64_t otherwise)
{
    const char *comma = header ? strrchr(header, ',') : NULL;
    const char *last = comma ? comma + 1 : header;
    struct in6_addr v6;
    struct in_addr v4;

    if (!last)
        return otherwise;
    last += strspn(last, " \t");
    if (inet_pton(AF_INET, last, &v4) == 1)
        return hash(&v4, sizeof(v4));
    return inet_pton(AF_INET6, last, &v6) == 1 ? hash_v6(&v6) : otherwise;
}
