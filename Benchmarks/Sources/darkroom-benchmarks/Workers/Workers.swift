// SPDX-License-Identifier: Apache-2.0
import BenchmarkRows
import Foundation

/// The workers of a run, each started when it is first asked.
final class Workers {
    private let places: Places
    private var running: [Worker: Result<WorkerProcess, Absence>] = [:]

    init(_ places: Places) { self.places = places }

    /// A worker that runs.
    ///
    /// - Throws: `Absence` when it cannot be started here.
    func worker(_ worker: Worker) throws -> WorkerProcess {
        if let known = running[worker] { return try known.get() }
        let started: Result<WorkerProcess, Absence>
        do { started = .success(try start(worker)) } catch let absence as Absence { started = .failure(absence) }
        running[worker] = started
        return try started.get()
    }

    /// Whether a worker has been started and not closed.
    func isRunning(_ worker: Worker) -> Bool {
        if case .success? = running[worker] { return true }
        return false
    }

    /// Starts anew what has hung or died.
    func forget(_ worker: Worker) {
        if case .success(let process)? = running[worker] { process.close() }
        running[worker] = nil
    }

    /// Ends all of them.
    func close() {
        for worker in Worker.allCases { forget(worker) }
    }

    private func start(_ worker: Worker) throws -> WorkerProcess {
        switch worker {
        case .one: return try WorkerProcess(places.program, ["serve"], environment: ["DARKROOM_THREADS": "1"])
        case .two: return try WorkerProcess(places.program, ["serve"], environment: ["DARKROOM_THREADS": "2"])
        case .python, .simd:
            let python = places.environment(worker == .simd ? "simd" : "peers")
            // Peers are told to keep to one thread; those that are to use more are told so by their call.
            let threads = ["VIPS_CONCURRENCY": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"]
            return try WorkerProcess(python, [places.peers + "/worker.py"], environment: threads)
        }
    }
}

/// Where things lie.
struct Places {
    /// This program.
    var program: String
    /// The ignored folder with frames, models and virtual environments.
    var work: String
    /// The folder of worker.py.
    var peers: String
    /// The darkroom program.
    var darkroom: String

    /// The interpreter of a virtual environment.
    func environment(_ name: String) -> String { "\(work)/\(name)/bin/python" }
}
