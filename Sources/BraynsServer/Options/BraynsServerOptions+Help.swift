// SPDX-License-Identifier: Apache-2.0

extension BraynsServerOptions {
    /// The plugins of a real Brayns. Their names are accepted; of what they bring, `registry` and `get-loaders` tell
    /// what is there.
    public static let knownPlugins = [
        "braynsCircuitExplorer", "braynsAtlasExplorer", "braynsCylindricCamera", "braynsDTI", "braynsMoleculeExplorer",
    ]

    /// What `--help` prints.
    public static let helpText = """
        Serves Brayns' protocol with the built-in renderer.

        As braynsService takes them:
          --uri HOST:PORT             where to listen; port 0 takes a free one; or unix:/PATH (required)
          --plugin NAME               a plugin that clients may ask for; repeatable
          --log-level LEVEL           trace, debug, info, warn, error, critical or off (info)
          --window-size 'W H'         first viewport, from 64 64 up (800 600)
          --max-clients N             clients at once (2)
          --secure BOOL               speak wss (false)
          --certificate-file FILE     PEM certificate for --secure
          --private-key-file FILE     PEM key for --secure
          --private-key-passphrase P  opens the key
          --client BOOL               connect to --uri and serve it, instead of listening (false)
          --reconnection-period S     seconds between attempts with --client (1)
          --ca-location FILE          certificates that --client trusts
          --help                      this text

        Our own:
          --root FOLDER               read models and write pictures only below it; repeatable (anywhere)
          --threads N                 threads to render with (all cores)
          --expect-samples N          samples to come of each model: few ones are not worth a good hierarchy
          --max-bytes SIZE            largest model file with its side files (4G)
          --max-triangles N           most triangles of a model (200000000)
          --max-pixels N              most pixels of a picture (100000000)
          --memory-limit SIZE         end when more memory is held (no limit)
          --cpu-limit SECONDS         end after so much processor time (no limit)
          --file-limit N              most open files (the system's)
          --report-fd N               write {"port":PORT} to this descriptor once listening
          --lifeline-fd N             end when this descriptor reaches its end
          --secret-fd N               read a line from this descriptor; only ws://HOST:PORT/LINE is served
        """
}
