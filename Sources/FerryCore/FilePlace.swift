import Foundation

/// Where a file is to be put once it is whole.
public enum FilePlace {
  /// Whether nothing or a plain file is at `path`, so that another can take its place.
  ///
  /// Who puts a file over `/dev/null` takes it from everyone.
  public static func isFree(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }

  /// The one name of what may be named in several ways.
  public static func resolved(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }
}
