# SPDX-License-Identifier: Apache-2.0
"""An S3 on a port of 127.0.0.1 for the tests: moto's, behind a judge that signs every request anew with botocore.

usage: s3_server.py LOG KEY-ID KEY [SESSION-TOKEN]; prints the port, and ends with its standard input.
LOG takes a line for each request: method, path with query, status. A request to /_control makes buckets and faults:
{"buckets": {NAME: REGION}, "faults": [{"method", "path" (a part of it), "status", "code", "headers", "skip", "times",
"cut" (bytes of the answer)}]}; a list of faults takes the place of the one before.
"""

import hashlib
import io
import json
import sys
import threading
from urllib.parse import urlsplit

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.s3.models import s3_backends
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

log_path, key_id, key = sys.argv[1:4]
token = sys.argv[4] if len(sys.argv) > 4 else None
faults, lock = [], threading.Lock()
moto = DomainDispatcherApplication(create_backend_app)


def refusal(status, code, message, headers=()):
    text = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>{message}</Message></Error>".encode()
    return f"{status} {code}", [("Content-Type", "application/xml"), *headers], text


def objection(environ, body):
    """What is wrong with a request's signature; None when nothing is."""
    header = environ.get("HTTP_AUTHORIZATION", "")
    if not header.startswith("AWS4-HMAC-SHA256 "):
        return refusal(403, "AccessDenied", "Access Denied")
    parts = dict(part.strip().split("=", 1) for part in header[len("AWS4-HMAC-SHA256 "):].split(","))
    known, date, region, service, _ = parts["Credential"].split("/")
    if known != key_id:
        return refusal(403, "InvalidAccessKeyId", f"There is no key {known}.")
    headers = {}
    for name in parts["SignedHeaders"].split(";"):
        variable = name.upper().replace("-", "_")
        headers[name] = environ.get("HTTP_" + variable, environ.get(variable, ""))
    if token and headers.get("x-amz-security-token") != token:
        return refusal(400, "ExpiredToken", f"The token {headers.get('x-amz-security-token')} is over.")
    if not token and "HTTP_X_AMZ_SECURITY_TOKEN" in environ:
        return refusal(400, "InvalidToken", "The token is none.")
    if headers.get("x-amz-content-sha256") != hashlib.sha256(body).hexdigest():
        return refusal(400, "XAmzContentSHA256Mismatch", "The body is not the one that was signed.")
    request = AWSRequest(
        method=environ["REQUEST_METHOD"], url=f"http://{environ['HTTP_HOST']}{environ['RAW_URI']}", headers=headers)
    request.context["timestamp"] = headers["x-amz-date"]
    judge = S3SigV4Auth(Credentials(key_id, key, token), service, region)
    wanted = judge.signature(judge.string_to_sign(request, judge.canonical_request(request)), request)
    if wanted != parts["Signature"]:
        return refusal(403, "SignatureDoesNotMatch", f"StringToSign for {known}: {header}")
    if headers["x-amz-date"][:8] != date:
        return refusal(403, "SignatureDoesNotMatch", "The dates differ.")
    return None


def fault(environ):
    with lock:
        for rule in faults:
            if rule.get("method", environ["REQUEST_METHOD"]) != environ["REQUEST_METHOD"]:
                continue
            if rule.get("path", "") not in environ["RAW_URI"]:
                continue
            if rule.get("skip", 0) > 0:
                rule["skip"] -= 1
                continue
            if rule.get("times", 1) <= 0:
                continue
            rule["times"] = rule.get("times", 1) - 1
            return dict(rule)
    return None


class Broken(Exception):
    pass


def cut(pieces, count):
    """The first bytes of an answer, and then an end that nobody expects."""
    whole = b"".join(pieces)
    yield whole[:count]
    raise Broken()


def app(environ, start_response):
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length) if length else b""
    if environ["RAW_URI"].startswith("/_control"):
        wanted = json.loads(body)
        for name, region in wanted.get("buckets", {}).items():
            s3_backends["123456789012"]["aws"].create_bucket(name, region)
        with lock:
            faults[:] = wanted.get("faults", faults)
        start_response("204 No Content", [])
        return [b""]

    def answer(status, headers, *rest):
        with open(log_path, "a") as log:
            log.write(f"{environ['REQUEST_METHOD']} {environ['RAW_URI']} {status.split()[0]}\n")
        return start_response(status, headers, *rest)

    rule = fault(environ)
    reply = objection(environ, body)
    if rule and "status" in rule:
        reply = refusal(rule["status"], rule["code"], rule.get("message", "As asked for."), rule.get("headers", {}).items())
    if reply:
        answer(reply[0], reply[1])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [reply[2]]
    environ["wsgi.input"] = io.BytesIO(body)
    # moto finds the service by the credentials' scope; all of it is S3 here.
    pieces = moto(environ, answer)
    return cut(pieces, rule["cut"]) if rule and "cut" in rule else pieces


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_):
        pass

    def log_exception(self, *_):
        pass


server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.port, flush=True)
sys.stdin.read()
