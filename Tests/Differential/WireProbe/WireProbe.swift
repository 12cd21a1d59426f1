import Glibc
import HTTPWire

/// Reads samples from standard input, each behind its length in four bytes, big-endian, and answers each with a line of
/// JSON: every request that the parser read from the sample, where it ended, and the status of the fault that it met
/// (`null` without one). All bytes are in hexadecimal digits, so that no text needs escaping.
@main
enum WireProbe {
  static func main() {
    let input = standardInput()
    var place = 0
    while input.count - place >= 4 {
      let length = input[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = min(place + 4 + length, input.count)
      print(reading(of: input[place + 4..<end]))
      place = end
    }
  }

  private static func reading(of sample: ArraySlice<UInt8>) -> String {
    var parser = HTTPRequestParser(limits: HTTPLimits())
    var requests: [String] = []
    var status = "null"
    do throws(HTTPError) {
      parser.receive(sample.span)
      while let event = try parser.next() {
        guard case .request(let request, _) = event else { continue }
        requests.append(line(for: request, end: sample.count - parser.bufferedCount))
      }
      try parser.receiveEnd()
    } catch {
      status = "\(error.status)"
    }
    return "{\"status\":\(status),\"requests\":[\(requests.joined(separator: ","))]}"
  }

  private static func line(for request: HTTPRequest, end: Int) -> String {
    let headers = request.headers.fields.map { "[\(hex($0.name.utf8)),\(hex($0.value.utf8))]" }
    return """
      {"method":\(hex(request.method.name.utf8)),"target":\(hex(request.target.text.utf8)),\
      "headers":[\(headers.joined(separator: ","))],"body":\(hex(request.body)),"end":\(end)}
      """
  }

  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = [UInt8(ascii: "\"")]
    for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text + [UInt8(ascii: "\"")], as: UTF8.self)
  }

  private static func standardInput() -> [UInt8] {
    var input: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe piece.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
      guard count > 0 else { return input }
      input += piece[..<count]
    }
  }
}
