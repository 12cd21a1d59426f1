import EmbeddedFiles

/// The console's files, embedded in the binary, and the header fields they are served with.
///
/// `/console/` is made for a fast first visit: its scripts and style sheets are one file each, with
/// immutable paths. `/console/index.html` loads the separate files, which is easier to debug.
package enum ConsoleFiles {
  /// All files of the folder `Files`.
  package static let all = EmbeddedFile.console.map { ConsoleFile($0.path, $0.content) }

  /// Returns the file at a path below `/console/`, or nil.
  ///
  /// The segments are percent-decoded, without `console` itself. `[""]`, the path `/console/`, is
  /// the page.
  package static func file(at segments: some Collection<String>) -> ConsoleFile? {
    segments.elementsEqual([""]) ? PackedConsole.page : byPath[Array(segments)]
  }

  /// The content security policy: the page may load its own files and call its own origin, nothing
  /// else. Trusted Types without a policy reject every attempt to turn text into markup or script.
  package static let contentSecurityPolicy = """
    default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; \
    frame-ancestors 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'
    """

  /// The browser revalidates a page each time and receives `304`, so that files of two builds are
  /// never mixed.
  package static let cacheControl = "no-cache"

  /// The cache control of a file whose path changes with its content (RFC 8246).
  package static let immutableCacheControl = "public, max-age=31536000, immutable"

  /// The header fields of every file besides its media type, entity tag and cache control.
  package static let headers: [(name: String, value: String)] = [
    ("Content-Security-Policy", contentSecurityPolicy),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
  ]

  private static let byPath = Dictionary(
    (all + PackedConsole.files).map { ($0.path, $0) }, uniquingKeysWith: { _, packed in packed })
}
