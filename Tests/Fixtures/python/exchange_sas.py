# SPDX-License-Identifier: Apache-2.0
"""Writes a blob by a SAS that was given, and prints one of its own that can read only.

usage: exchange_sas.py CONTAINER-URL ACCOUNT KEY SAS
"""

import datetime
import sys

from azure.storage.blob import ContainerClient, generate_container_sas

url, account, key, sas = sys.argv[1:]
ContainerClient.from_container_url(f"{url}?{sas}", retry_total=0).upload_blob("by-our-sas", b"written")
print(
    generate_container_sas(
        account, url.rsplit("/", 1)[1], account_key=key, permission="r",
        expiry=datetime.datetime(2096, 1, 1, tzinfo=datetime.timezone.utc),
    )
)
