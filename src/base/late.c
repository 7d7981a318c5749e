#include "base/late.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static enum status refuse(const struct late_library *library, struct err *err)
{
    const char *why = dlerror();

    return err_set(err, FAILED,
                   "không nạp được thư viện %s (%s); hãy cài lại gói chứa thư viện này",
                   "the library %s cannot be loaded (%s); install its package again", library->file,
                   why ? why : "?");
}

static enum status load(struct late_library *library, struct err *err)
{
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

    if (!handle)
        return refuse(library, err);
    for (size_t i = 0; i < library->count; i++) {
        void *function = dlsym(handle, library->names[i]);

        if (!function)
            return refuse(library, err);
        memcpy((char *)library->pointers + i * sizeof(function), &function, sizeof(function));
    }
    atomic_store(&library->is_loaded, true);
    return OK;
}

enum status late_load(struct late_library *library, struct err *err)
{
    enum status status = OK;

    if (atomic_load(&library->is_loaded))
        return OK;
    pthread_mutex_lock(&lock);
    if (!atomic_load(&library->is_loaded))
        status = load(library, err);
    pthread_mutex_unlock(&lock);
    return status;
}
