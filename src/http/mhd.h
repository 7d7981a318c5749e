#ifndef SRC_HTTP_MHD_H
#define SRC_HTTP_MHD_H

#include <microhttpd.h>

#include "base/late.h"

/* What is used of libmicrohttpd, which only `serve` needs; see base/late.h. */
#define MHD_FUNCTIONS(F)                                                                           \
    F(MHD_add_response_header)                                                                     \
    F(MHD_create_response_from_buffer)                                                             \
    F(MHD_create_response_from_fd64)                                                               \
    F(MHD_destroy_response)                                                                        \
    F(MHD_get_connection_info)                                                                     \
    F(MHD_get_connection_values_n)                                                                 \
    F(MHD_queue_response)                                                                          \
    F(MHD_quiesce_daemon)                                                                          \
    F(MHD_resume_connection)                                                                       \
    F(MHD_start_daemon)                                                                            \
    F(MHD_stop_daemon)                                                                             \
    F(MHD_suspend_connection)

struct mhd_functions {
    MHD_FUNCTIONS(LATE_POINTER)
};

/* Set by mhd_load(). */
extern struct mhd_functions mhd;

/* Errors as late_load(). */
enum status mhd_load(struct err *err);

#endif
