import CCurl
import Text

/// The parts of an answer that libcurl delivers, within bounds.
///
/// The three functions are called by `curl_easy_perform` on its own thread, with this object as
/// context, which the caller keeps alive for as long.
final class ReceivedAnswer {
  private(set) var fields: [AWSRequest.Field] = []
  private(set) var body: [UInt8] = []
  private(set) var isTooLarge = false
  private var headerBytes = 0
  private let deadline: Deadline
  private let limits: CurlSession.Limits

  init(deadline: Deadline, limits: CurlSession.Limits) {
    self.deadline = deadline
    self.limits = limits
  }

  /// Sets the functions and their context (https://curl.se/libcurl/c/CURLOPT_WRITEFUNCTION.html,
  /// …_HEADERFUNCTION.html, …_XFERINFOFUNCTION.html). What is not taken whole ends the call.
  @unsafe func connect(to curl: UnsafeMutableRawPointer, _ library: ccurl) {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe ccurl_set_pointer(library, curl, CURLOPT_WRITEDATA, context)
    unsafe ccurl_set_receiver(library, curl, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      unsafe ReceivedAnswer.from(context)?.take(bytes, size &* count, isHeader: false) ?? 0
    }
    unsafe ccurl_set_pointer(library, curl, CURLOPT_HEADERDATA, context)
    unsafe ccurl_set_receiver(library, curl, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      unsafe ReceivedAnswer.from(context)?.take(bytes, size &* count, isHeader: true) ?? 0
    }
    unsafe ccurl_set_pointer(library, curl, CURLOPT_XFERINFODATA, context)
    unsafe ccurl_set_number(library, curl, CURLOPT_NOPROGRESS, 0)
    unsafe ccurl_set_progress(library, curl) { context, _, _, _, _ in
      unsafe ReceivedAnswer.from(context)?.isOverdue == false ? 0 : 1
    }
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> ReceivedAnswer? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<ReceivedAnswer>.fromOpaque(context).takeUnretainedValue()
  }

  private var isOverdue: Bool { deadline.remaining == 0 }

  private func take(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, isHeader: Bool) -> Int {
    guard let bytes = unsafe bytes else { return 0 }
    let taken = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
    if isHeader {
      headerBytes += count
      isTooLarge = headerBytes > limits.headerBytes
      if !isTooLarge { unsafe takeLine(String(decoding: taken, as: UTF8.self)) }
    } else {
      isTooLarge = body.count + count > limits.bodyBytes
      if !isTooLarge { unsafe body.append(contentsOf: taken) }
    }
    return isTooLarge ? 0 : count
  }

  /// A status line starts again: the fields before it belonged to an interim answer.
  private func takeLine(_ line: String) {
    if line.hasPrefix("HTTP/") { return fields.removeAll() }
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return }
    let value = line[line.utf8.index(after: colon)...].utf8
    let trimmed = value.drop(while: ASCII.isWhitespace).reversed().drop(while: ASCII.isWhitespace).reversed()
    fields.append(AWSRequest.Field(line[..<colon].lowercased(), String(decoding: Array(trimmed), as: UTF8.self)))
  }
}
