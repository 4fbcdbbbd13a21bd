import Foundation

/// payments-gbk.csv: what the old finance system exported.
struct PaymentText {
  let world: SampleWorld

  /// The records, header first.
  func records(_ dice: inout Dice) -> [[String]] {
    var records = [
      ["流水号", "收款日期", "付款单位", "订单编号", "合同编号", "收款金额", "收款方式", "状态", "经办人", "摘要"]
    ]
    for (index, payment) in world.payments.enumerated() {
      let payer = world.accounts[payment.accountIndex].name
      records.append([
        payment.number, index % 5 == 0 ? payment.date.compact : payment.date.iso,
        index % 37 == 4 ? payer.replacing("有限公司", with: "(有限公司)") : payer,
        SampleFaults.paymentOrders[index] ?? payment.order, payment.contract,
        Self.amount(payment.fen, index), payment.method, payment.status,
        index % 9 == 8 ? "林小雨" : payment.owner,
        dice.pick(["货款", "进度款", "质保金,10%", "", "\"加急\"到账"]),
      ])
    }
    let last = world.payments[7]
    records.append([
      "TK20240620001", "2024-06-20", world.accounts[last.accountIndex].name, last.order, "",
      "(1,200.00)", "银行转账", "退款", "林小雨", "多付退回",
    ])
    records.append([
      "LS20240625999", "2024-06-25", "查无此单位有限公司", "", "", "5000", "银行转账", "已到账", "林小雨", "待核实",
    ])
    return records
  }

  /// An amount in the ways that the clerks wrote it over the years.
  private static func amount(_ fen: Int, _ index: Int) -> String {
    let yuan = fen / 100
    switch index % 10 {
    case 3: return "¥\(SalesSheets.grouped(yuan)).00"
    case 6: return SalesSheets.grouped(yuan) + ".00"
    case 8 where yuan % 1000 == 0: return "\(Double(yuan) / 10_000)万"
    default: return String(yuan)
    }
  }
}

/// Text with delimiters: RFC 4180, line ends as in the system that it came from.
struct DelimitedText {
  let records: [[String]]
  var lineEnd = "\r\n"

  var text: String {
    records.map { $0.map(Self.quoted).joined(separator: ",") + lineEnd }.joined()
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { ",\"\r\n".contains($0) }) else { return field }
    return "\"\(field.replacing("\"", with: "\"\""))\""
  }
}

/// Text in another encoding, by the system's iconv.
enum Recoded {
  struct Unencodable: Error {
    let encoding: String
  }

  /// The bytes of `text` in `encoding`.
  static func bytes(of text: String, in encoding: String) throws -> Data {
    guard let converter = unsafe iconv_open(encoding, "UTF-8"), Int(bitPattern: converter) != -1
    else {
      throw Unencodable(encoding: encoding)
    }
    defer { unsafe _ = iconv_close(converter) }
    var input = Array(text.utf8).map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 2)
    var (inputLeft, outputLeft, result) = (input.count, output.count, 0)
    unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        var (from, to) = (source.baseAddress, target.baseAddress)
        unsafe result = iconv(converter, &from, &inputLeft, &to, &outputLeft)
      }
    }
    guard result == 0, inputLeft == 0 else { throw Unencodable(encoding: encoding) }
    return Data(output.dropLast(outputLeft).map { UInt8(bitPattern: $0) })
  }
}
