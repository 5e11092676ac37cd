// SPDX-License-Identifier: Apache-2.0
#include "CWebSocketShim.h"
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int cws_write_message(struct lws *wsi, const void *bytes, size_t count, int is_text) {
    unsigned char *copy = malloc(LWS_PRE + count + 1);
    if (!copy) return cws_out_of_memory;
    if (count) memcpy(copy + LWS_PRE, bytes, count);
    int sent = lws_write(wsi, copy + LWS_PRE, count, is_text ? LWS_WRITE_TEXT : LWS_WRITE_BINARY);
    free(copy);
    return sent < (int)count ? cws_write_failed : 0;
}

int cws_write_http(struct lws *wsi, const void *bytes, size_t count) {
    unsigned char *copy = malloc(LWS_PRE + count + 1);
    if (!copy) return cws_write_failed;
    memcpy(copy + LWS_PRE, bytes, count);
    int sent = lws_write(wsi, copy + LWS_PRE, count, LWS_WRITE_HTTP);
    free(copy);
    return sent < (int)count ? cws_write_failed : 0;
}

void cws_set_close_reason(struct lws *wsi, int code) {
    lws_close_reason(wsi, (enum lws_close_status)code, NULL, 0);
}

const lws_retry_bo_t *cws_idle_policy(int sends_pings) {
    // The library sets no timer at all for a policy whose time to hang up is 0.
    static const lws_retry_bo_t never = {0};
    static const lws_retry_bo_t soon = {.secs_since_valid_ping = 1, .secs_since_valid_hangup = 60};
    return sends_pings ? &soon : &never;
}

static void initialize_once(void) {
    lws_set_log_level(0, NULL);
    struct lws_context_creation_info info;
    memset(&info, 0, sizeof(info));
    info.port = CONTEXT_PORT_NO_LISTEN;
    info.gid = (gid_t)-1;
    info.uid = (uid_t)-1;
    info.fd_limit_per_thread = 4;
    info.options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    struct lws_context *context = lws_create_context(&info);
    if (context) lws_context_destroy(context);
}

void cws_initialize(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, initialize_once);
}
