// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <libwebsockets.h>
#include <stddef.h>

/// What libwebsockets and OpenSSL offer only as macros, or what would let C structures dangle in Swift.

enum { cws_write_failed = -1, cws_out_of_memory = -2 };

/// Sends one whole message as one frame from a copy, because the library writes its header before the
/// payload and a client masks the payload in place. What the socket does not take at once the library
/// keeps and sends before anything else. Returns 0, `cws_write_failed` or `cws_out_of_memory`.
int cws_write_message(struct lws *wsi, const void *bytes, size_t count, int is_text);

/// Sends bytes of an HTTP response as they are. Returns 0 or `cws_write_failed`.
int cws_write_http(struct lws *wsi, const void *bytes, size_t count);

/// Gives a connection its last words, for the library to send when the callback next returns -1.
void cws_set_close_reason(struct lws *wsi, int code);

/// A policy for idle connections: no pings, ever; or, for tests, one after a second of silence.
const lws_retry_bo_t *cws_idle_policy(int sends_pings);

/// Sets up what OpenSSL and libwebsockets share, once for the process. A context of its own does it, because
/// each context that is told to do it makes the library forget where older ones keep their data.
void cws_initialize(void);

/// A client's certificate checks: those of `ca_file`, or of the system when it is NULL. On failure NULL, and a
/// reason in `error`.
void *cws_client_tls_create(const char *ca_file, char *error, size_t error_size);

/// Frees what `cws_client_tls_create` made.
void cws_tls_free(void *ssl_ctx);

/// Tries a server's certificate and key. Returns 0, or -1 and a reason in `error`.
int cws_server_tls_check(
    const char *certificate_file, const char *key_file, const char *passphrase, char *error, size_t error_size);

/// The answer to LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION: 0 goes on, 1 refuses, with a reason in
/// `error`. `address` is the numeric host that the certificate must name, or NULL when the library has checked
/// the name itself; `insecure` accepts anything.
int cws_verify_certificate(
    void *store_context, int is_valid, const char *address, int insecure, char *error, size_t error_size);
