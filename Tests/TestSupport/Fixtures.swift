package import Foundation

/// Files that tests read.
package enum Fixtures {
  /// Returns the names without extension and the contents of the files in a folder next to a source
  /// file, sorted by name.
  package static func files(in folder: String, nextTo source: String) -> [(name: String, content: Data)] {
    let folder = URL(fileURLWithPath: source).deletingLastPathComponent().appending(path: folder)
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.sorted { $0.path < $1.path }.compactMap { file in
      (try? Data(contentsOf: file)).map { (file.deletingPathExtension().lastPathComponent, $0) }
    }
  }
}
