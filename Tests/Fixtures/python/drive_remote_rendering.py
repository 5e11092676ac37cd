# SPDX-License-Identifier: Apache-2.0
"""Drives a Remote Rendering service with Azure's Python SDK, as its users do; ends with 0 when all went well.

Usage: drive_remote_rendering.py ENDPOINT ACCOUNT KEY IN_CONTAINER OUT_CONTAINER MODEL PREFIX
"""

import sys
import uuid

from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import (
    ClientAuthenticationError,
    HttpResponseError,
    ResourceExistsError,
    ResourceNotFoundError,
)
from azure.mixedreality.authentication import MixedRealityStsClient
from azure.mixedreality.remoterendering import (
    AssetConversionInputSettings,
    AssetConversionOutputSettings,
    AssetConversionStatus,
    RemoteRenderingClient,
    RenderingSessionSize,
    RenderingSessionStatus,
)

ENDPOINT, ACCOUNT, KEY, IN_CONTAINER, OUT_CONTAINER, MODEL, PREFIX = sys.argv[1:8]
DOMAIN = "eastus.mixedreality.azure.com"


def expect(condition, what):
    if not condition:
        raise SystemExit(f"not as expected: {what}")


def refused(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise SystemExit(f"{kind.__name__} was expected")


def client(key=KEY, credential=None):
    return RemoteRenderingClient(
        endpoint=ENDPOINT,
        account_id=ACCOUNT,
        account_domain=DOMAIN,
        credential=credential or AzureKeyCredential(key),
        authentication_endpoint_url=ENDPOINT,
        polling_interval=0.1,
    )


def settings(name, conversion_id):
    return {
        "input_settings": AssetConversionInputSettings(
            storage_container_uri=IN_CONTAINER, relative_input_asset_path=name, blob_prefix=PREFIX
        ),
        "output_settings": AssetConversionOutputSettings(
            storage_container_uri=OUT_CONTAINER,
            blob_prefix="output/" + conversion_id,
            output_asset_filename="convertedBox.arrAsset",
        ),
    }


def conversions(arr):
    conversion_id = str(uuid.uuid4())
    poller = arr.begin_asset_conversion(conversion_id=conversion_id, **settings(MODEL, conversion_id))
    conversion = poller.result()
    expect(conversion.status == AssetConversionStatus.SUCCEEDED, f"conversion {conversion.status}")
    expect(
        conversion.output.asset_uri == f"{OUT_CONTAINER}/output/{conversion_id}/convertedBox.arrAsset",
        conversion.output.asset_uri,
    )
    again = arr.get_asset_conversion_poller(conversion_id=conversion_id).result()
    expect(again.id == conversion_id, "poller by id")
    token = poller.continuation_token()
    expect(arr.get_asset_conversion_poller(continuation_token=token).result().id == conversion_id, "poller by token")
    expect(arr.get_asset_conversion(conversion_id).created_on.year >= 2024, "creation time")

    error = refused(
        ResourceExistsError,
        lambda: arr.begin_asset_conversion(conversion_id=conversion_id, **settings("other.fbx", conversion_id)),
    )
    expect(error.status_code == 409, "409")
    refused(ResourceNotFoundError, lambda: arr.get_asset_conversion("none"))

    failing = str(uuid.uuid4())
    poller = arr.begin_asset_conversion(conversion_id=failing, **settings("missing.fbx", failing))
    error = refused(HttpResponseError, poller.result)
    expect(error.error.code == "ConversionProcessFailed", f"code {error.error.code}")

    listed = {c.id: c.status for c in arr.list_asset_conversions()}
    expect(listed[conversion_id] == AssetConversionStatus.SUCCEEDED, "list")
    expect(listed[failing] == AssetConversionStatus.FAILED, "failed one in the list")


def sessions(arr):
    session_id = str(uuid.uuid4())
    poller = arr.begin_rendering_session(
        session_id=session_id, size=RenderingSessionSize.STANDARD, lease_time_minutes=20
    )
    session = poller.result()
    expect(session.status == RenderingSessionStatus.READY, f"session {session.status}")
    expect(session.hostname and 0 < session.handshake_port < 65536, "host and port")
    session = arr.get_rendering_session(session_id)
    session = arr.update_rendering_session(
        session_id=session_id, lease_time_minutes=session.lease_time_minutes + 10
    )
    expect(session.lease_time_minutes == 30, "extended lease")
    error = refused(HttpResponseError, lambda: arr.update_rendering_session(session_id=session_id, lease_time_minutes=5))
    expect(error.status_code == 422, "422")
    expect(session_id in [s.id for s in arr.list_rendering_sessions()], "list")
    arr.stop_rendering_session(session_id)
    expect(arr.get_rendering_session(session_id).status == RenderingSessionStatus.STOPPED, "stopped")
    expect(session_id not in [s.id for s in arr.list_rendering_sessions()], "list after stop")
    refused(ResourceNotFoundError, lambda: arr.stop_rendering_session("none"))
    error = refused(
        HttpResponseError,
        lambda: arr.begin_rendering_session(
            session_id="bad", size=RenderingSessionSize.STANDARD, lease_time_minutes=-4
        ),
    )
    expect("cannot be negative" in str(error), str(error))


arr = client()
conversions(arr)
sessions(arr)
token = MixedRealityStsClient(
    account_id=ACCOUNT, account_domain=DOMAIN, credential=AzureKeyCredential(KEY), custom_endpoint_url=ENDPOINT
).get_token()
with_token = client(credential=token)
expect(len(list(with_token.list_asset_conversions())) >= 2, "a static token")
refused(ClientAuthenticationError, lambda: list(client(key="wrong key of some length").list_rendering_sessions()))
print("done")
