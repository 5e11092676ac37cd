// SPDX-License-Identifier: Apache-2.0
import Foundation
import PackagePlugin

/// Compiles every `Shaders/*.comp` to SPIR-V and lays it into the target as text, so that the program is one file.
@main
struct CompileShaders: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(component: "Shaders")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .map { folder.appending(component: $0) }
        let shared = files.filter { $0.pathExtension == "glsl" }
        let script = folder.appending(component: "compile")
        return files.filter { $0.pathExtension == "comp" }.map { source in
            let name = source.deletingPathExtension().lastPathComponent
            let binary = context.pluginWorkDirectoryURL.appending(component: "\(name).spirv")
            let output = context.pluginWorkDirectoryURL.appending(component: "\(name)Shader.swift")
            return .buildCommand(
                displayName: "Compiling shader \(name)", executable: URL(filePath: "/bin/sh"),
                arguments: [script.path, source.path, binary.path, output.path, name],
                inputFiles: [source, script] + shared, outputFiles: [output])
        }
    }
}
