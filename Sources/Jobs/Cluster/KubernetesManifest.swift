// SPDX-License-Identifier: Apache-2.0

/// A job for Kubernetes: the job file, an indexed Job with one pod a shard, and a suspended Job that merges.
///
/// Kubernetes knows no order among jobs, so the merge is let go by hand:
///
///     kubectl apply -f job.yaml && kubectl wait --for=condition=complete --timeout=-1s job/nightly
///     kubectl patch job/nightly-merge -p '{"spec":{"suspend":false}}'
public struct KubernetesManifest: Sendable {
    private let job: JobFile
    private let cluster: JobFile.ClusterSettings
    private let name: String
    private let shards: Int
    private let image: String
    private let claim: String

    /// - Parameter name: made to fit what Kubernetes takes for a name.
    /// - Throws: `JobError` of code `usage` when `cluster.image` or `cluster.claim` is not there.
    public init(job: JobFile, name: String, shards: Int) throws(JobError) {
        cluster = job.cluster ?? JobFile.ClusterSettings()
        guard let image = cluster.image, let claim = cluster.claim else {
            throw JobError(
                .usage,
                "a Kubernetes job needs cluster.image, the container image, and cluster.claim, the volume claim that holds the job's files"
            )
        }
        (self.job, self.shards, self.image, self.claim) = (job, shards, image, claim)
        let letters = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let core = String(letters.drop { $0 == "-" }.prefix(50).reversed().drop { $0 == "-" }.reversed())
        self.name = core.isEmpty ? "darkroom" : core
    }

    /// The manifest, three documents of YAML.
    public var yaml: String {
        [configMap, indexedJob, mergeJob].map { $0.yaml() }.joined(separator: "---\n")
    }

    private static let folder = "/data"

    /// Broken models end a shard with a code of their own, and would end it so again: the merge tells of them, and the
    /// pod has done its part.
    private static let render = """
        darkroom render /job/job.yaml
        code=$?
        case $code in \(ExitCode.partial.rawValue)|\(ExitCode.input.rawValue)|\(ExitCode.limits.rawValue)) exit 0 ;; esac
        exit $code
        """

    private func metadata(_ name: String) -> (String, JobNode) {
        ("metadata", .map([("name", .quoted(name)), ("labels", .map([("app", .quoted("darkroom"))]))]))
    }

    private var configMap: JobNode {
        .map([
            ("apiVersion", .plain("v1")), ("kind", .plain("ConfigMap")), metadata("\(name)-job"),
            ("data", .map([("job.yaml", .quoted(job.yaml()))])),
        ])
    }

    private var indexedJob: JobNode {
        var spec: [(String, JobNode)] = [
            ("completionMode", .plain("Indexed")), ("completions", .plain(String(shards))),
            ("parallelism", .plain(String(min(shards, cluster.atOnce ?? shards)))),
            ("backoffLimit", .plain(String(6 * shards))), ("podFailurePolicy", failurePolicy),
        ]
        if let time = cluster.time {
            // The whole array's bound: as if all shards ran one after another.
            spec.append(("activeDeadlineSeconds", .plain(String(Int(time / .seconds(1)) * shards))))
        }
        spec.append(
            (
                "template",
                template(
                    Self.render,
                    environment: [
                        .map([("name", .plain("JOB_COMPLETIONS")), ("value", .quoted(String(shards)))])
                    ])
            ))
        return jobDocument(name, spec)
    }

    private var mergeJob: JobNode {
        jobDocument(
            "\(name)-merge",
            [
                ("suspend", .plain("true")), ("backoffLimit", .plain("2")),
                ("template", template("exec darkroom merge /job/job.yaml", environment: [])),
            ])
    }

    private func jobDocument(_ name: String, _ spec: [(String, JobNode)]) -> JobNode {
        .map([("apiVersion", .plain("batch/v1")), ("kind", .plain("Job")), metadata(name), ("spec", .map(spec))])
    }

    /// A node that goes away costs no try, and neither does a run that says 'run me again'; what another try cannot
    /// mend ends the job.
    private var failurePolicy: JobNode {
        func codes(_ list: [ExitCode]) -> (String, JobNode) {
            (
                "onExitCodes",
                .map([
                    ("containerName", .plain("darkroom")), ("operator", .plain("In")),
                    ("values", JobNode(.list(list.map { .plain(String($0.rawValue)) }))),
                ])
            )
        }
        let lost = JobNode.map([
            ("action", .plain("Ignore")),
            ("onPodConditions", JobNode(.list([.map([("type", .plain("DisruptionTarget"))])]))),
        ])
        return .map([
            (
                "rules",
                JobNode(
                    .list([
                        lost, .map([("action", .plain("Ignore")), codes([.interrupted])]),
                        .map([("action", .plain("FailJob")), codes([.usage, .bug])]),
                    ]))
            )
        ])
    }

    private func template(_ script: String, environment: [JobNode]) -> JobNode {
        var container: [(String, JobNode)] = [
            ("name", .plain("darkroom")), ("image", .quoted(image)), ("workingDir", .quoted(Self.folder)),
            (
                "command",
                JobNode(
                    .list(["/bin/sh", "-c", (cluster.setup + [script]).joined(separator: "\n")].map { .quoted($0) }))
            ),
        ]
        if !environment.isEmpty { container.append(("env", JobNode(.list(environment)))) }
        var amounts: [(String, JobNode)] = []
        if let cpus = cluster.cpus ?? job.run.threads { amounts.append(("cpu", .quoted(String(cpus)))) }
        if let memory = cluster.memory { amounts.append(("memory", .quoted(String(memory)))) }
        if !amounts.isEmpty {
            container.append(("resources", .map([("requests", .map(amounts)), ("limits", .map(amounts))])))
        }
        container.append(
            (
                "volumeMounts",
                JobNode(
                    .list([
                        .map([("name", .plain("work")), ("mountPath", .quoted(Self.folder))]),
                        .map([("name", .plain("job")), ("mountPath", .quoted("/job")), ("readOnly", .plain("true"))]),
                    ]))
            ))
        let pod: [(String, JobNode)] = [
            // podFailurePolicy takes no other.
            ("restartPolicy", .plain("Never")), ("terminationGracePeriodSeconds", .plain("30")),
            ("containers", JobNode(.list([.map(container)]))),
            (
                "volumes",
                JobNode(
                    .list([
                        .map([
                            ("name", .plain("work")),
                            ("persistentVolumeClaim", .map([("claimName", .quoted(claim))])),
                        ]),
                        .map([("name", .plain("job")), ("configMap", .map([("name", .quoted("\(name)-job"))]))]),
                    ]))
            ),
        ]
        return .map([("spec", .map(pod))])
    }
}
