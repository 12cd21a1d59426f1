import CExpat

/// Reads XML with Expat (https://libexpat.github.io/doc/api/latest/): no document type, so no
/// entity of the document's own, and bounds for depth and number. AWS's answers need no more.
@safe final class XMLReader {
  /// AWS's answers nest to 5 levels.
  static let maxDepth = 32
  /// A page of a hundred keys has fewer than 2,000.
  static let maxCount = 20_000

  private var open: [XMLElement] = []
  private var root: XMLElement?
  private var count = 0
  private var isRejected = false
  private let library: cexpat
  private let parser: XML_Parser

  private init?() {
    guard let library = ExpatLibrary.shared, let parser = unsafe cexpat_create(library.functions) else { return nil }
    unsafe self.library = library.functions
    unsafe self.parser = parser
  }

  deinit {
    unsafe cexpat_free(library, parser)
  }

  /// The document's element; nil if the bytes are not such a document, or if Expat is not
  /// installed.
  static func read(_ bytes: [UInt8]) -> XMLElement? {
    guard let reader = XMLReader() else { return nil }
    reader.connect()
    return withExtendedLifetime(reader) { reader.parse(bytes) && !reader.isRejected ? reader.root : nil }
  }

  private func parse(_ bytes: [UInt8]) -> Bool {
    let characters = bytes.map { CChar(bitPattern: $0) }
    return unsafe cexpat_parse(library, parser, characters, CInt(clamping: characters.count)) == XML_STATUS_OK
  }

  private func connect() {
    unsafe cexpat_set_handlers(
      library, parser, Unmanaged.passUnretained(self).toOpaque(),
      { context, name, _ in
        guard let name = unsafe name else { return }
        unsafe XMLReader.from(context)?.begin(String(cString: name))
      },
      { context, _ in unsafe XMLReader.from(context)?.end() },
      { context, bytes, count in
        let text = unsafe UnsafeRawBufferPointer(start: bytes, count: Int(count))
        unsafe XMLReader.from(context)?.take(String(decoding: text, as: UTF8.self))
      },
      { context, _, _, _, _ in unsafe XMLReader.from(context)?.reject() })
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> XMLReader? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<XMLReader>.fromOpaque(context).takeUnretainedValue()
  }

  private func begin(_ name: String) {
    count += 1
    if open.count >= Self.maxDepth || count > Self.maxCount { reject() }
    if !isRejected { open.append(XMLElement(name: name)) }
  }

  /// Ends the reading at once, before an entity could be declared.
  private func reject() {
    isRejected = true
    unsafe cexpat_stop(library, parser)
  }

  private func end() {
    guard !isRejected, let element = open.popLast() else { return }
    if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
  }

  private func take(_ text: String) {
    if !isRejected, !open.isEmpty { open[open.count - 1].text += text }
  }
}
