#ifndef HTTP_SYSTEMD_H
#define HTTP_SYSTEMD_H

/*
 * What a service manager is told, without libsystemd: the protocol is one datagram to the socket
 * that NOTIFY_SOCKET names (sd_notify(3)). `state` is "READY=1", "STOPPING=1" or "STATUS=...".
 * Without NOTIFY_SOCKET, and if nobody listens, nothing happens. The socket that systemd hands over
 * is server_inherited_socket() (http/server.h).
 */
void systemd_notify(const char *state);

#endif
