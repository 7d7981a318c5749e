#include "mhd.h"

#include "late_names.h"

struct mhd_functions mhd;

static const char *const names[] = {MHD_FUNCTIONS(LATE_NAME)};
static struct late_library library = LATE_LIBRARY(LATE_MICROHTTPD, names, mhd);

enum status mhd_load(struct err *err)
{
    return late_load(&library, err);
}
