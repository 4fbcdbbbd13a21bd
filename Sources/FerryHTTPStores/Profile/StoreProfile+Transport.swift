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
  ]
}

extension StoreProfile {
  private static let timeouts = 1...3600

  /// How the profile's server is reached.
  func transportSettings() throws(StoreError) -> CurlTransport.Settings {
    var settings = CurlTransport.Settings()
    settings.proxy = value("proxy").map { $0 == "none" ? "" : $0 }
    settings.certificates = value("certificates")
    if let text = value("timeout") {
      guard let seconds = Int(text), Self.timeouts.contains(seconds) else {
        throw bad("timeout", "\(Self.timeouts.lowerBound)…\(Self.timeouts.upperBound)")
      }
      settings.timeout = .seconds(seconds)
    }
    return settings
  }
}
