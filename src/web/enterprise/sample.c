#include "web/enterprise/sample.h"

#include "app/enterprise/result.h"
#include "base/asset.h"

extern const struct asset web_samples[];
extern const size_t web_samples_count;

static struct response *read_sample(struct site *site, const char *name)
{
    const struct asset *asset = asset_find(web_samples, web_samples_count, name);
    struct faults *faults = ARENA_NEW(&site->arena, struct faults);
    const struct json *root;
    struct response *response = NULL;

    if (!asset)
        return NULL;
    faults_init(faults, &site->arena);
    root = json_parse(&site->arena, name, (const char *)asset->data, asset->len, faults);
    if (root)
        response = response_read(&site->arena, root, site->loaded.facts,
                                 loaded_data_source(&site->loaded), NULL, faults);
    if (response)
        response_activate(response, &site->arena);
    return response;
}

/* As made up as the example itself: what people see when enough others were assessed. Percents by
 * dimension, of the questionnaire that the example answers. */
static const struct peer_group sample_peers = {
    .kind = PEERS_SECTION,
    .n = 20,
    .count = 6,
    .total = {34, 1},
    .medians = {{34, 1}, {40, 1}, {37, 1}, {34, 1}, {36, 1}, {26, 1}},
};

void sample_make(struct site *site)
{
    struct result_request request = {.response = read_sample(site, "sample.json"),
                                     .before = read_sample(site, "sample-before.json"),
                                     .peers = &sample_peers,
                                     .on = today()};
    struct result result;
    struct err none;

    if (request.response &&
        result_make(site->loaded.ws, &site->arena, &request, &result, &none) == OK)
        site->sample = result.report;
}
