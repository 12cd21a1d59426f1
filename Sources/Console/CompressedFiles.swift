import EmbeddedFiles

/// The compressed files of the folder `Packed`.
enum CompressedFiles {
  /// Returns a file's content for each coding.
  static func content(of name: String) -> [ContentCoding: [UInt8]] {
    var content: [ContentCoding: [UInt8]] = [:]
    for coding in ContentCoding.allCases { content[coding] = files[name + coding.ending] }
    return content
  }

  /// The hash of the content that each file was compressed from.
  static let hashes = Dictionary(
    uniqueKeysWithValues: String(decoding: files["hashes.txt"] ?? [], as: UTF8.self).split(separator: "\n").map {
      let words = $0.split(separator: " ")
      return (String(words[0]), String(words[1]))
    })

  private static let files = Dictionary(
    uniqueKeysWithValues: EmbeddedFile.packedConsole.map { ($0.path, $0.content) })
}
