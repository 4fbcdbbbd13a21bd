// The short way round libphonenumber for numbers of mainland China, which are most of the numbers
// that Ferry meets: 20 ns where the library takes 20 µs. It takes nothing but the shapes below,
// and `MainlandPhoneTests` holds every prefix of every shape against the library. When the library
// moves on and a prefix here falls, that test names it.

/// Reads mainland mobiles and land lines with their area code.
enum MainlandPhone {
  /// Writes E.164 where `text` is one of the shapes; false, with nothing written, otherwise.
  ///
  /// Shapes: 1[3-9] and nine digits; 0, area code and subscriber number; both after +86, then
  /// without the 0. Blanks, dashes and one pair of brackets may stand between the digits.
  static func append(_ text: Span<UInt8>, to output: inout ContiguousArray<UInt8>) -> Bool {
    guard text.count >= 10, text.count <= 22 else { return false }
    let isInternational = text.has("+86", at: 0)
    var digits: UInt64 = 0
    var count = 0
    var brackets = 0
    for index in (isInternational ? 3 : 0)..<text.count {
      let byte = text[index]
      if byte.isDigit {
        digits = digits * 10 + UInt64(byte - 0x30)
        count += 1
        guard count <= 12 else { return false }
      } else {
        guard isSeparator(byte, brackets: &brackets) else { return false }
      }
    }
    guard brackets == 0 || brackets == 2 else { return false }
    guard isKnown(digits, count: count, isInternational: isInternational) else { return false }
    append(digits, to: &output)
    return true
  }

  /// Blanks and dashes; `(` before `)`, once each.
  private static func isSeparator(_ byte: UInt8, brackets: inout Int) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "-"): return true
    case UInt8(ascii: "("):
      brackets += 1
      return brackets == 1
    case UInt8(ascii: ")"):
      brackets += 1
      return brackets == 2
    default: return false
    }
  }

  private static func append(_ digits: UInt64, to output: inout ContiguousArray<UInt8>) {
    output.append(UInt8(ascii: "+"))
    output.append(UInt8(ascii: "8"))
    output.append(UInt8(ascii: "6"))
    output.append(decimal: Int(digits))
  }

  /// `digits` has lost its leading 0, which only `count` still tells of.
  private static func isKnown(_ digits: UInt64, count: Int, isInternational: Bool) -> Bool {
    if count == 11, digits >= 13_000_000_000, digits < 20_000_000_000 {
      return mobiles[Int(digits / 100_000_000) - 130]
    }
    let national = isInternational ? count : count - 1
    guard isInternational || digits < power(national), digits >= power(national - 1) else {
      return false
    }
    let first = Int(digits / power(national - 1))
    if first <= 2 { return national == 10 && isShortArea(digits) }
    let subscriber = national - 3
    guard subscriber == 7 || subscriber == 8 else { return false }
    let area = Int(digits / power(subscriber))
    let leading = Int(digits / power(subscriber - 1) % 10)
    return leading >= 2 && leading <= 8 && (subscriber == 7 ? areas7[area] : areas8[area])
  }

  /// Area codes of two digits, with eight digits behind.
  private static func isShortArea(_ digits: UInt64) -> Bool {
    let area = Int(digits / 100_000_000)
    let leading = Int(digits / 1_000_000 % 100)
    guard area == 10 || (area >= 20 && area != 26) else { return false }
    return (20...79).contains(leading) || (81...89).contains(leading)
  }

  private static func power(_ exponent: Int) -> UInt64 {
    var power: UInt64 = 1
    for _ in 0..<exponent { power *= 10 }
    return power
  }
}

// MARK: - Prefixes

extension MainlandPhone {
  /// The mobile prefixes 130 to 199 that are given out as a whole.
  ///
  /// Source: libphonenumber 8.12.57, territory CN, mobile; 174 is left to the library.
  static let mobiles: ContiguousArray<Bool> = {
    var table = ContiguousArray(repeating: false, count: 70)
    let known: [Int] =
      Array(130...139) + [145, 147] + Array(150...153) + Array(155...159) + [162, 165, 166, 167]
      + [170, 171, 172, 173, 175, 176, 177, 178] + Array(180...193) + Array(195...199)
    for prefix in known { table[prefix - 130] = true }
    return table
  }()

  /// Area codes of three digits whose subscriber numbers have seven digits.
  ///
  /// Source: libphonenumber 8.12.57, territory CN, fixedLine.
  static let areas7 = flags(
    """
    310 312 313 314 315 316 317 318 319 335 349 350 351 352 353 354 355 356 357 358 359 370 \
    372 373 374 375 376 378 391 392 393 394 395 396 398 410 412 413 414 415 416 417 418 419 \
    421 427 429 433 434 435 436 437 438 439 452 453 454 455 456 457 458 459 464 467 468 469 \
    470 471 472 473 474 475 476 477 478 479 482 483 530 533 534 535 536 537 538 539 543 546 \
    550 552 553 554 555 556 557 558 559 561 562 563 564 566 570 572 578 580 592 593 594 596 \
    597 598 599 631 632 633 634 635 660 662 663 668 691 692 701 710 711 712 713 714 715 716 \
    717 718 719 722 724 728 730 734 735 736 737 738 739 743 744 745 746 750 751 752 753 754 \
    756 758 759 762 763 766 768 770 771 772 773 774 775 776 777 778 779 790 792 793 794 795 \
    796 797 798 799 812 813 816 817 818 825 826 827 830 831 832 833 834 835 836 837 838 839 \
    851 852 853 854 855 856 857 858 859 870 872 873 874 875 876 877 878 879 883 886 887 888 \
    891 892 893 894 895 896 897 901 902 903 906 908 909 911 912 913 914 915 916 917 919 930 \
    931 932 933 934 935 936 937 938 939 941 943 951 952 953 954 955 970 971 972 973 974 975 \
    976 977 978 979 990 991 992 993 994 995 996 997 998 999
    """)

  /// Area codes of three digits whose subscriber numbers have eight digits; same source.
  static let areas8 = flags(
    """
    311 371 377 379 411 431 432 433 435 451 510 511 512 513 514 515 516 517 518 519 523 527 \
    531 532 551 571 573 574 575 576 577 579 591 595 731 754 755 757 760 769 791 851 871 898
    """)

  private static func flags(_ codes: String) -> ContiguousArray<Bool> {
    var table = ContiguousArray(repeating: false, count: 1000)
    for code in codes.split(separator: " ") { table[Int(code) ?? 0] = true }
    return table
  }
}
