@_spi(_Unicode) import Swift

extension String {
  /// The text in which two names are the same that differ in case, or in how an accent is composed: upper and then lower
  /// case, so that `ß` and `SS` meet, in normalization form C (Unicode 15 section 3.13, "caseless matching").
  var folded: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return lowercased() }
    var text = String.UnicodeScalarView()
    for scalar in uppercased().lowercased()._nfc { text.append(scalar) }
    return String(text)
  }
}
