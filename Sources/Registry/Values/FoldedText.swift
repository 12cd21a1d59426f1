@_spi(_Unicode) import Swift

extension String {
  /// The form in which texts that differ only in case or in the composition of accents are equal:
  /// upper and then lower case, so that `ß` equals `SS`, in normalization form C (Unicode 15
  /// section 3.13, "caseless matching").
  package var folded: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return lowercased() }
    var text = String.UnicodeScalarView()
    for scalar in uppercased().lowercased()._nfc { text.append(scalar) }
    return String(text)
  }
}
