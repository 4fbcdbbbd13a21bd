import FerryCore
import FerryStores

extension ProfileKey {
  /// What every product's profile may say about the way there.
  static let transport = [
    ProfileKey(
      "proxy", isSecret: true,
      en: "such as http://user:secret@host:3128, or none; otherwise https_proxy and no_proxy count",
      zh: "如 http://用户:密码@主机:3128，或 none；未写时采用环境变量 https_proxy、no_proxy"),
    ProfileKey(
      "certificates", en: "a file of certificates (PEM) to trust instead of this machine's own",
      zh: "受信任证书文件（PEM），代替本机根证书"),
    ProfileKey(
      "timeout", en: "seconds to wait while nothing comes or goes, 60 by default",
      zh: "无数据往来时的等待秒数，默认 60"),
    ProfileKey(
      "search_lag",
      en: "seconds by which the product's search may lag behind what it stored",
      zh: "产品查询相对写入的最长延迟秒数"),
    ProfileKey(
      "daily_calls",
      en: "stop for the day at so many calls, counted over all runs with this profile",
      zh: "当日调用达到此次数即停止，按该配置的所有运行累计"),
  ]
}

extension StoreProfile {
  /// The most calls of a day over all runs; `nil` where the profile names no number.
  func quota(_ surroundings: Surroundings) throws(StoreError) -> CallQuota? {
    guard let limit = try count("daily_calls", in: 1...1_000_000_000) else { return nil }
    return CallQuota(
      path: "\(path).calls", limit: limit, days: days, name: store, now: surroundings.now)
  }

  /// How the profile's server is reached.
  func transportSettings() throws(StoreError) -> CurlTransport.Settings {
    var settings = CurlTransport.Settings()
    settings.proxy = value("proxy").map { $0 == "none" ? "" : $0 }
    settings.certificates = value("certificates")
    if let seconds = try count("timeout", in: 1...3600) { settings.timeout = .seconds(seconds) }
    return settings
  }

  /// Pauses before each look-up of a record that may have been stored; `nil` for the product's own.
  func lookAgain() throws(StoreError) -> [Duration]? {
    guard let lag = try count("search_lag", in: 0...3600) else { return nil }
    return lag == 0 ? [.zero] : [0.1, 0.4, 1].map { .seconds(Double(lag) * $0) }
  }

  /// A setting that is a whole number; `nil` where it is not there.
  func count(_ key: String, in range: ClosedRange<Int>) throws(StoreError) -> Int? {
    guard let text = value(key) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw bad(key, "\(range.lowerBound)…\(range.upperBound)")
    }
    return number
  }
}
