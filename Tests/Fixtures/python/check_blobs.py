# SPDX-License-Identifier: Apache-2.0
"""Reads blobs that the client under test has written, writes others for it, and deletes the first ones.

usage: check_blobs.py CONTAINER-URL ACCOUNT KEY sas|key SOURCE-FILE
"""

import datetime
import sys

from azure.storage.blob import ContainerClient, ContentSettings, generate_container_sas

url, account, key, way, source = sys.argv[1:]
container = url.rsplit("/", 1)[1]
credential = {"account_name": account, "account_key": key}
if way == "sas":
    credential = generate_container_sas(
        account, container, account_key=key, permission="rcwdl",
        expiry=datetime.datetime(2096, 1, 1, tzinfo=datetime.timezone.utc),
    )
# Small pieces, so that long blobs travel in blocks and ranges.
client = ContainerClient.from_container_url(
    url, credential=credential, max_single_put_size=1000, max_block_size=700, max_single_get_size=512,
    max_chunk_get_size=512, retry_total=0,
)
with open(source, "rb") as file:
    expected = file.read()

names = [blob.name for blob in client.list_blobs(name_starts_with="out/", results_per_page=2)]
assert sorted(names) == sorted(["out/house ü.arrAsset", "out/100%+1&x=y?#.png", "out/long.bin"]), names
for name in names:
    blob = client.get_blob_client(name)
    properties = blob.get_blob_properties()
    assert properties.size == len(expected), properties.size
    assert properties.content_settings.content_type == "image/png"
    assert properties.metadata == {"made": "here"}, properties.metadata
    assert blob.download_blob().readall() == expected, name
    client.get_blob_client(name.replace("out/", "theirs/")).upload_blob(
        expected[::-1], content_settings=ContentSettings(content_type="model/gltf-binary")
    )
    blob.delete_blob()
