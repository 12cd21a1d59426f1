import JSON

/// The entry point of libFuzzer. A value that is read, written and read again is the same; an error
/// is at a location inside the text.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  do throws(JSONError) {
    let value = try JSONValue(parsing: input)
    checkPlaces(of: value, in: input)
    let compact = value.bytes(.compact)
    for style in [JSONWriter.Style.compact, .pretty] {
      checkReading(value.bytes(style), gives: value, compact: compact)
    }
  } catch {
    precondition(error.location == JSONLocation(offset: error.location.offset, in: input), "another line or column")
    precondition(error.location.offset <= input.count, "a fault behind the end")
    precondition(!error.message.isEmpty, "a fault without a word")
  }
  return 0
}

/// Values are compared by their bytes too: Swift's strings are equal to canonically equivalent ones.
private func checkReading(_ written: [UInt8], gives value: JSONValue, compact: [UInt8]) {
  guard let again = try? JSONValue(parsing: written) else { preconditionFailure("what was written cannot be read") }
  precondition(again == value, "another value is read")
  precondition(again.bytes(.compact) == compact, "another text is written")
}

/// Follows the last element or member down: their places are the ones furthest from the start.
private func checkPlaces(of value: JSONValue, in input: [UInt8]) {
  var next: JSONValue? = value
  while let value = next {
    guard let place = value.location else { preconditionFailure("a value without a place") }
    precondition(place == JSONLocation(offset: place.offset, in: input), "another line or column")
    next = value.arrayValue?.last ?? value.objectValue?.members.last?.value
  }
}
