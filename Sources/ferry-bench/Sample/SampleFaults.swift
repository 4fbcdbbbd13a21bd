/// What is wrong in the sample on purpose, by the record that it is wrong in.
///
/// `SampleData/README.md` lists the same for readers.
enum SampleFaults {
  static let names = ["KH0021": " 武汉　宏泽（新材料）有限公司 "]
  static let creditCodes = [
    // A wrong check digit, none yet, none at all, half of one.
    "KH0011": "91310115MA1000001A", "KH0013": "待补充", "KH0014": "",
    "KH0015": "913101159",
  ]
  /// A letter O typed for a zero.
  static let codesWithLetter: Set = ["KH0012"]
  static let mobiles = [
    "KH0006": "1.38E+10", "KH0007": "1380000100", "KH0008": "无",
    "KH0009": "13800001999/13900001999",
    "KH0010": "１５００００００１８８",
  ]
  static let emails = [
    "KH0016": "caigou.kh016.example", "KH0017": "p17＠kh017.example", "KH0018": "-",
  ]
  static let owners = ["KH0031": "老周", "KH0032": "公海", "KH0033": "", "KH0034": "何志远"]
  static let dates = ["KH0051": "2023/2/29", "KH0052": "2022年底", "KH0053": ""]
  static let customerNotes = [
    "KH0003": "重点客户，\"优先\"排产；价格按 2023 版", "KH0026": "=SUM(1,1) 开头的备注", "KH0034": "负责人已离职",
  ]
  static let dealAmounts = ["0012": "面议", "0023": "3.5万元", "0034": "约20"]
  static let dealStages = ["0015": "观望中", "0044": "观望中", "0058": "暂停"]
  static let dealAccounts = ["0019": "KH0998"]
  static let leadStatuses = ["XS0030": "再看看"]
  static let paymentOrders = [12: "DD20220777"]
}
