import FerryCore

// A second short way round libphonenumber, for what `MainlandPhone` does not take: other ways to
// write +86, numbers of North America, extensions, and numbers that are whole but in no known
// range. The library tells these by the first three digits; the prefixes of which it looks at more
// are left to it. `PhonePrefixTests` holds each prefix against the library.

/// Tells what libphonenumber says of a number by its length and first digits.
enum PhonePrefixes {
  /// The longest extension that is read here; the library takes longer ones.
  private static let longestExtension = 6
  /// No number of so few digits is valid, in mainland China and North America.
  private static let digitsOfNone = 6

  /// Writes E.164, with `;ext=`, where the first digits tell enough; `nil`, with nothing written,
  /// otherwise.
  ///
  /// Shapes: +86, (+86), +1 or (+1), in mainland China also 0086 or nothing, then ten or eleven
  /// digits, blanks, dashes, points and one pair of brackets between them, then maybe `;ext=`.
  static func read(
    _ text: Span<UInt8>, region: String, into output: inout ContiguousArray<UInt8>
  ) -> PhoneLibrary.Verdict? {
    guard let number = Digits(text, region: region) else { return nil }
    let start = output.count
    guard let verdict = verdict(number, text, region, into: &output) else { return nil }
    if number.end < text.count {
      guard number.hasKnownExtension(in: text) else {
        output.removeLast(output.count - start)
        return nil
      }
      output.append(text.extracting(number.end..<text.count))
    }
    return verdict
  }

  /// Whether a number has too few digits to be valid.
  static func isTooShort(_ text: Span<UInt8>, region: String) -> Bool {
    guard let number = Digits(text, region: region), number.end == text.count else {
      return text.has("+1", at: 0) && text.count == 2 || text.has("+86", at: 0) && text.count == 3
    }
    // Of seven digits only 10, 20 and their like are numbers, 95 and 100 behind an area code.
    return number.count <= digitsOfNone
      || number.country == 86 && number.count == 7
        && (1_100_000..<2_000_000).contains(number.digits)
  }

  private static func verdict(
    _ number: Digits, _ text: Span<UInt8>, _ region: String,
    into output: inout ContiguousArray<UInt8>
  ) -> PhoneLibrary.Verdict? {
    let verdict: PhoneLibrary.Verdict
    switch (number.country, number.count) {
    case (1, 10):
      guard let known = american[Int(number.digits / 10_000_000)] else { return nil }
      verdict = known && number.digits / 1_000_000 % 10 >= 2 ? .valid : .unknownRange
    case (86, 11) where number.digits >= 13_000_000_000 && number.digits < 20_000_000_000:
      let prefix = Int(number.digits / 100_000_000)
      guard prefix != 174, prefix != 179 else { return nil }
      verdict = MainlandPhone.mobiles[prefix - 130] ? .valid : .unknownRange
    case (86, 11) where number.digits >= 12_000_000_000 && number.digits < 13_000_000_000:
      // North American numbers written with their 1 look so. The library takes 12 and three digits
      // for a carrier's code, behind which 00 would dial abroad.
      guard text[0] == UInt8(ascii: "1"), number.end == text.count,
        number.digits / 10_000 % 100 != 0
      else { return nil }
      verdict = .unknownRange
    case (86, 10):
      guard let known = mainland[Int(number.digits / 10_000_000)] else { return nil }
      verdict = known ? .valid : .unknownRange
    case (86, 11...12) where number.end < text.count:
      let isKnown = MainlandPhone.append(text.extracting(0..<number.end), to: &output)
      return isKnown ? .valid : nil
    default: return nil
    }
    output.append(UInt8(ascii: "+"))
    output.append(decimal: number.country)
    output.append(decimal: Int(number.digits))
    return verdict
  }

  /// The digits of a number as they stand, behind its country.
  private struct Digits {
    var country = 86
    var digits: UInt64 = 0
    /// How many digits there are, zeros in front too.
    var count = 0
    /// Where the number ends and maybe an extension begins.
    var end = 0

    /// `nil` where other signs stand there.
    init?(_ text: Span<UInt8>, region: String) {
      guard let start = takeCountry(text, region: region) else { return nil }
      var brackets = 0
      end = start
      while end < text.count, text[end] != UInt8(ascii: ";") {
        let byte = text[end]
        switch byte {
        case 0x30...0x39:
          digits = digits &* 10 &+ UInt64(byte - 0x30)
          count += 1
          guard count <= 12 else { return nil }
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."): break
        case UInt8(ascii: "("):
          brackets += 1
          guard brackets == 1 else { return nil }
        case UInt8(ascii: ")"):
          brackets += 1
          guard brackets == 2 else { return nil }
        default: return nil
        }
        end += 1
      }
      guard count > 0, brackets == 0 || brackets == 2, text[end - 1].isDigit else { return nil }
    }

    /// - Returns: Where the number goes on; `nil` where the country is another one.
    private mutating func takeCountry(_ text: Span<UInt8>, region: String) -> Int? {
      let isMainland = region == "CN"
      if text.has("+86", at: 0) { return 3 }
      if text.has("(+86)", at: 0) { return 5 }
      if isMainland, text.has("0086", at: 0) { return 4 }
      if text.has("+1", at: 0) || text.has("(+1)", at: 0) {
        country = 1
        return text[0] == UInt8(ascii: "+") ? 2 : 4
      }
      return isMainland && text.count > 0 && text[0] != UInt8(ascii: "+") ? 0 : nil
    }

    /// Whether what follows the number is `;ext=` and a few digits.
    func hasKnownExtension(in text: Span<UInt8>) -> Bool {
      guard text.has(";ext=", at: end) else { return false }
      let range = end + 5..<text.count
      guard (1...PhonePrefixes.longestExtension).contains(range.count) else { return false }
      for index in range where !text[index].isDigit { return false }
      return true
    }
  }
}

// MARK: - Prefixes

extension PhonePrefixes {
  /// By the first three of ten digits in mainland China: whether they are given out; `nil` where
  /// the library looks at more of them.
  ///
  /// Source: libphonenumber 8.12.57, territory CN.
  private static let mainland: ContiguousArray<Bool?> = {
    var table = ContiguousArray<Bool?>(repeating: false, count: 1000)
    for prefix in MainlandPhone.areas7.indices where MainlandPhone.areas7[prefix] {
      table[prefix] = true
    }
    for prefix in Array(200...259) + Array(270...299) + [400, 800, 950] { table[prefix] = true }
    for prefix in Array(0..<200) + [210, 211, 218] + Array(860...869) { table[prefix] = nil }
    return table
  }()

  /// By area code in North America: whether numbers are given out, all that go on with 2 to 9;
  /// `nil` where the library looks at more.
  ///
  /// Source: libphonenumber 8.12.57, country code 1.
  private static let american: ContiguousArray<Bool?> = {
    var table = ContiguousArray<Bool?>(repeating: false, count: 1000)
    for prefix in known.split(separator: " ") { table[Int(prefix) ?? 0] = true }
    let deeper = [
      242, 246, 264, 268, 284, 340, 345, 441, 473, 505, 523, 524, 649, 664, 670, 671, 684, 721,
      758, 767, 784, 800, 868, 869, 876,
    ]
    for prefix in Array(0..<200) + deeper { table[prefix] = nil }
    return table
  }()

  private static let known = """
    201 202 203 204 205 206 207 208 209 210 212 213 214 215 216 217 218 219 220 223 224 225 226 \
    228 229 231 234 236 239 240 248 249 250 251 252 253 254 256 260 262 263 267 269 270 272 276 \
    279 281 283 289 301 302 303 304 305 306 307 308 309 310 312 313 314 315 316 317 318 319 320 \
    321 323 325 326 330 331 332 334 336 337 339 341 343 346 347 351 352 360 361 364 365 367 368 \
    380 385 386 401 402 403 404 405 406 407 408 409 410 412 413 414 415 416 417 418 419 423 424 \
    425 430 431 432 434 435 437 438 440 442 443 445 447 448 450 458 463 464 468 469 470 474 475 \
    478 479 480 484 500 501 502 503 504 506 507 508 509 510 512 513 514 515 516 517 518 519 520 \
    521 522 525 526 527 530 531 533 534 539 540 541 544 548 551 559 561 562 563 564 566 567 570 \
    571 572 573 574 575 577 579 580 581 582 584 585 586 587 588 600 601 602 603 604 605 606 607 \
    608 609 610 612 613 614 615 616 617 618 619 620 622 623 626 628 629 630 631 636 639 640 641 \
    646 647 650 651 656 657 658 659 660 661 662 667 669 672 678 680 681 682 689 701 702 703 704 \
    705 706 707 708 709 712 713 714 715 716 717 718 719 720 724 725 726 727 731 732 734 737 740 \
    742 743 747 753 754 757 760 762 763 765 769 770 771 772 773 774 775 778 779 780 781 782 785 \
    786 787 801 802 803 804 805 806 807 808 809 810 812 813 814 815 816 817 818 819 820 825 826 \
    828 829 830 831 832 833 838 839 840 843 844 845 847 848 849 850 854 855 856 857 858 859 860 \
    862 863 864 865 866 867 870 872 873 877 878 888 900 901 902 903 904 905 906 907 908 909 910 \
    912 913 914 915 916 917 918 919 920 925 928 929 930 931 934 936 937 938 939 940 941 943 945 \
    947 948 949 951 952 954 956 959 970 971 972 973 978 979 980 984 985 986 989
    """
}
