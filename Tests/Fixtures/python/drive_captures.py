# SPDX-License-Identifier: Apache-2.0
"""Drives the capture service with httpx: drive_captures.py ADDRESS TOKEN"""
import gzip
import json
import sys
import time

import httpx

address, token = sys.argv[1:]
stranger = httpx.Client(base_url=address, timeout=60)
client = httpx.Client(base_url=address, timeout=60, headers={"Authorization": f"Bearer {token}"})


def expect(reply, status):
    assert reply.status_code == status, (reply.request.method, reply.url, reply.status_code, reply.text[:300])
    assert len(reply.headers["x-correlation-id"].replace("-", "")) == 32
    declared = document["paths"].get(reply.url.path, {}).get(reply.request.method.lower())
    assert declared is None or str(status) in declared["responses"], (reply.url.path, status)
    return reply


document = stranger.get("/openapi.json").json()
assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"

for path in ["/status", "/health", "/ready", "/startup", "/docs", "/", "/metrics"]:
    expect(stranger.get(path), 200)
for path in ["/jobs", "/capture-application-screenshot"]:
    assert expect(stranger.get(path), 401).headers["www-authenticate"] == "Bearer"
expect(stranger.post("/capture", json={"usd_stage_path": "vase.obj"}), 401)
expect(client.get("/capture-application-screenshot"), 404)

# A whole capture, and the picture itself.
made = expect(client.post("/capture", json={"usd_stage_path": "vase.obj", "width": 80, "height": 60}), 200).json()
assert made["success"] and made["error_message"] is None
picture = client.get(made["captured_image_path"])
assert picture.content.startswith(b"\x89PNG") and picture.headers["content-type"] == "image/png"
assert stranger.get(made["captured_image_path"]).status_code == 401
last = expect(client.get("/capture-application-screenshot", params={"width": 40}), 200).json()
assert (last["width"], last["height"]) == (40, 30)
by_body = client.request("GET", "/capture-application-screenshot", json={"width": 20})
assert expect(by_body, 200).json()["width"] == 20

# Without waiting, looked after by its id.
queued = expect(client.post("/capture", json={"usd_stage_path": "knot.ply", "width": 64, "wait": False}), 200).json()
for _ in range(600):
    job = client.get(f"/jobs/{queued['job_id']}").json()
    if job["status"] not in ("waiting", "running"):
        break
    time.sleep(0.1)
assert job["status"] == "finished", job
assert [one["id"] for one in expect(client.get("/jobs", params={"limit": 1}), 200).json()["jobs"]] == [job["id"]]
expect(client.delete(f"/jobs/{job['id']}"), 409)
expect(client.delete("/jobs/none"), 404)

# What cannot be drawn, and what is no request.
gone = expect(client.post("/capture", json={"usd_stage_path": "gone.usd"}), 200).json()
assert not gone["success"] and "gone.usd" in gone["error_message"]
packed = gzip.compress(json.dumps({"usd_stage_path": "gone.usd"}).encode())
kind = {"Content-Type": "application/json"}
expect(client.post("/capture", content=packed, headers=kind | {"Content-Encoding": "gzip"}), 200)
expect(client.post("/capture", content=packed[:-9], headers=kind | {"Content-Encoding": "gzip"}), 400)
expect(client.post("/capture", content=packed, headers=kind | {"Content-Encoding": "br"}), 415)
expect(client.post("/capture", content=b" " * (2 << 20), headers=kind), 413)
expect(client.post("/capture", content=b"{", headers=kind), 422)
fault = expect(client.post("/capture", json={"usd_stage_path": "a", "width": 0}), 422).json()["detail"][0]
assert fault["loc"] == ["body", "width"]
expect(client.get("/capture"), 405)
expect(client.get("/nothing"), 404)
print("all is as it should be")
