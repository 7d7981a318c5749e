/* Any bytes as a policy: refused with places, or one whose own tests and lint run. */
#include "fuzz.h"

#include "policy/lint.h"
#include "policy/match.h"

#define INPUT_BYTES_MAX 20000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct catalogue *reference = fuzz_reference();
    const struct policy *policy = NULL;
    const struct json *root;
    struct faults faults;
    struct arena arena;

    if (size > INPUT_BYTES_MAX)
        return 0;
    arena_init(&arena);
    faults_init(&faults, &arena);
    root = fuzz_parse(&arena, data, size, &faults);
    if (root)
        policy = policy_read(&arena, root, reference->facts, &faults);
    MUST(!policy == (faults.errors > 0));
    if (policy) {
        policy_run_tests(&arena, reference, policy, &faults);
        policy_lint(&arena, reference, policy, &faults);
    }
    fuzz_check_faults(&faults);
    arena_free(&arena);
    return 0;
}
