/// Numbers in Chinese signs, everyday (十二万三千) and financial (壹拾贰万叁仟元整).
///
/// Source: 《正确填写票据和结算凭证的基本规定》(中国人民银行), articles 1–4, for the financial form; GB/T 15835-2011
/// for the everyday one.
enum ChineseNumerals {
  /// Reads an amount or number that is written in signs alone; `nil` where a sign is strange or
  /// stands where it can't.
  ///
  /// 元, 圆 and 点 end the whole part, 角 and 分 follow it, 整 and 正 close it. A run of digits
  /// without a unit is read as digits (二〇二四 is 2024).
  static func read(_ text: Span<UInt8>) -> ExactDecimal? {
    var reading = Reading()
    var walk = UTF8Walk()
    while let scalar = walk.next(in: text) {
      guard let sign = sign(scalar), reading.take(sign) else { return nil }
    }
    return reading.result
  }

  /// What one sign says.
  enum Sign: Hashable {
    case digit(Int)
    /// 十, 百, 千.
    case small(Int)
    /// 万, 亿.
    case large(Int)
    case yuan
    case point
    case jiao
    case fen
    case close
  }

  static func sign(_ scalar: UInt32) -> Sign? {
    guard let scalar = Unicode.Scalar(scalar) else { return nil }
    switch scalar {
    case "零", "〇", "○": return .digit(0)
    case "一", "壹", "弌": return .digit(1)
    case "二", "两", "贰", "貳", "兩": return .digit(2)
    case "三", "叁", "參", "叄": return .digit(3)
    case "四", "肆": return .digit(4)
    case "五", "伍": return .digit(5)
    case "六", "陆", "陸": return .digit(6)
    case "七", "柒": return .digit(7)
    case "八", "捌": return .digit(8)
    case "九", "玖": return .digit(9)
    case "十", "拾": return .small(10)
    case "百", "佰": return .small(100)
    case "千", "仟": return .small(1000)
    case "万", "萬": return .large(4)
    case "亿", "億": return .large(8)
    case "元", "圆", "圓", "块": return .yuan
    case "点": return .point
    case "角", "毛": return .jiao
    case "分": return .fen
    case "整", "正": return .close
    default: return nil
    }
  }
}

// MARK: - State

/// What was read so far; one method takes one sign.
private struct Reading {
  private enum Stage {
    case whole
    case afterPoint
    case minor
    case closed
  }

  private var stage = Stage.whole
  /// Closed by 亿, closed by 万, closed by 千 百 十, and the digit that waits for its unit.
  private var whole: Int128 = 0
  private var section: Int128 = 0
  private var part: Int128 = 0
  private var digit: Int?
  /// The unit before the waiting digit, and whether a 零 stands between: 三千五 is 3500.
  private var lastUnit: Int128 = 1
  private var sawZero = false
  private var digitRun = 0
  private var fraction = ExactDecimal.zero

  mutating func take(_ sign: ChineseNumerals.Sign) -> Bool {
    switch (stage, sign) {
    case (.whole, .digit(let value)): takeDigit(value)
    case (.whole, .small(let value)): takeSmall(Int128(value))
    case (.whole, .large(let exponent)): takeLarge(exponent)
    case (.whole, .yuan): endWhole(.minor)
    case (.whole, .point): endWhole(.afterPoint)
    case (.whole, .close): endWhole(.closed)
    case (.afterPoint, .digit(let value)): takePlace(value)
    case (.afterPoint, .yuan): end(.minor)
    case (.minor, .digit(let value)): takeMinorDigit(value)
    case (.whole, .jiao) where isBare, (.minor, .jiao): takeMinor(scale: 1)
    case (.whole, .fen) where isBare, (.minor, .fen): takeMinor(scale: 2)
    case (.minor, .close): (digit ?? 0) == 0 && end(.closed)
    default: false
    }
  }

  var result: ExactDecimal? {
    guard stage != .minor || (digit ?? 0) == 0 else { return nil }
    let total = ExactDecimal(mantissa: whole + section + part + waiting, scale: 0)
    return ExactDecimal.sum(total, fraction)
  }

  private var isBare: Bool { whole + section + part == 0 && digitRun == 0 }

  /// What the waiting digit counts in the whole part.
  private var waiting: Int128 {
    guard stage == .whole, let digit else { return 0 }
    if digitRun > 0 { return Int128(digit) + part * 9 }
    return Int128(digit) * (sawZero || lastUnit < 100 ? 1 : lastUnit / 10)
  }

  private mutating func takeDigit(_ value: Int) -> Bool {
    if let digit, digit != 0 || lastUnit == 1 {
      // 二〇二四: digits without units.
      guard lastUnit == 1, digitRun < 15 else { return false }
      part = part * 10 + Int128(digit)
      digitRun += 1
    }
    if value == 0 { sawZero = true }
    digit = value
    return true
  }

  private mutating func takeSmall(_ value: Int128) -> Bool {
    guard digitRun == 0, lastUnit == 1 || lastUnit > value || lastUnit >= 10_000 else {
      return false
    }
    // 十二 and 一百十二 leave the digit out; 百 and 千 never do.
    guard (digit ?? 0) > 0 || value == 10 else { return false }
    part += Int128(max(digit ?? 1, 1)) * value
    closeUnit(value)
    return true
  }

  private mutating func takeLarge(_ exponent: Int) -> Bool {
    guard digitRun == 0 else { return false }
    part += waiting
    if exponent == 4 {
      guard section == 0, part > 0 else { return false }
      section = part * 10_000
    } else {
      guard section + part > 0, whole == 0 else { return false }
      whole = (section + part) * 100_000_000
      section = 0
    }
    part = 0
    closeUnit(ExactDecimal.power(exponent))
    return true
  }

  private mutating func closeUnit(_ unit: Int128) {
    digit = nil
    lastUnit = unit
    sawZero = false
  }

  private mutating func endWhole(_ next: Stage) -> Bool {
    guard digit != nil || whole + section + part > 0 else { return false }
    part += waiting
    return end(next)
  }

  private mutating func end(_ next: Stage) -> Bool {
    digit = nil
    stage = next
    return true
  }

  private mutating func takePlace(_ value: Int) -> Bool {
    guard fraction.scale < 12, fraction.append(digit: UInt8(value)) else { return false }
    fraction.scale += 1
    return true
  }

  private mutating func takeMinorDigit(_ value: Int) -> Bool {
    guard (digit ?? 0) == 0 else { return false }
    digit = value
    return true
  }

  private mutating func takeMinor(scale: Int) -> Bool {
    guard let digit, digit > 0, fraction.scale < scale,
      let sum = ExactDecimal.sum(fraction, ExactDecimal(mantissa: Int128(digit), scale: scale))
    else { return false }
    fraction = sum
    return end(.minor)
  }
}
