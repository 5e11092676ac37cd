// SPDX-License-Identifier: Apache-2.0
#include "CWebSocketShim.h"
#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

/// OpenSSL's last word, and an empty queue of errors.
static void describe(char *error, size_t error_size) {
    unsigned long code = ERR_peek_last_error();
    const char *reason = code ? ERR_reason_error_string(code) : NULL;
    if (!reason && code && ERR_SYSTEM_ERROR(code)) reason = strerror(ERR_GET_REASON(code));
    snprintf(error, error_size, "%s", reason ? reason : "unknown reason");
    ERR_clear_error();
}

void *cws_client_tls_create(const char *ca_file, char *error, size_t error_size) {
    ERR_clear_error();
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    if (!context) {
        describe(error, error_size);
        return NULL;
    }
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_mode(
        context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    int loaded = ca_file ? SSL_CTX_load_verify_locations(context, ca_file, NULL)
                         : SSL_CTX_set_default_verify_paths(context);
    if (loaded == 1) return context;
    describe(error, error_size);
    SSL_CTX_free(context);
    return NULL;
}

void cws_tls_free(void *ssl_ctx) { SSL_CTX_free(ssl_ctx); }

/// Without this OpenSSL would ask on the terminal.
static int passphrase_callback(char *buffer, int size, int for_writing, void *passphrase) {
    (void)for_writing;
    size_t count = passphrase ? strlen(passphrase) : 0;
    if (count == 0 || count > (size_t)size) return -1;
    memcpy(buffer, passphrase, count);
    return (int)count;
}

int cws_server_tls_check(
    const char *certificate_file, const char *key_file, const char *passphrase, char *error, size_t error_size) {
    ERR_clear_error();
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (!context) {
        describe(error, error_size);
        return -1;
    }
    SSL_CTX_set_default_passwd_cb(context, passphrase_callback);
    SSL_CTX_set_default_passwd_cb_userdata(context, (void *)passphrase);
    char reason[256] = "";
    const char *what = NULL;
    if (SSL_CTX_use_certificate_chain_file(context, certificate_file) != 1)
        what = "the certificate cannot be used";
    else if (SSL_CTX_use_PrivateKey_file(context, key_file, SSL_FILETYPE_PEM) != 1)
        what = "the private key cannot be used";
    else if (SSL_CTX_check_private_key(context) != 1)
        what = "the private key does not belong to the certificate";
    if (what) {
        describe(reason, sizeof(reason));
        snprintf(error, error_size, "%s (%s)", what, reason);
    }
    SSL_CTX_free(context);
    return what ? -1 : 0;
}

int cws_verify_certificate(
    void *store_context, int is_valid, const char *address, int insecure, char *error, size_t error_size) {
    X509_STORE_CTX *context = store_context;
    if (insecure) {
        X509_STORE_CTX_set_error(context, X509_V_OK);
        return 0;
    }
    if (is_valid && address && X509_STORE_CTX_get_error_depth(context) == 0) {
        X509 *certificate = X509_STORE_CTX_get_current_cert(context);
        if (!certificate || X509_check_ip_asc(certificate, address, 0) != 1) {
            X509_STORE_CTX_set_error(context, X509_V_ERR_IP_ADDRESS_MISMATCH);
            is_valid = 0;
        }
    }
    if (is_valid) return 0;
    snprintf(error, error_size, "%s", X509_verify_cert_error_string(X509_STORE_CTX_get_error(context)));
    return 1;
}
