/// The compressed files of the folder `Packed`.
enum CompressedFiles {
  /// Each file's content for each coding.
  static let all: [String: [ContentCoding: [UInt8]]] = [
    "app.js": [.brotli: PackageResources.app_js_br, .gzip: PackageResources.app_js_gz],
    "link.js": [.brotli: PackageResources.link_js_br, .gzip: PackageResources.link_js_gz],
    "start.js": [.brotli: PackageResources.start_js_br, .gzip: PackageResources.start_js_gz],
    "style.css": [.brotli: PackageResources.style_css_br, .gzip: PackageResources.style_css_gz],
  ]

  /// The hash of the content that each file was compressed from.
  static let hashes = Dictionary(
    uniqueKeysWithValues: String(decoding: PackageResources.hashes_txt, as: UTF8.self).split(separator: "\n").map {
      let words = $0.split(separator: " ")
      return (String(words[0]), String(words[1]))
    })
}
