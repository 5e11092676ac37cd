// SPDX-License-Identifier: Apache-2.0

/// What help says of files in stores.
enum StoreText {
    static let text = """
        Models, pictures, ledger, sheet, film and reports may lie in S3 (s3://bucket/name) or in Azure's Blob storage \
        (az://account/container/name). Buckets are opened by AWS' chain: environment, web identity, ~/.aws, role of \
        the container or machine. Containers by $AZURE_STORAGE_SAS_TOKEN, else $AZURE_STORAGE_KEY, else an Entra \
        identity; $AZURE_STORAGE_SERVICE_ENDPOINT names another service. Nothing keeps two runs from writing one \
        ledger there at a time: both keep their lines, and work may be done twice.
        """
}
